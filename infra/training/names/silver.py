"""Labelled news sentences for training: the labels of another model, converted to this project's."""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from functions.enrich.lexicon import load_words

HERE = Path(__file__).parent
KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
MIN_AGREEMENT = 0.85
MIN_COUNT = 8
_HEAD = re.compile(r"^(?:the|a|an|The|A|An)\s+")
_TAIL = re.compile(r"(?:['’]s|['’]|[\s,;:.\-–]+)$")


@dataclass(slots=True)
class Sentence:
    """A text with its names as (start, end, kind)."""

    text: str
    names: list[tuple[int, int, str]]


def read_silver(path: Path) -> list[Sentence]:
    """The teacher's labels: lines of `[text, [[start, end, label], …]]`."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        labelled = [json.loads(line) for line in lines]
    sentences = [
        Sentence(text, [name for name in (mend_name(text, *entity) for entity in entities) if name])
        for text, entities in labelled
    ]
    return list(agree_on_kinds(sentences))


def read_labelled(path: Path) -> list[Sentence]:
    """Labels that already speak as this project does: lines of `[text, [[start, end, kind], …]]`."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        labelled = [json.loads(line) for line in lines]
    return [Sentence(text, [(start, end, kind) for start, end, kind in names]) for text, names in labelled]


def mend_name(text: str, start: int, end: int, label: str) -> tuple[int, int, str] | None:
    """One name by this project's rules.

    No article, no possessive, no title, no people of a country; None where nothing is left.
    """
    kind = KINDS.get(label)
    if not kind:
        return None
    head = _HEAD.match(text[start:end])
    start += head.end() if head and not text[start:end].startswith("The Hague") else 0
    while (
        kind == "person"
        and (first := text[start:end].split(" ", 1)[0]) in load_words("person_titles")
        and first != text[start:end]
    ):
        start += len(first) + 1
    while (tail := _TAIL.search(text[start:end])) and not re.search(r"\b[A-Z]\.$", text[start:end]):
        end -= len(tail.group())
    piece = text[start:end]
    if (
        not piece
        or not any(c.isupper() for c in piece)
        or piece in load_words("demonyms")
        or piece in load_words("calendar")
    ):
        return None
    return start, end, kind


def agree_on_kinds(sentences: list[Sentence]) -> Iterator[Sentence]:
    """A string that the teacher nearly always calls one kind is that kind everywhere."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for start, end, kind in sentence.names:
            votes[sentence.text[start:end]][kind] += 1
    sure = {name: kind for name, counts in votes.items() if (kind := clear_winner(counts))}
    for known in _lines("places_world"):
        sure[known] = "place"
    for sentence in sentences:
        names = [(start, end, sure.get(sentence.text[start:end], kind)) for start, end, kind in sentence.names]
        yield Sentence(sentence.text, names)


def clear_winner(counts: Counter[str]) -> str:
    (kind, count), total = counts.most_common(1)[0], counts.total()
    return kind if total >= MIN_COUNT and count / total >= MIN_AGREEMENT else ""


def _lines(name: str) -> Iterable[str]:
    return (
        line.strip()
        for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        if line.strip() and line[0] != "#"
    )
