"""The invented articles of `articles.txt` and the names in them, for the quality tests."""

from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Written(NamedTuple):
    """One article: the event that it reports, its writer, and the agency of the writer."""

    event: str
    writer: str
    agency: str
    text: str


def read_articles() -> list[Written]:
    return [Written(*head, body) for head, body in read_blocks("articles.txt")]


def read_names() -> dict[tuple[str, ...], set[tuple[str, str]]]:
    """The names of each article in lower case, with their kinds, by event and writer."""
    return {
        head: {name for line in body.splitlines() for name in names_of_line(line)}
        for head, body in read_blocks("article_names.txt")
    }


def names_of_line(line: str) -> list[tuple[str, str]]:
    """The names of a line such as `person: Ana Jones; Bo Ek`, each with its kind."""
    kind, _, names = line.partition(": ")
    return [(name.strip().casefold(), kind) for name in names.split(";")]


def read_blocks(file: str) -> list[tuple[tuple[str, ...], str]]:
    """The parts of a data file, each with its heads and its body. A line `== head / head` opens a part."""
    blocks = (HERE / file).read_text(encoding="utf-8").split("\n== ")[1:]
    pairs = [block.partition("\n")[::2] for block in blocks]
    return [(tuple(part.strip() for part in head.split(" / ")), body.strip()) for head, body in pairs]
