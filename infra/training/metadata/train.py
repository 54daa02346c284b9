"""Trains the weights of titles and authors: python -m infra.training.metadata.train title|authors FOLDER…

Each FOLDER is a set of pages as `pages.py` describes it. The script prints how many pages are right where each half of
the publishers is judged by weights from the other half, and where each set is judged by weights from the other sets.
Then it writes the weights of all sets to `functions/extract/words/weights/`. The same pages give the same bytes.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from infra.training.metadata.pages import Example, read_examples

WEIGHTS = Path("functions/extract/words/weights")
MIN_COUNT = 4  # candidates that must have a feature for it to get a weight
MIN_WEIGHT = 0.005  # a smaller weight changes no choice and is left out
PENALTY = {"title": 8.0, "authors": 24.0}  # of squared weights; the best of 0.5 to 24 across halves of the publishers

Weights = dict[str, float]


def main() -> None:
    """Prints how well the weights carry over and writes those of all examples."""
    field, folders = sys.argv[1], [Path(name) for name in sys.argv[2:]]
    examples = [example for example in read_examples(folders, field) if example.features]
    fit = {"title": fit_choice, "authors": fit_probability}[field]
    for half in (0, 1):
        weights = fit([example for example in examples if example.half != half], PENALTY[field])
        report(f"half {half} of the publishers", [example for example in examples if example.half == half], weights)
    for source in sorted({example.source for example in examples}):
        weights = fit([example for example in examples if example.source != source], PENALTY[field])
        report(f"{source}, from the others", [example for example in examples if example.source == source], weights)
    weights = fit(examples, PENALTY[field])
    kept = {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= MIN_WEIGHT}
    text = json.dumps({"weights": kept}, ensure_ascii=False, indent=1)
    (WEIGHTS / f"{field}.json").write_text(text + "\n", encoding="utf-8")


def report(name: str, examples: list[Example], weights: Weights) -> None:
    """Prints the share of pages whose best candidate is right."""
    right = 0
    for example in examples:
        scores = [sum(weights.get(feature, 0.0) for feature in sorted(features)) for features in example.features]
        right += example.right[int(np.argmax(scores))]
    sys.stdout.write(f"{name}: {right} of {len(examples)}\n")


def to_matrix(examples: list[Example], *, bias: bool) -> tuple[csr_matrix, np.ndarray, list[str]]:
    """One row per candidate, one column per feature that is common enough; the truth of each row."""
    counts = Counter(feature for example in examples for features in example.features for feature in features)
    names = sorted(name for name, count in counts.items() if count >= MIN_COUNT) + ["bias"] * bias
    column = {name: at for at, name in enumerate(names)}
    rows = [features for example in examples for features in example.features]
    places = [(at, column[name]) for at, features in enumerate(rows) for name in sorted(features) if name in column]
    places += [(at, column["bias"]) for at in range(len(rows))] if bias else []
    matrix = csr_matrix((np.ones(len(places)), tuple(zip(*places, strict=True))), shape=(len(rows), len(names)))
    return matrix, np.array([right for example in examples for right in example.right], float), names


def fit_choice(examples: list[Example], penalty: float) -> Weights:
    """Weights under which the right candidate of each page is likelier than its rivals (conditional logit)."""
    examples = [example for example in examples if any(example.right) and not all(example.right)]
    matrix, right, names = to_matrix(examples, bias=False)
    sizes = [len(example.features) for example in examples]
    page = np.repeat(np.arange(len(examples)), sizes)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))

    def log_sum(values: np.ndarray) -> np.ndarray:
        highest = np.maximum.reduceat(values, starts)
        return highest + np.log(np.add.reduceat(np.exp(values - highest[page]), starts))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        right_scores = np.where(right > 0, scores, -1e9)
        total, hit = log_sum(scores), log_sum(right_scores)
        gradient = matrix.T @ (np.exp(scores - total[page]) - np.exp(right_scores - hit[page])) + penalty * weights
        return float((total - hit).sum() + penalty / 2 * weights @ weights), gradient

    return minimized(loss, names)


def fit_probability(examples: list[Example], penalty: float) -> Weights:
    """Weights whose sum is the log odds that a candidate is right (logistic regression)."""
    matrix, right, names = to_matrix(examples, bias=True)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        error = 1 / (1 + np.exp(-scores)) - right
        value = (np.logaddexp(0, scores) - right * scores).sum() + penalty / 2 * weights @ weights
        return float(value), matrix.T @ error + penalty * weights

    return minimized(loss, names)


def minimized(loss: Callable[[np.ndarray], tuple[float, np.ndarray]], names: list[str]) -> Weights:
    """The weights with the least loss, by name."""
    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return dict(zip(names, map(float, found.x), strict=True))


if __name__ == "__main__":
    main()
