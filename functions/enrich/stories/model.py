"""The weights of the features: how probable it is that two articles are of one story.

`weights.json` is written by `infra/training/stories`.
"""

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from functions.enrich.stories.features import features_of
from functions.enrich.stories.pair import Pair

WEIGHTS = Path(__file__).with_name("weights.json")
MAX_LOG_ODDS = 30.0  # of a probability that is not told apart from 1


@cache
def load_weights() -> Mapping[str, float]:
    """The weight of each feature, and the `bias`."""
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights


def log_odds(pair: Pair) -> float:
    """The logarithm of the odds that the two articles are of one story."""
    weights = load_weights()
    features = features_of(pair)
    return weights["bias"] + sum(weights[name] * value for name, value in features.items())


def probability_of(odds: float) -> float:
    """`0` → 0.5, `4` → 0.982."""
    return 1 / (1 + math.exp(-max(-MAX_LOG_ODDS, min(MAX_LOG_ODDS, odds))))
