"""Which charset a page without a true declaration is in, by how its words read in each."""

import re
from collections import Counter
from functools import cache

from functions.extract.lexicon import load_lines

_GUESSES = (
    "cp1252",
    "cp1251",
    "cp1250",
    "koi8-r",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp874",
    "cp1258",
    "gb18030",
    "big5hkscs",
    "cp932",
    "euc-jp",
    "cp949",
    "iso8859-5",
    "cp866",
    "iso8859-6",
    "mac-roman",
    "cp850",
)
_MULTIBYTE = frozenset({"gb18030", "big5hkscs", "cp932", "euc-jp", "cp949"})
_THAI_WORDS = ("การ", "และ", "ที่", "ของ", "ใน", "เป็น", "ให้", "ไม่", "มี", "ได้", "ว่า", "จะ")
_RARITY = {"mac-roman": 0.8, "cp850": 0.8}
_SAMPLE = 12_000
_READ = 400_000
_LEAD = 40
_MARKUP = re.compile(
    rb"<script\b(?:(?!</script).)*+(?:</script>)?|<style\b(?:(?!</style).)*+(?:</style>)?|<[^<>]*+>?",
    re.DOTALL | re.IGNORECASE,
)
_BEYOND_ASCII = re.compile(rb"[\x80-\xff][^\n]{0,400}")


def guess(body: bytes) -> tuple[str, float]:
    """The charset in which the page's own words read best."""
    sample = _wordy(body)
    scores = {codec: _readable(sample, codec) * _RARITY.get(codec, 1) for codec in _GUESSES}
    best = max(scores, key=scores.__getitem__)
    return best, scores[best]


def readability(body: bytes, codec: str) -> float:
    """How well the page's own words read in one charset: comparable to what `guess` gives."""
    return _readable(_wordy(body), codec)


def _wordy(body: bytes) -> bytes:
    """The parts of the page with bytes beyond ASCII, markup left out, whole around each."""
    text = _MARKUP.sub(b" ", body[:_READ])
    runs, end = [], 0
    for run in _BEYOND_ASCII.finditer(text):
        runs.append(text[max(end, run.start() - _LEAD) : run.end()])
        end = run.end()
    return b"\n".join(runs)[:_SAMPLE]


def _readable(sample: bytes, codec: str) -> float:
    """How much of the sample's text beyond ASCII is made of known small words or of the commonest characters of its script."""
    text = sample.decode(codec, "replace").casefold()
    beyond = sum(1 for character in text if character > "\x7f") or 1
    strange = text.count("\ufffd") + sum(
        1 for character in text if "\x80" <= character <= "\x9f" or "\u2500" <= character <= "\u259f"
    )
    words = Counter(re.findall(r"[^\W\d_]+", text))
    known = sum(
        len(word) * count
        for word, count in words.items()
        if word in _small_words() and any(letter > "\x7f" for letter in word)
    )
    common = sum(1 for character in text if character in _common_characters()) if codec in _MULTIBYTE else 0
    common += sum(text.count(word) for word in _THAI_WORDS) if codec == "cp874" else 0
    kana = sum(1 for character in text if "\u3040" <= character <= "\u30ff")
    latin = sum(
        1
        for word, count in words.items()
        for _ in range(count)
        if any(letter > "\x7f" for letter in word)
        and any(letter <= "\x7f" for letter in word)
        and _LATIN.fullmatch(word)
    )
    return (known * 1.5 + common * 3 + kana * 2 + latin * 0.8 - strange * 4) / beyond


_LATIN = re.compile(r"[a-zà-öø-žșțươạ-ỹ]+")


@cache
def _small_words() -> frozenset[str]:
    return frozenset(word for line in load_lines("charset/function_words") for word in line.split()[1:])


@cache
def _common_characters() -> frozenset[str]:
    return frozenset("".join(load_lines("charset/common_characters")).replace(" ", ""))
