"""Texts compared by their words: runs of four words, so that spacing, marks and markup do not count."""

from functions.extract.text import WORD

Shingle = tuple[str, ...]

SHINGLE_WORDS = 4


def shingles(text: str) -> list[Shingle]:
    """Every run of four words; the one shorter run of a text with fewer."""
    words = WORD.findall(text)
    return [tuple(words[place : place + SHINGLE_WORDS]) for place in range(max(1, len(words) - SHINGLE_WORDS + 1))]


def is_short(parts: list[Shingle]) -> bool:
    """Whether the text has too few words for a whole run."""
    return len(parts) == 1 and len(parts[0]) < SHINGLE_WORDS
