"""The ensembles of trees that extraction ships give the probability that their JSON says."""

import math

import pytest

from functions.extract import article_likelihood
from functions.extract.body import block_features
from functions.extract.body.boosted_trees import Tree, TreeModel, load_trees


def test_a_row_goes_down_each_tree_to_one_leaf() -> None:
    tree = Tree((0, 1, 1), (0.5, 2.0, 3.0), (-1.0, 0.0, 1.0, 2.0))
    model = TreeModel(("first", "second"), 0.25, (tree, tree))
    assert model.probability([0.5, 2.0]) == pytest.approx(1 / (1 + math.exp(-(0.25 - 2))))
    assert model.probability([0.6, 3.5]) == pytest.approx(1 / (1 + math.exp(-(0.25 + 4))))


def test_values_at_a_threshold_go_low_where_several_trees_split_on_one_feature() -> None:
    trees = [Tree((0, 0, 0), (0.5, at, at), (-1.0, 10.0, 100.0, 1000.0)) for at in (0.5, 0.25, 2.0)]
    model = TreeModel(("only",), 0.0, tuple(trees))
    sums = {0.25: -3.0, 0.5: -1 + 10 - 1, 0.75: 1000 + 1000 + 100, 2.0: 1000 + 1000 + 100, 2.5: 3000.0}
    odds = {value: sum(walk(tree, value) for tree in trees) for value in sums}
    assert odds == sums
    assert all(model.probability([value]) == 1 / (1 + math.exp(-total)) for value, total in sums.items())


def walk(tree: Tree, value: float) -> float:
    """The leaf that a row of one value falls into, found split by split."""
    node = 0
    while node < len(tree.thresholds):
        node = 2 * node + 1 + (value > tree.thresholds[node])
    return tree.leaves[node - len(tree.thresholds)]


@pytest.mark.parametrize(
    ("name", "features"), [("body_blocks", block_features.FEATURES), ("articles", article_likelihood.FEATURES)]
)
def test_the_shipped_weights_were_trained_on_the_features_that_the_code_makes(
    name: str, features: tuple[str, ...]
) -> None:
    model = load_trees(name)
    assert model.features == features
    assert all(feature < len(features) for tree in model.trees for feature in tree.features)
