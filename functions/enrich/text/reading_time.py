"""How long a text is and how long it takes to read."""

import math
import re

# How fast adults read silently: about 240 words a minute in English, by surveys of reading research; a steady pace is a
# little less.
WORDS_PER_MINUTE = 230
CJK_LETTERS_PER_MINUTE = 450
# Letters of scripts that put no space between words. In Thai, Lao, Khmer and Burmese, marks over and under them are not
# counted.
_HAN_AND_KANA_RANGES = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SOUTH_EAST_RANGES = r"\u0e01-\u0e5b\u0e81-\u0edf\u1000-\u109f\u1780-\u17ff"  # with their marks
_HAN_AND_KANA = re.compile(f"[{_HAN_AND_KANA_RANGES}]")
_SOUTH_EAST = re.compile(r"[\u0e01-\u0e30\u0e81-\u0eb0\u1000-\u102a\u1780-\u17a2]")
_SPACED_WORD = re.compile(r"[^\s—–/]+")
_UNSPACED = re.compile(f"[{_HAN_AND_KANA_RANGES}{_SOUTH_EAST_RANGES}]+")
# In Thai and its kin, without vowels above, below and before the letter; counted by hand in one sentence.
_LETTERS_IN_TWO_WORDS = 5


def count_words(text: str) -> int:
    """The number of words.

    In Chinese and Japanese each letter counts as one, as their word processors count. In Thai and its kin two and a
    half letters do.
    """
    if not _UNSPACED.search(text):
        return count_spaced_words(text)
    return (
        count_spaced_words(_UNSPACED.sub(" ", text))
        + len(_HAN_AND_KANA.findall(text))
        + -(-2 * len(_SOUTH_EAST.findall(text)) // _LETTERS_IN_TWO_WORDS)
    )


def count_spaced_words(text: str) -> int:
    return sum([1 for chunk in _SPACED_WORD.findall(text) if chunk.isalnum() or any(map(str.isalnum, chunk))])


def reading_minutes(text: str) -> int:
    """The nearest whole minute at a steady pace, at least one for any text, none for no text."""
    han = len(_HAN_AND_KANA.findall(text))
    words = count_words(text) - han
    minutes = words / WORDS_PER_MINUTE + han / CJK_LETTERS_PER_MINUTE
    return max(math.floor(minutes + 1 / 2), math.ceil(min(minutes, 1)))
