"""A language's model: the tagger's weights and the lists that go with them, as stored in `models/LANGUAGE.bin`.

The file is one zlib stream of three parts with an empty line between them: lists (one per line: its name, then its
entries, by tabs; English has none here, since its lists stand beside the code), the features (by tabs), and the
weights: one byte per feature and label, label after label. In memory the seven weights of a feature are one integer, 16
bits each: a token's score is a plain sum, for all labels at once.
"""

import zlib
from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from functions.enrich.lexicon import load_words
from functions.enrich.names.lists import NameLists, english_lists, letters_by_word
from shared.domain.documents import NameKind

MODELS = Path(__file__).with_name("models")
LABELS = ("O", "B-person", "I-person", "B-organisation", "I-organisation", "B-place", "I-place")
KINDS: tuple[NameKind, ...] = ("place", "person", "person", "organisation", "organisation", "place", "place")
ZERO_WEIGHT = 128  # the byte that stands for a weight of nothing
ROW_BYTES = 16  # eight lanes of 16 bits, of which seven are used
# Lists of capitalised words: first names and surnames (of the language, then of the world), peoples, calendar.
NAME_LISTS = "fsaudk"
# Lists of words in small letters: roles, words of organisations, verbs of saying, verbs of firms, everyday words.
WORD_LISTS = "tovwe"

CURRENCIES = frozenset(["Mark", "Euro", "Pfennig"])  # money with a capital, of which the first is also a first name
# "Of" in languages that join parts of a name by it: `Parque de la Ciudadela`. Italian `da` means "from".
OF_WORDS: Mapping[str, frozenset[str]] = {
    "es": frozenset({"de", "del"}),
    "fr": frozenset({"de", "du", "des", "d'"}),
    "it": frozenset({"di", "del", "dello", "della", "dell'", "dei", "degli", "delle"}),
    "pt": frozenset({"de", "do", "da", "dos", "das"}),
}


@dataclass(frozen=True, slots=True)
class NameModel:
    """What the tagger needs to label a text of one language."""

    lists: NameLists
    weights: Mapping[str, int]
    language: str = ""


@cache
def model_languages() -> frozenset[str]:
    """The languages that have a model."""
    return frozenset(path.stem for path in MODELS.glob("*.bin"))


@cache
def load_model(language: str) -> NameModel:
    """The model of a language that has one; read once a process, at the language's first article."""
    model = read_model((MODELS / f"{language}.bin").read_bytes())
    return NameModel(replace(model.lists, of_words=OF_WORDS.get(language, frozenset())), model.weights, language)


def read_model(stored: bytes) -> NameModel:
    lists, features, numbers = zlib.decompress(stored).split(b"\n\n", 2)
    return NameModel(unpack_lists(lists.decode()), unpack_weights(features.decode().split("\t"), numbers))


def unpack_weights(features: list[str], numbers: bytes) -> dict[str, int]:
    """Packed weights by feature."""
    packed = bytearray(ROW_BYTES * len(features))
    for place in range(len(LABELS)):
        packed[2 * place :: ROW_BYTES] = numbers[place * len(features) : (place + 1) * len(features)]
    halves = array("Q", bytes(packed))
    rows = [low | high << 64 for low, high in zip(halves[::2], halves[1::2], strict=True)]
    return dict(zip(features, rows, strict=True))


def unpack_lists(stored: str) -> NameLists:
    """The lists of a model; those beside the code where it has none of its own."""
    parts = dict(line.split("\t", 1) for line in stored.split("\n") if line)
    if not parts:
        return english_lists()
    entries: dict[str, Collection[str]] = {name: entries.split("\t") for name, entries in parts.items()}
    entries["k"] = set(entries.get("k", [])).difference(entries["f"])  # `Jan` is a month's short form, but a first name
    if "world" in entries:
        entries["a"] = load_words("first_names").difference(entries["f"])
        entries["u"] = load_words("surnames").difference(entries["s"])
    return NameLists(
        names=letters_by_word((letter, entries.get(letter, [])) for letter in NAME_LISTS),
        words=letters_by_word((letter, entries.get(letter, [])) for letter in WORD_LISTS),
        places=frozenset(entries["places"]),
        organisations=frozenset(entries["organisations"]),
        stop_words=frozenset(entries["stop_words"]),
        particles=frozenset(entries["particles"]),
        clusters=dict(zip(entries.get("clustered", []), entries.get("clusters", []), strict=True)),
        coarse=dict(zip(entries.get("fine", []), entries.get("coarse", []), strict=True)),
        everyday=frozenset(entries["e"]),
        speech_verbs=frozenset(entries["v"]),
        no_names_alone=CURRENCIES,
        elided="elided" in entries,
    )


def pack_model(lists: Mapping[str, list[str]], features: list[str], numbers: bytes) -> bytes:
    """What `read_model` reads; the same input gives the same bytes."""
    head = "\n".join("\t".join([name, *entries]) for name, entries in lists.items() if entries)
    return zlib.compress(b"\n\n".join([head.encode(), "\t".join(features).encode(), numbers]), 9)
