"""The topic model's weights, as stored in `topics.bin`, and how a text is scored by them.

The file is one zlib stream of three parts with an empty line between them: a JSON line (slugs, scales, biases, temperature), the terms
joined by line feeds, and numbers: a byte of idf a term, then the int8 weights, topic after topic. `infra/training/topics` writes it.
"""

import json
import math
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter, mul
from pathlib import Path

WEIGHTS_FILE = Path(__file__).with_name("topics.bin")
IDF_STEP = 1 / 16


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Slugs in model order, the terms with their column, and one int8 row of weights a topic."""

    slugs: tuple[str, ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    temperature: float
    columns: Mapping[str, int]
    idf: bytes
    rows: "tuple[array[int], ...]"

    def present(self, weights: Mapping[str, float]) -> list[tuple[str, int, float]]:
        """The terms of a text that the model knows: term, column and share of the text (the shares' squares add up to one)."""
        columns, idf = self.columns, self.idf
        found = [(term, columns[term], weight) for term, weight in weights.items() if term in columns]
        values = [math.log1p(weight) * idf[column] for _, column, weight in found]
        norm = math.sqrt(sum(map(mul, values, values))) or 1.0
        return [(term, column, value / norm) for (term, column, _), value in zip(found, values, strict=True)]

    def probabilities(self, present: Sequence[tuple[str, int, float]]) -> list[float]:
        """One a slug, adding up to one."""
        logits = list(self.biases)
        if present:
            pick = itemgetter(0, *(column for _, column, _ in present))
            values = [0.0, *(value for _, _, value in present)]
            logits = [
                bias + scale * sum(map(mul, pick(row), values))
                for bias, scale, row in zip(self.biases, self.scales, self.rows, strict=True)
            ]
        return softmax(logits, self.temperature)


def softmax(logits: Sequence[float], temperature: float) -> list[float]:
    top = max(logits)
    raised = [math.exp((logit - top) / temperature) for logit in logits]
    total = sum(raised)
    return [value / total for value in raised]


@cache
def load_model(path: Path = WEIGHTS_FILE) -> TopicModel:
    """Reads the weights on first use; the same object ever after."""
    head, terms, numbers = zlib.decompress(path.read_bytes()).split(b"\n\n", 2)
    about = json.loads(head)
    names = terms.decode().split("\n")
    count = len(names)
    weights = array("b", numbers[count:])
    return TopicModel(
        slugs=tuple(about["slugs"]),
        scales=tuple(about["scales"]),
        biases=tuple(about["biases"]),
        temperature=about["temperature"],
        columns=dict(zip(names, range(count), strict=True)),
        idf=numbers[:count],
        rows=tuple(weights[i * count : (i + 1) * count] for i in range(len(about["slugs"]))),
    )
