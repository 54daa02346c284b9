"""Trains the weights of stories: python -m infra.training.stories.train ARTICLES.

ARTICLES is a gzipped file with one labelled article a line, in order of time: `id`, `title`, `text`, `published_at`,
`lang`, `story`. The script prints, for several thresholds, how a stream ends whose pairs are judged by weights from
other stories; then it writes `functions/enrich/stories/weights.json`. The same articles give the same bytes.
"""

import itertools
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from functions.enrich.stories.features import FEATURES
from functions.enrich.stories.model import WEIGHTS
from infra.training.stories.replay import Result, replay
from infra.training.stories.series import series_articles
from infra.training.stories.streams import FOLDS, Pairs, collect_pairs, crowded, read_articles

PENALTY = 10.0  # of squared weights of standardised features; 1 to 100 differ little
THRESHOLDS = (0.7, 0.9, 0.95, 0.97, 0.98, 0.983, 0.985, 0.99, 0.995)


def main() -> None:
    """Prints the curves and writes the weights of all articles."""
    articles = read_articles(Path(sys.argv[1]))
    streams = {
        "as they came": collect_pairs(articles),
        "in one month": collect_pairs(crowded(articles)),
        "events that come again": collect_pairs(series_articles()),
    }
    odds = cross_validate(list(streams.values()))
    for (name, pairs), judged in zip(streams.items(), odds, strict=True):
        for threshold in THRESHOLDS:
            report(name, threshold, replay(pairs, judged, threshold))
    weights = fit(np.vstack([p.features for p in streams.values()]), np.hstack([p.same for p in streams.values()]))
    text = json.dumps({name: round(weight, 4) for name, weight in weights.items()}, indent=1)
    WEIGHTS.write_text(text + "\n", encoding="utf-8")


def cross_validate(streams: Sequence[Pairs]) -> list[np.ndarray]:
    """The log odds of each pair, by weights that were fitted without the stories of the folds of both its articles."""
    odds = [np.zeros(len(pairs.same)) for pairs in streams]
    folds = [(pairs.folds_of(pairs.new), pairs.folds_of(pairs.old)) for pairs in streams]
    for one, other in itertools.combinations_with_replacement(range(FOLDS), 2):
        apart = [~np.isin(a, (one, other)) & ~np.isin(b, (one, other)) for a, b in folds]
        weights = fit(
            np.vstack([pairs.features[rows] for pairs, rows in zip(streams, apart, strict=True)]),
            np.hstack([pairs.same[rows] for pairs, rows in zip(streams, apart, strict=True)]),
        )
        for pairs, (a, b), judged in zip(streams, folds, odds, strict=True):
            rows = ((a == one) & (b == other)) | ((a == other) & (b == one))
            judged[rows] = apply(weights, pairs.features[rows])
    return odds


def apply(weights: Mapping[str, float], features: np.ndarray) -> np.ndarray:
    return weights["bias"] + features @ np.array([weights[feature.__name__] for feature in FEATURES])


def fit(features: np.ndarray, same: np.ndarray) -> dict[str, float]:
    """Weights whose sum is the log odds that a pair is of one story (logistic regression)."""
    mean, scale = features.mean(0), features.std(0) + 1e-6
    columns = np.hstack([(features - mean) / scale, np.ones((len(features), 1))])
    penalty = np.append(np.full(features.shape[1], PENALTY), 0.0)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = columns @ weights
        error = 1 / (1 + np.exp(-scores)) - same
        value = (np.logaddexp(0, scores) - same * scores).sum() + (penalty / 2 * weights**2).sum()
        return float(value), columns.T @ error + penalty * weights

    start = np.zeros(columns.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    raw = found[:-1] / scale
    named = {feature.__name__: float(weight) for feature, weight in zip(FEATURES, raw, strict=True)}
    return {**named, "bias": float(found[-1] - raw @ mean)}


def report(name: str, threshold: float, result: Result) -> None:
    sys.stdout.write(f"{name} {threshold}: {result}\n")


if __name__ == "__main__":
    main()
