"""Clusters of words that are used alike, from the Brown clusters of spacy-lookups-data (MIT).

One letter per table and cluster.

German and Spanish have tables of their own. Names are much the same in all languages of the Latin script, so that the
others use both.
"""

import gzip
import json
import re
from collections import defaultdict
from functools import cache
from importlib import resources

# For each language its tables and how many capitalised words are taken of each: as many as keep its model near 400 KB
TABLES = {
    "de": (("de", 44_000), ("es", 3_000)),
    "es": (("es", 30_000), ("de", 8_000)),
    "fr": (("de", 18_000), ("es", 12_000)),
    "it": (("es", 15_000), ("de", 15_000)),
    "nl": (("de", 20_000), ("es", 5_000)),
    "pl": (("de", 18_000), ("es", 5_000)),
    "pt": (("es", 25_000), ("de", 10_000)),
    "ru": (),
}
# In each table, the paths of clusters that hold its own common nouns; they say nothing of another language's names
COMMON_NOUNS = {"de": ("1",)}
# For languages with a table of their own, the paths of clusters that hold names, whose words no sentence is varied with
NAMES = {"de": ("00",), "es": ()}
COARSE_BITS = 6  # the first bits of a path, which group some 500 clusters in about 40; by judgement, not measured
MAX_FREQUENT_WORDS = 400_000  # rarer ones have clusters by chance
MAX_VARIED_WORDS = 40_000  # words that stand for one another in varied sentences
MAX_SMALL_WORDS = 25_000  # words among which those in small letters count as everyday ones
MIN_LETTERS = 4
FIRST_LETTER = 0x4E00  # clusters are named by characters from here on, which no feature has otherwise
_WORD = re.compile(r"[^\W\d_][\w'’&-]*")


def load_table(language: str, kind: str) -> dict[str, float]:
    packed = resources.files("spacy_lookups_data").joinpath(f"data/{language}_lexeme_{kind}.json.gz").read_bytes()
    table: dict[str, float] = json.loads(gzip.decompress(packed))
    return table


@cache
def frequent_words(language: str) -> dict[str, int]:
    """The clusters of the most frequent words, the most frequent first."""
    clusters, frequencies = load_table(language, "cluster"), load_table(language, "prob")
    order = sorted(frequencies, key=lambda word: -frequencies[word])
    return {
        word: int(clusters[word]) for word in order[:MAX_FREQUENT_WORDS] if clusters.get(word) and _WORD.fullmatch(word)
    }


@cache
def path_of(cluster: int) -> str:
    """A cluster's path in the tree of clusters, from the root."""
    return f"{cluster:b}"[::-1]


def read_clusters(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """One letter per table for each clustered word (a dot where a table lacks it), and the coarser letter of each."""
    letters: dict[str, str] = {}
    coarse: dict[str, str] = {".": "."}
    columns = []
    for table, count in TABLES[language]:
        clusters = frequent_words(table)
        nouns = () if language == table else COMMON_NOUNS.get(table, ())
        kept = [word for word in clusters if is_name_like(word) and not path_of(clusters[word]).startswith(nouns)][
            :count
        ]
        columns.append({word: letter_for(table, path_of(clusters[word]), letters, coarse) for word in kept})
    found = sorted({word for column in columns for word in column})
    return {word: "".join(column.get(word, ".") for column in columns) for word in found}, coarse


def is_name_like(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def letter_for(table: str, path: str, letters: dict[str, str], coarse: dict[str, str]) -> str:
    """The letter of a cluster; a new one is noted with that of its group."""
    letter = letters.setdefault(f"{table} {path}", chr(FIRST_LETTER + len(letters)))
    coarse[letter] = letters.setdefault(f"{table} short {path[:COARSE_BITS]}", chr(FIRST_LETTER + len(letters)))
    return letter


def word_clusters(language: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """For languages with a table of their own.

    The cluster of each frequent word that is no name, and the words of each cluster.
    """
    if language not in NAMES:
        return {}, {}
    clusters = frequent_words(language)
    cluster_of = {
        word: f"{path_of(clusters[word])} {word[0].isupper()}"
        for word in list(clusters)[:MAX_VARIED_WORDS]
        if is_common(word, language) and not path_of(clusters[word]).startswith(NAMES[language])
    }
    members: defaultdict[str, list[str]] = defaultdict(list)
    for word, cluster in cluster_of.items():
        members[cluster].append(word)
    return cluster_of, dict(members)


def is_common(word: str, language: str) -> bool:
    """Whether a word may be a common one: in small letters, in German also with a capital."""
    return len(word) >= MIN_LETTERS and word.isalpha() and (word.islower() or (language == "de" and word.istitle()))


def frequent_small_words(language: str) -> list[str]:
    """Frequent words in small letters, less those more frequent with a capital; for languages with a table."""
    if language not in NAMES:
        return []
    place = {word: i for i, word in enumerate(frequent_words(language))}
    small = [word for word in list(place)[:MAX_SMALL_WORDS] if word.islower() and len(word) >= MIN_LETTERS]
    return [word for word in small if place[word] < place.get(word.title(), MAX_SMALL_WORDS)]
