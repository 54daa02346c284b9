"""Analysis: how a text or a query becomes words that compare equal.

Case, accents, script variants and simple English plurals make no difference. Scripts that put no space between words
(and Korean, whose particles stick to them) are read character by character, so that a term in them matches as a run of
characters. All others are read word by word; hyphens, dots and apostrophes separate words.
"""

import re
import unicodedata
from bisect import bisect
from functools import cache, lru_cache

from shared.text.lexicon import load_lines, load_words

_POSSESSIVE = re.compile(r"['’ʼ＇](?<=[^\W_].)s(?![^\W_])")
_DOTTED = re.compile(r"\.[^\W\d_](?![^\W_])")
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])\.?")
_HALF_WIDTH = re.compile("[\uff65-\uff9f]+")
_KEPT_MARKED = frozenset("йїў")
# Unicode's combining classes of marks that make no other letter.
_POINT_CLASSES = range(10, 36)  # points and vowels of Hebrew and Arabic
_MIN_ACCENT_CLASS = 200  # from here on, accents around a letter
MIN_PLURAL_LETTERS = 4  # `gas` and `bus` are no plurals; decision 0006
_SIBILANT = ("s", "sh", "ch", "x", "z", "o")

# First and last code points of scripts that are read by character, in order: Thai and Lao, Burmese, Khmer, CJK with
# kana, Hangul, compatibility forms, half-width kana, historic kana, supplementary ideographs.
_BY_CHARACTER = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F), (0x1B000, 0x1B16F), (0x20000, 0x3FFFF),
)  # fmt: skip
_STARTS = [first for first, _ in _BY_CHARACTER]


def words(text: str) -> list[str]:
    """The text's words in order: lower case, no accents, plurals kept."""
    if text.isascii():
        return join_initials(text.lower()).translate(_FOLDS).split()
    folded = unicodedata.normalize("NFC", _HALF_WIDTH.sub(widen_kana, text.casefold()))
    return unicodedata.normalize("NFC", join_initials(folded).translate(_FOLDS)).split()


def widen_kana(narrow: re.Match[str]) -> str:
    """Half-width kana as full-width, where a voicing mark joins its letter."""
    return unicodedata.normalize("NFKC", narrow.group())


def join_initials(text: str) -> str:
    """Drops the possessive and the dots of initials: `korea's` as `korea`, `u.s.` as `us`."""
    text = _POSSESSIVE.sub(" ", text)
    return _INITIALS.sub(without_dots, text) if _DOTTED.search(text) else text


def without_dots(initials: re.Match[str]) -> str:
    return initials.group().replace(".", "") + " "


class FoldTable(dict[int, str]):
    """A translation table that is worked out for each character when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = fold_character(chr(code))
        return folded


_FOLDS = FoldTable()


def fold_character(character: str) -> str:
    """What one character becomes: its base letter, nothing for a mark, a space for what parts words."""
    if character in _KEPT_MARKED:
        return character
    if character in letter_variants():
        return letter_variants()[character]
    kind = unicodedata.category(character)
    if kind[0] == "M":
        return "" if is_accent(character) or draws_a_symbol(character, kind) else character
    if kind == "Cf":
        return ""
    return fold_letter(character) if kind[0] in "LN" else " "


def fold_letter(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    bare = "".join(part for part in unicodedata.normalize("NFKD", character) if not is_accent(part))
    folded = unicodedata.normalize("NFC", bare).casefold()
    return "".join(f" {part} " for part in folded) if reads_by_character(folded) else folded


def draws_a_symbol(character: str, kind: str) -> bool:
    """True for what only says how a symbol is drawn, as an emoji or in a circle: it is no word, and parts of many."""
    return kind == "Me" or unicodedata.name(character, "").startswith("VARIATION SELECTOR")


def is_accent(character: str) -> bool:
    """True for accents, points and stress marks; False for vowel signs and voicing marks that make another letter."""
    place = unicodedata.combining(character)
    return place in _POINT_CLASSES or place >= _MIN_ACCENT_CLASS


def reads_by_character(word: str) -> bool:
    """Whether a word's script is read character by character."""
    if not word or word.isascii():
        return False
    place = bisect(_STARTS, ord(word[0])) - 1
    return place >= 0 and ord(word[0]) <= _BY_CHARACTER[place][1]


@cache
def letter_variants() -> dict[str, str]:
    """Letters that Unicode does not take apart but readers take for the same: `ø` and `o`, Persian and Arabic kaf."""
    pairs = (line.split() for line in load_lines("letter_variants"))
    return {pair[0]: "".join(pair[1:]) for pair in pairs}


@lru_cache(maxsize=65536)
def fold_plural(word: str) -> str:
    """One form for a word and its simple English plural.

    The form need not be a word: `house` and `houses` both give `hous`.
    """
    if len(word) < MIN_PLURAL_LETTERS or not (word.isascii() and word.isalpha()) or word in load_words("not_plurals"):
        return word
    stem = word.removesuffix("s")
    if stem.endswith("ie") and len(stem) >= MIN_PLURAL_LETTERS:
        return stem[:-2] + "y"
    return without_plural_ending(word)


def without_plural_ending(word: str) -> str:
    base = word[:-2] if word.endswith("es") else word.removesuffix("e")
    if base != word and len(base) >= MIN_PLURAL_LETTERS - 1 and base.endswith(_SIBILANT):
        return base
    if word.endswith("ss") or not word.endswith("s"):
        return word
    return word if word.endswith("us") and word not in load_words("plurals_in_us") else word[:-1]
