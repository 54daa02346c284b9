"""The topic model's weights, as stored in `topics.bin`, and how a text is scored by them.

The file is one zlib stream of three parts with an empty line between them: a JSON line (slugs, scales, biases, temperatures), the terms
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
class Present:
    """The terms of one text that the model knows, their columns, and each one's share of the text (the squares add up to one)."""

    terms: list[str]
    columns: list[int]
    shares: list[float]


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Slugs in model order, the terms with their column, and one int8 row of weights a topic."""

    slugs: tuple[str, ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    temperatures: tuple[tuple[int, float], ...]
    columns: Mapping[str, int]
    idf: bytes
    rows: "tuple[array[int], ...]"

    def present(self, weights: Mapping[str, float]) -> Present:
        all_columns, idf = self.columns, self.idf
        terms = [term for term in weights if term in all_columns]
        columns = [all_columns[term] for term in terms]
        values = [math.log1p(weights[term]) * idf[column] for term, column in zip(terms, columns, strict=True)]
        norm = math.sqrt(sum(map(mul, values, values))) or 1.0
        return Present(terms, columns, [value / norm for value in values])

    def pulls(self, topic: int, present: Present) -> list[float]:
        """What each present term adds to the topic."""
        row, scale = self.rows[topic], self.scales[topic]
        return [row[column] * share * scale for column, share in zip(present.columns, present.shares, strict=True)]

    def probabilities(self, present: Present) -> list[float]:
        """One a slug, adding up to one."""
        if not present.terms:
            return [1 / len(self.slugs)] * len(self.slugs)
        pick = itemgetter(0, *present.columns)
        shares = [0.0, *present.shares]
        parts = zip(self.biases, self.scales, self.rows, strict=True)
        logits = [bias + scale * sum(map(mul, pick(row), shares)) for bias, scale, row in parts]
        return softmax(logits, temperature_of(self.temperatures, len(present.terms)))


def temperature_of(temperatures: Sequence[tuple[int, float]], size: int) -> float:
    """How far to cool a text's scores by the number of its known terms: each pair is where a range of sizes ends, and its temperature."""
    return next((heat for end, heat in temperatures if size < end), temperatures[-1][1])


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
        temperatures=tuple((end, heat) for end, heat in about["temperatures"]),
        columns=dict(zip(names, range(count), strict=True)),
        idf=numbers[:count],
        rows=tuple(weights[i * count : (i + 1) * count] for i in range(len(about["slugs"]))),
    )
