"""Gradient boosting of complete binary trees for a weighted yes or no, deterministic, with numpy alone."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

Numbers: TypeAlias = Any  # an array of numpy, which only the training environment has

BINS = 63  # thresholds tried a feature; more did not pay on the blocks
DIGITS = 5  # of what is written: the same on any machine


@dataclass(frozen=True)
class Settings:
    """How much is learned: `trees` of `depth` splits, each at `rate`; leaves hold `min_rows` and shrink by `ridge`."""

    trees: int
    depth: int = 4
    rate: float = 0.12
    min_rows: float = 40
    ridge: float = 3.0


def fit_trees(rows: Numbers, labels: Numbers, weights: Numbers, settings: Settings) -> dict[str, Any]:
    """The model as the JSON of functions/extract/body/boosted_trees.py, without the names of its features."""
    weights = weights * (len(weights) / weights.sum())
    edges = [_edges(column) for column in rows.T]
    binned = np.stack([np.searchsorted(edge, column) for edge, column in zip(edges, rows.T, strict=True)])
    mean = float((labels * weights).sum() / weights.sum())
    base = float(np.log(mean / (1 - mean)))
    odds = np.full(len(labels), base)
    trees = []
    for _ in range(settings.trees):
        chance = 1 / (1 + np.exp(-odds))
        slope, curve = weights * (labels - chance), weights * chance * (1 - chance)
        tree, gained = _grow(binned, edges, slope, curve, weights, settings)
        trees.append(tree)
        odds += gained
    return {"base": round(base, DIGITS), "trees": trees}


def predict(model: dict[str, Any], rows: Numbers) -> Numbers:
    """The probabilities that the shipped code gives, for many rows at once."""
    odds = np.full(len(rows), model["base"], dtype=float)
    for features, thresholds, leaves in model["trees"]:
        node = np.zeros(len(rows), dtype=int)
        for _ in range(len(leaves).bit_length() - 1):
            feature = np.asarray(features)[node]
            node = 2 * node + 1 + (rows[np.arange(len(rows)), feature] > np.asarray(thresholds)[node])
        odds += np.asarray(leaves)[node - len(features)]
    return np.asarray(1 / (1 + np.exp(-odds)))


def _edges(column: Numbers) -> Numbers:
    """Thresholds between the column's values, rounded as they are written."""
    values = np.unique(column)
    if len(values) > BINS:
        values = np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1), method="lower"))
    return np.unique(np.round((values[:-1] + values[1:]) / 2, DIGITS))


def _grow(
    binned: Numbers,
    edges: list[Numbers],
    slope: Numbers,
    curve: Numbers,
    weights: Numbers,
    settings: Settings,
) -> tuple[list[list[float]], Numbers]:
    splits = 2**settings.depth - 1
    features, thresholds = [0] * splits, [float("1e9")] * splits
    node = np.zeros(binned.shape[1], dtype=int)
    for place in range(splits):
        inside = np.flatnonzero(node == place)
        feature, bin_at = _best_split(binned[:, inside], edges, slope[inside], curve[inside], weights[inside], settings)
        above = np.zeros(len(inside), dtype=int)
        if feature >= 0:
            features[place], thresholds[place] = feature, float(edges[feature][bin_at])
            above = (binned[feature, inside] > bin_at).astype(int)
        node[inside] = 2 * place + 1 + above
    leaf = node - splits
    top = np.bincount(leaf, slope, splits + 1)
    leaves = np.round(settings.rate * top / (np.bincount(leaf, curve, splits + 1) + settings.ridge), DIGITS)
    return [features, thresholds, leaves.tolist()], leaves[leaf]


def _best_split(
    binned: Numbers,
    edges: list[Numbers],
    slope: Numbers,
    curve: Numbers,
    weights: Numbers,
    settings: Settings,
) -> tuple[int, int]:
    """The feature and bin that part the rows best; -1 where no split gains anything."""
    best, found = 1e-6, (-1, 0)
    whole_slope, whole_curve = slope.sum(), curve.sum()
    whole = whole_slope**2 / (whole_curve + settings.ridge)
    for feature, edge in enumerate(edges):
        if not len(edge):
            continue
        size = len(edge) + 1
        left = np.cumsum(np.bincount(binned[feature], slope, size))[:-1]
        left_curve = np.cumsum(np.bincount(binned[feature], curve, size))[:-1]
        rows = np.cumsum(np.bincount(binned[feature], weights, size))[:-1]
        gain = left**2 / (left_curve + settings.ridge)
        gain += (whole_slope - left) ** 2 / (whole_curve - left_curve + settings.ridge) - whole
        gain[(rows < settings.min_rows) | (weights.sum() - rows < settings.min_rows)] = 0
        place = int(np.argmax(gain))
        if gain[place] > best:
            best, found = float(gain[place]), (feature, place)
    return found
