"""The word lists that rules and sentences need."""

from functools import cache
from pathlib import Path

from shared.text.word_lists import read_lines, read_words

FOLDER = Path(__file__).parent / "words"


@cache
def load_words(name: str) -> frozenset[str]:
    """The words of `words/NAME.txt`, read once a process."""
    return read_words(FOLDER, name)


@cache
def load_lines(name: str) -> tuple[str, ...]:
    """The lines of `words/NAME.txt`, read once a process."""
    return read_lines(FOLDER, name)
