"""Small ensembles of decision trees, trained by infra/training/body: a probability from a row of numbers.

All trees are walked at once. A mask has a bit for each leaf of each tree, and each feature's value rules leaves out:
one look-up by `bisect` a feature in place of a walk a tree. One leaf of each tree is left at the end. It takes a third
of the time.
"""

import json
import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from operator import getitem
from struct import Struct

LEAF_BITS = 16  # bits of a mask for each tree: complete trees of four splits in depth have as many leaves


@dataclass(frozen=True, slots=True)
class Tree:
    """A complete binary tree by rows: the splits of node `i` lead to `2i + 1` (up to the threshold) and `2i + 2`."""

    features: tuple[int, ...]
    thresholds: tuple[float, ...]
    leaves: tuple[float, ...]

    def leaves_below(self, node: int) -> int:
        """A mask of the leaves under a node, which may be a leaf itself."""
        splits = len(self.features)
        first = last = node
        while first < splits:
            first, last = 2 * first + 1, 2 * last + 2
        return (1 << (last - splits + 1)) - (1 << (first - splits))


@dataclass(frozen=True, slots=True)
class FeatureCuts:
    """Every threshold of one feature in ascending order, and the leaves of all trees open to a value in each gap.

    For the thresholds 2 and 5, the first mask is for values up to 2, the second for those up to 5, the third for larger
    ones.
    """

    feature: int
    thresholds: tuple[float, ...]
    masks: tuple[int, ...]


@dataclass(frozen=True)
class TreeModel:
    """The names of the features in their order, the log-odds without any, and the trees that add to them."""

    features: tuple[str, ...]
    base: float
    trees: tuple[Tree, ...]

    def probability(self, row: Sequence[float]) -> float:
        """A number from 0 to 1 for a row in the order of `features`."""
        leaves = self._all_leaves
        for feature, thresholds, masks in self._cuts:
            leaves &= masks[bisect_left(thresholds, row[feature])]
        left = self._by_tree.unpack(leaves.to_bytes(self._by_tree.size, "little"))
        odds = sum(map(getitem, self._values, left), self.base)
        return 1 / (1 + math.exp(-odds))

    @cached_property
    def _all_leaves(self) -> int:
        """The mask before any feature is looked at."""
        return sum(tree.leaves_below(0) << (LEAF_BITS * place) for place, tree in enumerate(self.trees))

    @cached_property
    def _by_tree(self) -> Struct:
        """What parts a mask into the bits of each tree."""
        return Struct(f"<{len(self.trees)}H")

    @cached_property
    def _values(self) -> tuple[dict[int, float], ...]:
        """For each tree, what a leaf adds, by the leaf's bit."""
        return tuple({1 << place: leaf for place, leaf in enumerate(tree.leaves)} for tree in self.trees)

    @cached_property
    def _cuts(self) -> tuple[tuple[int, tuple[float, ...], tuple[int, ...]], ...]:
        """The cuts of each feature that splits anything, as plain tuples, which the inner loop takes apart fastest."""
        return tuple((cut.feature, cut.thresholds, cut.masks) for cut in feature_cuts(self.trees))


def feature_cuts(trees: Sequence[Tree]) -> Iterator[FeatureCuts]:
    """The cuts of each feature that some tree splits on."""
    every = (1 << (LEAF_BITS * len(trees))) - 1
    splits: dict[int, list[tuple[float, int, int]]] = {}
    for place, tree in enumerate(trees):
        for node, (feature, threshold) in enumerate(zip(tree.features, tree.thresholds, strict=True)):
            low, high = (tree.leaves_below(2 * node + side) << (LEAF_BITS * place) for side in (1, 2))
            splits.setdefault(feature, []).append((threshold, every & ~low, every & ~high))
    for feature, cuts in splits.items():
        cuts.sort(key=lambda cut: cut[0])
        masks = [every] * (len(cuts) + 1)
        for place in range(len(cuts)):  # a value above a threshold is in no low leaf of it
            masks[place + 1] = masks[place] & cuts[place][1]
        open_above = every
        for place in reversed(range(len(cuts))):  # and one up to a threshold in no high leaf
            open_above &= cuts[place][2]
            masks[place] &= open_above
        yield FeatureCuts(feature, tuple(cut[0] for cut in cuts), tuple(masks))


@cache
def load_trees(name: str) -> TreeModel:
    """The model in `words/weights/NAME.json`."""
    text = (files("functions.extract") / "words" / "weights" / f"{name}.json").read_text(encoding="utf-8")
    known = json.loads(text)
    trees = tuple(Tree(tuple(of), tuple(at), tuple(leaves)) for of, at, leaves in known["trees"])
    return TreeModel(tuple(known["features"]), known["base"], trees)
