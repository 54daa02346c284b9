"""Small ensembles of decision trees, trained by infra/training/body: a probability from a row of numbers."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Tree:
    """A complete binary tree by rows: the splits of node `i` lead to `2i + 1` (up to the threshold) and `2i + 2`."""

    features: tuple[int, ...]
    thresholds: tuple[float, ...]
    leaves: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TreeModel:
    """The names of the features in their order, the log-odds without any, and the trees that add to them."""

    features: tuple[str, ...]
    base: float
    trees: tuple[Tree, ...]

    def probability(self, row: Sequence[float]) -> float:
        """A number from 0 to 1 for a row in the order of `features`."""
        odds = self.base
        for tree in self.trees:
            features, thresholds, node, splits = tree.features, tree.thresholds, 0, len(tree.features)
            while node < splits:
                node = 2 * node + 1 + (row[features[node]] > thresholds[node])
            odds += tree.leaves[node - splits]
        return 1 / (1 + math.exp(-odds))


@cache
def load_trees(name: str) -> TreeModel:
    """The model in `words/weights/NAME.json`."""
    text = (files("functions.extract") / "words" / "weights" / f"{name}.json").read_text(encoding="utf-8")
    known = json.loads(text)
    trees = tuple(Tree(tuple(of), tuple(at), tuple(leaves)) for of, at, leaves in known["trees"])
    return TreeModel(tuple(known["features"]), known["base"], trees)
