"""Trains the name model of a language other than English on the sentences written and marked for this project.

`python -m infra.training.names.train_language TEACHERS LANGUAGE …` in the training environment; writes
`functions/enrich/names/models/LANGUAGE.bin`. TEACHERS is a folder with `en.jsonl.gz` (from label.py) and `ru.jsonl.gz`
(from label_russian.py). The same input gives the same bytes.
"""

import logging
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import numpy as np

from functions.enrich.lexicon import load_words
from functions.enrich.names.features import View
from functions.enrich.names.lists import NameLists
from functions.enrich.names.model import MODELS, ZERO_WEIGHT, pack_model, unpack_lists
from functions.enrich.names.tagger import SHORT_LABELS
from functions.enrich.names.tokens import find_candidates, tokenise
from infra.training.names.clusters import read_clusters
from infra.training.names.language_lists import CYRILLIC, HERE, model_lists, read_pools
from infra.training.names.marked import read_marked
from infra.training.names.silver import Sentence, read_labelled, read_silver
from infra.training.names.train import DOCUMENT, EVERYWHERE, SEED, Example, Perceptron, documents, passes, true_labels
from infra.training.names.vary_language import LanguagePool, WordPool, vary_sentences

EPOCHS = 5  # passes; a sixth changed nothing on Spanish
DROPPED = 0.2  # share of features left out at each step; .1 and .4 came out within .007 F1 on Spanish
MIN_SOURCES = (
    2  # sentences as written that a feature must come from: many variations of one sentence teach nothing more
)
MIN_FOREIGN = 6  # English sentences' tokens that must have a feature which no sentence of the language has
MAX_ENGLISH_SENTENCES = (
    9_000  # of 7,000 to 20,000 all came out the same within .005 F1 on Spanish; without them .03 less
)
KEPT_FEATURES = 17_000  # weights of a language; keeps all models under 6 MB and each one's loading under 40 ms
# How much more the label "O" counts at every token, in steps of a weight: +.011 F1 in the mean on it, es, nl and de, on
# which it was chosen, +.002 on fr, pl and pt. German nouns have capitals, so that doubt pays more there: .519 to .537
DOUBT = {"de": 80}
USUAL_DOUBT = 30
STEP = 4  # F1 of Dutch and Polish changed by less than .002
FOREIGN = -1  # the number of all English sentences
# Features of English sentences that count for other languages: what lists, clusters, shapes and endings say, not the
# words around
FOREIGN_FEATURES = frozenset("bwxqyzSTMOCDGcdUBNIA")
ELIDED_ARTICLES = frozenset(["d'", "l'", "dell'", "nell'", "all'", "dall'", "sull'"])

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Document:
    """Several sentences as one text, with the features of each token that may be part of a name."""

    view: View
    maybe: list[bool]
    truth: list[int]
    features: dict[int, list[str]]
    numbers: list[int]
    foreign: bool


def read_documents(sentences: list[tuple[Sentence, int]], lists: NameLists) -> Iterator[Document]:
    """Six sentences per document, in the order given.

    A token's number is that of the written sentence which its sentence was made from.
    """
    for at in range(0, len(sentences), DOCUMENT):
        part = sentences[at : at + DOCUMENT]
        [doc] = documents([sentence for sentence, _ in part])
        tokens = tokenise(doc.text, elided=lists.elided)
        view, maybe = View(tokens, lists), find_candidates(tokens.words, lists.particles)
        foreign = part[0][1] == FOREIGN
        features = {i: view.word_features(i) for i, possible in enumerate(maybe) if possible}
        if foreign:
            features = {i: [f for f in found if f[0] in FOREIGN_FEATURES] for i, found in features.items()}
        lines = accumulate(word == "\n" for word in ["", *tokens.words[:-1]])
        yield Document(
            view, maybe, true_labels(tokens, doc.names), features, [part[line][1] for line in lines], foreign
        )


def known_features(docs: list[Document]) -> dict[str, int]:
    """Ids of the features that several of the written sentences have, or a few of the foreign ones."""
    foreign: Counter[str] = Counter()
    sources: defaultdict[str, set[int]] = defaultdict(set)
    for doc in docs:
        for i, word_features in doc.features.items():
            before, earlier = (SHORT_LABELS[doc.truth[j]] if j >= 0 else "O" for j in (i - 1, i - 2))
            features = word_features + doc.view.label_features(i, before, earlier)
            if doc.foreign:
                foreign.update(feature for feature in features if feature[0] in FOREIGN_FEATURES)
            else:
                for feature in features:
                    sources[feature].add(doc.numbers[i])
    kept = {name for name, seen in sources.items() if len(seen) >= MIN_SOURCES}
    kept |= {name for name, count in foreign.items() if count >= MIN_FOREIGN}
    return {name: i for i, name in enumerate(sorted(kept))}


def make_examples(docs: list[Document], ids: dict[str, int]) -> list[Example]:
    shared = {name: i for name, i in ids.items() if name[0] in FOREIGN_FEATURES}
    return [
        Example(
            doc.view,
            doc.maybe,
            {i: np.array([ids[f] for f in found if f in ids], dtype=np.int32) for i, found in doc.features.items()},
            doc.truth,
            shared if doc.foreign else ids,
        )
        for doc in docs
    ]


@cache
def read_english(teachers: Path) -> list[Sentence]:
    return read_silver(teachers / "en.jsonl.gz")


def english_sentences(language: str, lists: NameLists, teachers: Path) -> list[Sentence]:
    """English sentences with a teacher's labels.

    What lists and clusters say of a name is much the same in every language of the script.

    For German only those whose names are all known, since there an unknown word with a capital is mostly no name.
    """
    if language in CYRILLIC:
        return []
    sentences = read_english(teachers)
    if language == "de":
        sentences = [s for s in sentences if all(is_known(s.text[a:b], lists) for a, b, _ in s.names)]
    return sentences[:MAX_ENGLISH_SENTENCES]


def is_known(name: str, lists: NameLists) -> bool:
    return all(
        word in lists.clusters or lists.letters(word) or word.isupper() for word in name.split() if word[0].isupper()
    )


def taught_sentences(language: str, teachers: Path) -> list[Sentence]:
    """Sentences of the language that a teacher has labelled, where there is one."""
    path = teachers / f"{language}.jsonl.gz"
    return read_labelled(path) if path.exists() else []


def name_particles(sentences: list[Sentence]) -> list[str]:
    """Small words that stand inside the marked names."""
    inside = {
        word for s in sentences for start, end, _ in s.names for word in s.text[start:end].split() if word.islower()
    }
    return sorted(inside | load_words("name_particles") | ELIDED_ARTICLES)


def train_language(language: str, teachers: Path) -> bytes:
    """The language's model file."""
    sentences = read_marked(HERE / "languages" / language / "sentences.txt")
    chance = random.Random(SEED)  # noqa: S311 (the same choices every time)
    fine, coarse = read_clusters(language)
    stored = model_lists(language, fine, coarse)
    stored["particles"] = name_particles(sentences)
    lists = unpack_lists("\n".join("\t".join([name, *entries]) for name, entries in stored.items() if entries))
    sentences += taught_sentences(language, teachers)
    words = WordPool(language, stored["e"], chance)
    varied = list(vary_sentences(sentences, LanguagePool(read_pools(language), sentences, chance), words))
    chance.shuffle(varied)
    english = [(sentence, FOREIGN) for sentence in english_sentences(language, lists, teachers)]
    docs = [*read_documents(varied, lists), *read_documents(english, lists)]
    ids = known_features(docs)
    perceptron = Perceptron(ids, DROPPED)
    passes(perceptron, make_examples(docs, ids), EPOCHS, chance)
    features, weights = perceptron.strongest(KEPT_FEATURES)
    return pack_model(
        stored, features, in_steps(with_doubt(features, in_bytes(weights), DOUBT.get(language, USUAL_DOUBT)))
    )


def in_bytes(weights: np.ndarray) -> bytes:
    """Each weight in one byte, label after label."""
    scale = 127 / np.percentile(np.abs(weights), 99.97)
    packed: bytes = (np.clip(np.rint(weights * scale), -127, 127) + ZERO_WEIGHT).astype(np.uint8).T.tobytes()
    return packed


def with_doubt(features: list[str], numbers: bytes, doubt: int) -> bytes:
    """The weights, with more for the label `O` at every token."""
    changed = bytearray(numbers)
    at = features.index(EVERYWHERE)
    changed[at] = min(255, changed[at] + doubt)
    return bytes(changed)


def in_steps(numbers: bytes) -> bytes:
    """The weights rounded to multiples of `STEP`, by which the file shrinks by a tenth."""
    rounded = [ZERO_WEIGHT + STEP * round((byte - ZERO_WEIGHT) / STEP) for byte in range(256)]
    return numbers.translate(bytes(min(255, max(0, byte)) for byte in rounded))


def main(teachers: str, languages: list[str]) -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for language in languages:
        stored = train_language(language, Path(teachers))
        (MODELS / f"{language}.bin").write_bytes(stored)
        log.info("%s: %d bytes", language, len(stored))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
