"""How much of a true text was found: runs of four words, as in the public article-extraction benchmarks."""

from collections import Counter
from collections.abc import Sequence
from statistics import mean

from functions.extract.body.shingles import shingles


def body_scores(pairs: Sequence[tuple[str, str]]) -> str:
    """Mean precision and recall of (truth, found) over pages, and F1 of the two means."""
    precisions, recalls = [], []
    for truth, found in pairs:
        true, got = Counter(shingles(truth)), Counter(shingles(found))
        hits = (true & got).total()
        precisions.append(hits / got.total() if found else 0.0)
        recalls.append(hits / true.total())
    precision, recall = mean(precisions), mean(recalls)
    return f"F1 {2 * precision * recall / (precision + recall):.4f} P {precision:.4f} R {recall:.4f}"
