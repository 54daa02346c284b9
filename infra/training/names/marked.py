"""Sentences with marked names, `[P Anna Weber] lebt in [L Linz].`, as this project writes them."""

import re
from pathlib import Path

from infra.training.names.silver import Sentence

MARKS = {"P": "person", "O": "organisation", "L": "place"}
_MARKED = re.compile(r"\[([POL]) ([^\]]+)\]")


def read_marked(path: Path) -> list[Sentence]:
    """One sentence per line."""
    return [parse_marked(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def parse_marked(line: str) -> Sentence:
    text, names, done = "", [], 0
    for mark in _MARKED.finditer(line):
        text += line[done : mark.start()]
        names.append((len(text), len(text) + len(mark[2]), MARKS[mark[1]]))
        text += mark[2]
        done = mark.end()
    return Sentence(text + line[done:], names)
