"""The invented articles of articles.txt and the names in them, for the quality tests."""

from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Written(NamedTuple):
    """One article: which event it is about, which writer wrote it, for which agency."""

    event: str
    writer: str
    agency: str
    text: str


def read_articles() -> list[Written]:
    return [Written(*head, body) for head, body in read_blocks("articles.txt")]


def read_names() -> dict[tuple[str, ...], set[tuple[str, str]]]:
    """Folded text and kind of every name, by event and writer."""
    return {
        head: {name for line in body.splitlines() for name in _names(line)}
        for head, body in read_blocks("article_names.txt")
    }


def _names(line: str) -> list[tuple[str, str]]:
    kind, _, names = line.partition(": ")
    return [(name.strip().casefold(), kind) for name in names.split(";")]


def read_blocks(file: str) -> list[tuple[tuple[str, ...], str]]:
    """The parts of a data file that `== head / head` lines open: heads and body."""
    blocks = (HERE / file).read_text(encoding="utf-8").split("\n== ")[1:]
    pairs = [block.partition("\n")[::2] for block in blocks]
    return [(tuple(part.strip() for part in head.split(" / ")), body.strip()) for head, body in pairs]
