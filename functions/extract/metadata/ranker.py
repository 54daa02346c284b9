"""A linear ranker over named features: it compares a field's candidates by weights that a script trained."""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def load_weights(name: str) -> dict[str, float]:
    """The weights in `words/weights/NAME.json`, by feature; a feature without a weight counts nothing."""
    text = (files("functions.extract") / "words" / "weights" / f"{name}.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights


def score_features(features: Iterable[str], weights: dict[str, float]) -> float:
    """The sum of the weights of the features that a candidate has."""
    return sum(weights.get(feature, 0.0) for feature in features)
