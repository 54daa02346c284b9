"""How sure the model may be: one temperature per range of lengths, fitted on examples that the model had not seen."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from functions.enrich.topics.model import DOUBT, temperature_of
from infra.training.topics.fit import blend, choose_terms, learns, log_softmax, prune, to_matrix, to_targets
from infra.training.topics.sources import FOLDS, SLUGS, Example

# A range ends below so many known terms; the last has no end.
ENDS = (6, 12, 24, 48, 10**6)
HEATS = np.round(
    np.arange(1.0, 20.01, 0.25), 2
)  # temperatures that are tried; the best of all runs lay between 1 and 10
BINS = 10  # of equal width, as calibration error is usually counted
# How much a source counts against the others: definitions of topics are no articles.
SOURCE_SHARE = {"iptc": 0.25}

Temperatures = list[tuple[int, float]]


@dataclass(frozen=True)
class HeldOut:
    """Scores of examples by models that never saw them.

    With each: the topics due, how many known terms it has, and the fold that held it out.
    """

    sources: np.ndarray
    logits: np.ndarray
    targets: np.ndarray
    sizes: np.ndarray
    folds: np.ndarray

    def probabilities(self, temperatures: Temperatures) -> np.ndarray:
        heat = np.array([temperature_of(temperatures, size) for size in self.sizes])
        return with_doubt(np.exp(log_softmax(self.logits / heat[:, None])))

    def only(self, rows: np.ndarray) -> "HeldOut":
        return HeldOut(self.sources[rows], self.logits[rows], self.targets[rows], self.sizes[rows], self.folds[rows])


def cross_validate(
    examples: Sequence[Example], documents: Sequence[Mapping[str, float]], vectors: Mapping[str, np.ndarray]
) -> HeldOut:
    """Scores every example that has a fold by a model trained on all others."""
    folds = np.array([example.fold for example in examples])
    learning = np.array([learns(example) for example in examples])
    y = to_targets(examples)
    logits, rows, sizes = [], [], []
    for fold in range(FOLDS):
        seen, unseen = np.flatnonzero((folds != fold) & learning), np.flatnonzero(folds == fold)
        vocabulary = choose_terms([documents[i] for i in seen], vectors)
        weights, biases = blend(
            to_matrix([documents[i] for i in seen], vocabulary), y[seen], [examples[i] for i in seen], vocabulary
        )
        weights, vocabulary = prune(weights, vocabulary)
        x = to_matrix([documents[i] for i in unseen], vocabulary)
        logits.append(x @ weights + biases)
        sizes.append(np.diff(x.indptr))
        rows.append(unseen)
    order = np.concatenate(rows)
    sources = np.array([example.source for example in examples])
    return HeldOut(sources[order], np.concatenate(logits), y[order], np.concatenate(sizes), folds[order])


def fit_temperatures(held_out: HeldOut) -> Temperatures:
    """For each range of lengths the temperature with the least log loss, every source counting its share."""
    counts = Counter(held_out.sources.tolist())
    weights = np.array([SOURCE_SHARE.get(source, 1.0) / counts[source] for source in held_out.sources])
    starts = (0, *ENDS)
    ranges = [(held_out.sizes >= start) & (held_out.sizes < end) for start, end in zip(starts, ENDS, strict=False)]
    return [(end, best_temperature(held_out.only(rows), weights[rows])) for end, rows in zip(ENDS, ranges, strict=True)]


def best_temperature(held_out: HeldOut, weights: np.ndarray) -> float:
    def loss(heat: float) -> float:
        log_p = np.log(with_doubt(np.exp(log_softmax(held_out.logits / heat))))
        return -float((weights * (held_out.targets * log_p).sum(axis=1)).sum())

    return float(min(HEATS.tolist(), key=lambda heat: round(loss(heat), 9)))


def with_doubt(probabilities: np.ndarray) -> np.ndarray:
    """What `TopicModel.probabilities` makes of them."""
    return (1 - DOUBT) * probabilities + DOUBT / len(SLUGS)


def cross_fitted(held_out: HeldOut) -> np.ndarray:
    """Probabilities of each fold by temperatures that were fitted on the other folds."""
    probabilities = np.zeros_like(held_out.logits)
    for fold in range(FOLDS):
        temperatures = fit_temperatures(held_out.only(held_out.folds != fold))
        rows = held_out.folds == fold
        probabilities[rows] = held_out.only(rows).probabilities(temperatures)
    return probabilities


def describe(held_out: HeldOut) -> dict[str, dict[str, float]]:
    """Accuracy, top three and expected calibration error of each source's held-out examples."""
    probabilities = cross_fitted(held_out)
    by_source: dict[str, list[int]] = defaultdict(list)
    for row, source in enumerate(held_out.sources.tolist()):
        by_source[source].append(row)
    return {
        source: accuracy_figures(probabilities[rows], held_out.targets[rows] > 0)
        for source, rows in sorted(by_source.items())
    }


def accuracy_figures(probabilities: np.ndarray, right: np.ndarray) -> dict[str, float]:
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
        abs(float(sure[bins == b].mean() - hit[bins == b].mean())) * float((bins == b).mean())
        for b in range(BINS)
        if (bins == b).any()
    ]
    return sum(gaps)
