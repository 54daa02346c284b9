"""How sure the model may be: a temperature fitted on examples that the scoring model had not seen."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from functions.enrich.topic_model import temperature_of
from infra.training.topics.fit import blend, choose_terms, learns, log_softmax, to_matrix, to_targets
from infra.training.topics.sources import FOLDS, Example

BASES = np.round(np.arange(0.5, 12.01, 0.25), 2)
POWERS = np.round(np.arange(-0.4, 0.61, 0.05), 2)
BINS = 10


@dataclass(frozen=True)
class HeldOut:
    """Scores of examples by models that never saw them, the topics they should have had, and how many known terms each has."""

    sources: list[str]
    logits: np.ndarray
    targets: np.ndarray
    sizes: np.ndarray

    def probabilities(self, base: float, power: float) -> np.ndarray:
        heat = np.array([temperature_of(base, power, size) for size in self.sizes])
        return np.exp(log_softmax(self.logits / heat[:, None]))


def cross_validate(examples: Sequence[Example], documents: Sequence[Mapping[str, float]]) -> HeldOut:
    """Scores every example that has a fold by a model trained on all others."""
    folds = np.array([example.fold for example in examples])
    learning = np.array([learns(example) for example in examples])
    y = to_targets(examples)
    logits, rows, sizes = [], [], []
    for fold in range(FOLDS):
        seen, unseen = np.flatnonzero((folds != fold) & learning), np.flatnonzero(folds == fold)
        terms, idf = choose_terms([documents[i] for i in seen])
        weights, biases = blend(to_matrix([documents[i] for i in seen], terms, idf), y[seen], [examples[i] for i in seen])
        x = to_matrix([documents[i] for i in unseen], terms, idf)
        logits.append(x @ weights + biases)
        sizes.append(np.diff(x.indptr))
        rows.append(unseen)
    order = np.concatenate(rows)
    return HeldOut([examples[i].source for i in order], np.concatenate(logits), y[order], np.concatenate(sizes))


def fit_temperature(held_out: HeldOut) -> tuple[float, float]:
    """The base and power with the least log loss, every source counting the same."""
    sizes = {source: held_out.sources.count(source) for source in set(held_out.sources)}
    counts = np.array([1 / sizes[source] for source in held_out.sources])

    def loss(base: float, power: float) -> float:
        log_p = np.log(np.maximum(held_out.probabilities(base, power), 1e-12))
        return -float((counts * (held_out.targets * log_p).sum(axis=1)).sum())

    return min(product(BASES.tolist(), POWERS.tolist()), key=lambda pair: round(loss(*pair), 6))


def describe(held_out: HeldOut, base: float, power: float) -> dict[str, dict[str, float]]:
    """Accuracy, top three and expected calibration error of each source's held-out examples."""
    probabilities = held_out.probabilities(base, power)
    by_source: dict[str, list[int]] = defaultdict(list)
    for row, source in enumerate(held_out.sources):
        by_source[source].append(row)
    return {source: _figures(probabilities[rows], held_out.targets[rows] > 0) for source, rows in sorted(by_source.items())}


def _figures(probabilities: np.ndarray, right: np.ndarray) -> dict[str, float]:
    order = np.argsort(-probabilities, axis=1, kind="stable")
    rows = np.arange(len(order))
    hit, sure = right[rows, order[:, 0]], probabilities[rows, order[:, 0]]
    return {
        "examples": len(rows),
        "accuracy": round(float(hit.mean()), 3),
        "top three": round(float(right[rows[:, None], order[:, :3]].any(axis=1).mean()), 3),
        "calibration error": round(calibration_error(sure, hit), 3),
    }


def calibration_error(sure: np.ndarray, hit: np.ndarray) -> float:
    """Mean distance between what was claimed and what was so, over ten bins of equal width."""
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float(sure[bins == b].mean() - hit[bins == b].mean())) * float((bins == b).mean()) for b in range(BINS) if (bins == b).any()
    ]
    return sum(gaps)
