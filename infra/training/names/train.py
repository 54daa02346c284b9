"""Trains the English name model: an averaged perceptron that labels words from left to right.

`python -m infra.training.names.train LABELLED.jsonl.gz` in the training environment; writes
`functions/enrich/names/models/en.bin`. The same input gives the same bytes.
"""

import logging
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from functions.enrich.names.features import View
from functions.enrich.names.lists import english_lists
from functions.enrich.names.model import LABELS, MODELS, ZERO_WEIGHT, pack_model
from functions.enrich.names.tagger import SHORT_LABELS
from functions.enrich.names.tokens import Tokens, find_candidates, tokenise
from infra.training.names.silver import Sentence, read_silver
from infra.training.names.vary import vary
from infra.training.names.written import written_sentences

SENTENCES = 60_000  # of the labelled ones; more made training longer and the model no better
EPOCHS = 4  # passes with all features; by judgement, not measured
EPOCHS_AFTER = 4  # passes with the features kept
DOCUMENT = (
    6  # sentences that are read as one text, since a word's small letters elsewhere count; by judgement, not measured
)
MIN_SEEN = 4  # times that a feature must occur; rarer ones would double the table in memory
KEPT = 60_000  # features in the file, which keep it at half a megabyte (decision 0005)
SEED = 20  # any number: the same one gives the same bytes

EVERYWHERE = "b"  # the feature that every token has

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Example:
    """A document's candidate tokens: feature ids that need no label, and the true labels of all tokens."""

    view: View
    maybe: list[bool]
    word_ids: dict[int, np.ndarray]
    truth: list[int]
    ids: dict[str, int]


def true_labels(tokens: Tokens, names: list[tuple[int, int, str]]) -> list[int]:
    labels = [0] * len(tokens.words)
    for start, end, kind in names:
        inside = [i for i, (a, b) in enumerate(zip(tokens.starts, tokens.ends, strict=True)) if a >= start and b <= end]
        for place, i in enumerate(inside):
            labels[i] = LABELS.index(("I-" if place else "B-") + kind)
    return labels


def documents(sentences: list[Sentence]) -> list[Sentence]:
    """Several sentences a document, as lines: what a word does elsewhere in an article counts."""
    joined = []
    for i in range(0, len(sentences), DOCUMENT):
        text, names = "", []
        for sentence in sentences[i : i + DOCUMENT]:
            names += [(start + len(text), end + len(text), kind) for start, end, kind in sentence.names]
            text += sentence.text + "\n"
        joined.append(Sentence(text, names))
    return joined


def known_features(docs: list[Sentence]) -> dict[str, int]:
    """Ids of the features seen often enough, most of all those that need a label before them."""
    seen: Counter[str] = Counter()
    for doc in docs:
        tokens = tokenise(doc.text)
        view, truth = View(tokens, english_lists()), true_labels(tokens, doc.names)
        for i, possible in enumerate(find_candidates(tokens.words, english_lists().particles)):
            if possible:
                seen.update(view.word_features(i))
                seen.update(
                    view.label_features(
                        i, SHORT_LABELS[truth[i - 1]] if i else "O", SHORT_LABELS[truth[i - 2]] if i > 1 else "O"
                    )
                )
    return {name: i for i, name in enumerate(sorted(name for name, count in seen.items() if count >= MIN_SEEN))}


def examples(docs: list[Sentence], ids: dict[str, int]) -> list[Example]:
    made = []
    for doc in docs:
        tokens = tokenise(doc.text)
        view, maybe = View(tokens, english_lists()), find_candidates(tokens.words, english_lists().particles)
        words = {
            i: np.array([ids[f] for f in view.word_features(i) if f in ids], dtype=np.int32)
            for i, p in enumerate(maybe)
            if p
        }
        view.known_lower = set()
        made.append(Example(view, maybe, words, true_labels(tokens, doc.names), ids))
    return made


class Perceptron:
    def __init__(self, ids: dict[str, int], dropped: float = 0.0) -> None:
        """`dropped` is the share of a token's features left out at each step, so that no single one is relied upon."""
        self.ids = ids
        self.dropped = dropped
        self.random = np.random.default_rng(SEED)
        self.weights = np.zeros((len(ids), len(LABELS)), dtype=np.float32)
        self.sums = np.zeros_like(self.weights)
        self.steps = 1

    def learn(self, example: Example) -> int:
        """One pass over a document with the learner's own labels; the number of mistakes."""
        before = earlier = mistakes = 0
        for i, truth in enumerate(example.truth):
            best = 0
            if example.maybe[i]:
                extra = [
                    example.ids[f]
                    for f in example.view.label_features(i, SHORT_LABELS[before], SHORT_LABELS[earlier])
                    if f in example.ids
                ]
                rows = np.concatenate([example.word_ids[i], np.array(extra, dtype=np.int32)])
                if self.dropped:
                    rows = rows[self.random.random(len(rows)) > self.dropped]
                best = int(self.weights[rows].sum(axis=0).argmax())
                if best != truth:
                    mistakes += 1
                    self.correct(rows, truth, best)
                if best and best % 2 == 0 and before not in {best, best - 1}:
                    best -= 1
                self.steps += 1
            earlier, before = before, best
        return mistakes

    def correct(self, rows: np.ndarray, truth: int, guess: int) -> None:
        self.weights[rows, truth] += 1
        self.weights[rows, guess] -= 1
        self.sums[rows, truth] += self.steps
        self.sums[rows, guess] -= self.steps

    def averaged(self) -> np.ndarray:
        return self.weights - self.sums / self.steps

    def strongest(self, kept_features: int) -> tuple[list[str], np.ndarray]:
        """The features that say most, and their averaged weights."""
        weights, names = self.averaged(), list(self.ids)
        strength = np.abs(weights - weights.mean(axis=1, keepdims=True)).max(axis=1)
        strength[self.ids[EVERYWHERE]] = np.inf
        kept = sorted(np.argsort(-strength, kind="stable")[:kept_features].tolist())
        return [names[row] for row in kept], weights[kept]

    def narrowed(self, kept_features: int = KEPT) -> "Perceptron":
        """A learner that starts from this one's averages for the features that say most."""
        weights, names = self.averaged(), list(self.ids)
        strength = np.abs(weights - weights.mean(axis=1, keepdims=True)).max(axis=1)
        kept = sorted(np.argsort(-strength, kind="stable")[:kept_features].tolist())
        narrow = Perceptron({names[row]: place for place, row in enumerate(kept)}, self.dropped)
        narrow.weights[:] = weights[kept]
        return narrow


def train(sentences: list[Sentence]) -> tuple[list[str], np.ndarray]:
    """Learns with all features, keeps those that say most, and learns again with these alone."""
    docs = documents(sentences)
    order = random.Random(SEED)  # noqa: S311 (the same order every time)
    wide = Perceptron(known_features(docs))
    passes(wide, examples(docs, wide.ids), EPOCHS, order)
    narrow = wide.narrowed()
    passes(narrow, examples(docs, narrow.ids), EPOCHS_AFTER, order)
    return list(narrow.ids), narrow.averaged()


def passes(perceptron: Perceptron, made: list[Example], count: int, order: random.Random) -> None:
    for number in range(count):
        order.shuffle(made)
        mistakes = sum(perceptron.learn(example) for example in made)
        log.info("pass %d: %d mistakes over %d features", number + 1, mistakes, len(perceptron.ids))


def save(features: list[str], weights: np.ndarray, path: Path) -> None:
    """Each weight in one byte."""
    scale = 127 / np.percentile(np.abs(weights), 99.97)
    numbers = (np.clip(np.rint(weights * scale), -127, 127) + ZERO_WEIGHT).astype(np.uint8)
    path.write_bytes(pack_model({}, features, numbers.T.tobytes()))
    log.info("%d features, %d bytes", len(features), path.stat().st_size)


def main(labelled: str) -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    silver = read_silver(Path(labelled))[:SENTENCES]
    chance = random.Random(SEED)  # noqa: S311 (the same choices every time)
    sentences = [*vary(silver, chance), *written_sentences(silver, chance)]
    chance.shuffle(sentences)
    save(*train(sentences), MODELS / "en.bin")


if __name__ == "__main__":
    main(sys.argv[1])
