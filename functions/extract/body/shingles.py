"""Texts compared by their words: runs of four words, so that spacing, marks and markup do not count."""

from collections.abc import Iterable, Iterator
from itertools import islice

from functions.extract.text import folded, words_of

Shingle = tuple[str, ...]

SHINGLE_WORDS = 4  # words of a run (by judgement, not measured)
# Characters of a text whose runs are kept for the page. Runs take thirty times the memory of their text: those of a
# paragraph of eight million characters would go past the 280 MB that tests/quality/test_bounds.py allows.
MAX_KEPT_TEXT = 200_000


def shingles(text: str) -> list[Shingle]:
    """Every run of four words; the one shorter run of a text with fewer."""
    words = words_of(text)
    if len(words) < SHINGLE_WORDS:
        return [tuple(words)]
    return list(zip(*(words[place:] for place in range(SHINGLE_WORDS)), strict=False))


def each_shingle(text: str) -> Iterator[Shingle]:
    """Every run of four words, one after the other: a list of them takes many times the memory of a long text."""
    words = words_of(text)
    return zip(*(islice(words, place, None) for place in range(SHINGLE_WORDS)), strict=False)


def is_short(parts: list[Shingle]) -> bool:
    """Whether the text has too few words for a whole run."""
    return len(parts) == 1 and len(parts[0]) < SHINGLE_WORDS


class ComparedTexts:
    """The words of one page's texts, each found once: the region, the rules and the block model all compare them."""

    def __init__(self) -> None:
        self._shingles: dict[str, list[Shingle]] = {}
        self._folded: dict[str, str] = {}

    def shingles(self, text: str) -> list[Shingle]:
        """Every run of four words of the text, as `shingles` has them."""
        if len(text) > MAX_KEPT_TEXT:
            return shingles(text)
        known = self._shingles.get(text)
        if known is None:
            known = self._shingles[text] = shingles(text)
        return known

    def shingles_of_lines(self, lines: Iterable[str]) -> set[Shingle]:
        """Every run of four words of all lines together, also runs across line ends, except those of very long lines.

        A line that is known already is not split again.
        """
        found: set[Shingle] = set()
        last: Shingle = ()
        for line in lines:
            if len(line) > MAX_KEPT_TEXT:
                found.update(each_shingle(line))
                last = ()
                continue
            parts = self.shingles(line)
            found.update(parts)
            across = last + parts[0][: SHINGLE_WORDS - 1]
            found.update(across[place : place + SHINGLE_WORDS] for place in range(len(across) - SHINGLE_WORDS + 1))
            last = (last + parts[-1])[1 - SHINGLE_WORDS :]
        return found

    def folded(self, text: str) -> str:
        """The text's words alone, in lower case."""
        if len(text) > MAX_KEPT_TEXT:
            return folded(text)
        known = self._folded.get(text)
        if known is None:
            known = self._folded[text] = folded(text)
        return known
