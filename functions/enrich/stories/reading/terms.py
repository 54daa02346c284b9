"""The words of a text as stories compare them, and the numbers that stand for them in the stories table.

The table holds no words: a term is 24 bits of a hash, of which the first says whether the word has a digit.
"""

import re
import unicodedata
import zlib
from collections.abc import Sequence
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
TITLE_PART = re.compile(r"\s[|•»–—:·-]+\s|[|•»]+|:\s")

TERM_BYTES = 3  # of a term in a row: among 150 terms of one text, chance meets one of another text in 0.3 % of pairs
DIGIT_BIT = 1 << 23  # marks the term of a word with a digit
MIN_PLURAL_LETTERS = 5  # `bus` and `news` are no plurals; by judgement, as in key phrases
MIN_HEADLINE_WORDS = 3  # of a title's first part, below which it may be a section's name; by judgement
MAX_CACHED_WORDS = 60_000  # in a worker; some 8 MB


def words_of(text: str) -> list[str]:
    """`The mayor's 3 aides` → `The`, `mayor's`, `3`, `aides`."""
    return WORD.findall(text)


def large_words_of(text: str) -> list[str]:
    """The words that are only written large: `Police said: police in Mill Lane` → `Mill`, `Lane`.

    A word that begins a sentence is among them, since it may be a firm's name.
    """
    words = words_of(text)
    small = {word for word in words if word[0].islower()}
    return [word for word in words if word[0].isupper() and word.lower() not in small]


@lru_cache(MAX_CACHED_WORDS)
def term_of(word: str, stem: int | None = None) -> int:
    """The same number for `Mayors`, `mayor's` and `MAYOR`. Only the first `stem` letters count, where it is given."""
    folded = fold_word(word)[:stem]
    value = (zlib.crc32(folded.encode()) * 0x9E3779B1 & 0xFFFFFFFF) >> (33 - 8 * TERM_BYTES)
    return value | DIGIT_BIT if any(map(str.isdigit, folded)) else value


def terms_of(text: str, stem: int | None = None) -> list[int]:
    return [term_of(word, stem) for word in words_of(text)]


def has_digit(term: int) -> bool:
    return bool(term & DIGIT_BIT)


@lru_cache(MAX_CACHED_WORDS)
def fold_word(word: str) -> str:
    """`Mayor's` → `mayor`, `Zürich` → `zurich`, `victims` → `victim`."""
    folded = word.casefold().replace("’", "'").removesuffix("'s").replace("'", "")
    if not folded.isascii():
        folded = "".join([c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c)])
    plural = len(folded) >= MIN_PLURAL_LETTERS and folded.endswith("s") and not folded.endswith("ss")
    return folded[:-1] if plural else folded


def headline_of(title: str) -> str:
    """The title without its site's tail: `Boy, 4, shot in car - WMC News - Memphis` → `Boy, 4, shot in car`."""
    parts = split_title(title)
    if len(parts) < 2:  # noqa: PLR2004  # a title of one part has no tail
        return title
    return parts[0] if len(words_of(parts[0])) >= MIN_HEADLINE_WORDS else max(parts[:2], key=len)


def split_title(title: str) -> Sequence[str]:
    """The parts of a title between dashes, bars and colons with white space."""
    return [part.strip() for part in TITLE_PART.split(title) if part.strip()]
