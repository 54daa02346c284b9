"""Word lists that stand beside the code: words apart by white space, lines that start with # are notes."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"


@cache
def load_words(name: str) -> frozenset[str]:
    """The words of `words/NAME.txt`, read once a process."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def load_lines(name: str) -> tuple[str, ...]:
    """The lines of `words/NAME.txt`, for entries of several words."""
    return tuple(_lines(name))


@cache
def load_places() -> frozenset[str]:
    """Known places: cities, countries, regions, seas."""
    return frozenset(load_lines("places"))


def _lines(name: str) -> list[str]:
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
