"""The topic models' weights, one file per language in `models`, and how a text is scored by them.

A file is one zlib stream of three parts with an empty line between them: a JSON line (slugs, scales, biases,
temperatures, words that may be shown), the terms joined by line feeds, and numbers: one byte of idf per term, then one
byte per term and topic, term after term, of weights plus 128. `infra/training/topics` writes it.
"""

import json
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path

MODELS_FOLDER = Path(__file__).with_name("models")
IDF_STEP = 1 / 16  # one step of the idf byte; 255 steps reach 16, far above the rarest term's 11
WEIGHT_OFFSET = 128  # added to each weight so that it is stored and added up without a sign
SHARE_STEPS = 4096  # a term's share of a text is counted in this many steps; finer ones changed no score's third digit
DOUBT = 0.1  # share of the probability that all topics get alike; chosen on eleven languages of news (decision 0020)
LANE_BYTES = 4  # room for one topic's sum: 255 times 4,096 times the root of 2,000 terms is under 2 to the 32


@dataclass(frozen=True, slots=True)
class Present:
    """The terms of one text that the model knows, with their columns and shares of the text.

    The squares of the shares add up to one.
    """

    terms: list[str]
    columns: list[int]
    shares: list[float]


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Slugs in model order, the terms with their column, and per term one number with the weights of all topics.

    Seventeen weights lie side by side in one number, `LANE_BYTES` each. Adding such numbers adds up all topics at once,
    which is ten times faster than adding topic by topic. `words_by_opening` are whole words by their first two
    characters, which are shown as
    evidence in a language that does not write words apart.
    """

    slugs: tuple[str, ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    temperatures: tuple[tuple[int, float], ...]
    columns: Mapping[str, int]
    idf: bytes
    lanes: bytes
    words_by_opening: Mapping[str, tuple[str, ...]]

    def present(self, weights: Mapping[str, float]) -> Present:
        all_columns, idf, log = self.columns, self.idf, math.log1p
        terms = [term for term in weights if term in all_columns]
        columns = [all_columns[term] for term in terms]
        values = [log(weights[term]) * idf[column] for term, column in zip(terms, columns, strict=True)]
        norm = math.sqrt(sum(map(mul, values, values))) or 1.0
        return Present(terms, columns, [value / norm for value in values])

    def pulls(self, topic: int, present: Present) -> list[float]:
        """What each present term adds to the topic."""
        width, at, lanes, scale = LANE_BYTES * len(self.slugs), LANE_BYTES * topic, self.lanes, self.scales[topic]
        return [
            (lanes[column * width + at] - WEIGHT_OFFSET) * scale * share
            for column, share in zip(present.columns, present.shares, strict=True)
        ]

    def probabilities(self, present: Present) -> list[float]:
        """One per slug, adding up to one."""
        count = len(self.slugs)
        if not present.terms:
            return [1 / count] * count
        width, lanes = LANE_BYTES * count, self.lanes
        total = steps = 0
        for column, share in zip(present.columns, present.shares, strict=True):
            step = round(share * SHARE_STEPS)
            steps += step
            total += step * int.from_bytes(lanes[column * width : (column + 1) * width], "little")
        sums = memoryview(total.to_bytes(width, "little")).cast("I")
        logits = [
            bias + scale * (lane - WEIGHT_OFFSET * steps) / SHARE_STEPS
            for bias, scale, lane in zip(self.biases, self.scales, sums, strict=True)
        ]
        return doubt(softmax(logits, temperature_of(self.temperatures, len(present.terms))))


def temperature_of(temperatures: Sequence[tuple[int, float]], size: int) -> float:
    """The temperature that a text's scores are divided by, given the number of its known terms.

    Each pair is the end of a range of sizes, and its temperature.
    """
    return next((heat for end, heat in temperatures if size < end), temperatures[-1][1])


def softmax(logits: Sequence[float], temperature: float) -> list[float]:
    top = max(logits)
    raised = [math.exp((logit - top) / temperature) for logit in logits]
    total = sum(raised)
    return [value / total for value in raised]


def doubt(probabilities: Sequence[float]) -> list[float]:
    """The same with a tenth of it shared out equally, so that no text is claimed for certain."""
    equal = DOUBT / len(probabilities)
    return [(1 - DOUBT) * probability + equal for probability in probabilities]


@cache
def languages_with_model() -> frozenset[str]:
    """Codes of the languages that have topics."""
    return frozenset(path.stem for path in MODELS_FOLDER.glob("*.bin"))


def model_file(language: str) -> Path:
    return MODELS_FOLDER / f"{language}.bin"


@cache
def load_model(language: str = "en") -> TopicModel:
    """Reads a language's weights on first use; the same object ever after."""
    head, terms, numbers = zlib.decompress(model_file(language).read_bytes()).split(b"\n\n", 2)
    about = json.loads(head)
    names = terms.decode().split("\n")
    count = len(names)
    table = numbers[count:]
    lanes = bytearray(LANE_BYTES * len(table))
    lanes[::LANE_BYTES] = table
    return TopicModel(
        slugs=tuple(about["slugs"]),
        scales=tuple(about["scales"]),
        biases=tuple(about["biases"]),
        temperatures=tuple((end, heat) for end, heat in about["temperatures"]),
        columns=dict(zip(names, range(count), strict=True)),
        idf=numbers[:count],
        lanes=bytes(lanes),
        words_by_opening=group_by_opening(about.get("shown_words", "").split()),
    )


def group_by_opening(words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The words by their first two characters."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:2], []).append(word)
    return {opening: tuple(group) for opening, group in groups.items()}
