"""Which charset a page without a true declaration is in, by how its words read in each."""

import re
from collections import Counter
from functools import cache

from functions.extract.lexicon import load_lines
from functions.extract.text import KANA

CANDIDATE_CHARSETS = (
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
MULTIBYTE_CHARSETS = frozenset({"gb18030", "big5hkscs", "cp932", "euc-jp", "cp949"})
THAI_WORDS = ("การ", "และ", "ที่", "ของ", "ใน", "เป็น", "ให้", "ไม่", "มี", "ได้", "ว่า", "จะ")
CHARSET_WEIGHTS = {"mac-roman": 0.8, "cp850": 0.8}  # rare ones that read nearly as well as cp1252; by judgement
MAX_SAMPLE = 12_000  # bytes of words that are weighed in each charset
MAX_READ = 400_000  # bytes of the page in which words are looked for
LEAD = 40  # bytes before a run beyond ASCII that are kept, so that its first word is whole
KNOWN_WORD_WEIGHT = 1.5  # per letter; this and the next were set on the corpus' charsets: decision 0016 has figures
COMMON_CHARACTER_WEIGHT = 3  # per character
KANA_WEIGHT = 2  # per character
LATIN_WORD_WEIGHT = 0.8  # per word
STRANGE_WEIGHT = 4  # per character, taken off
MARKUP = re.compile(
    rb"<script\b(?:(?!</script).)*+(?:</script>)?|<style\b(?:(?!</style).)*+(?:</style>)?|<[^<>]*+>?",
    re.DOTALL | re.IGNORECASE,
)
KANA_LETTER = re.compile(f"[{KANA}]")
LATIN_WORD = re.compile(r"[a-zà-öø-žșțươạ-ỹ]+")
BEYOND_ASCII = re.compile(rb"[\x80-\xff][^\n]{0,400}")


def detect_charset(body: bytes) -> tuple[str, float]:
    """The charset in which the page's own words read best."""
    sample = words_beyond_ascii(body)
    scores = {codec: score_readability(sample, codec) * CHARSET_WEIGHTS.get(codec, 1) for codec in CANDIDATE_CHARSETS}
    best = max(scores, key=scores.__getitem__)
    return best, scores[best]


def readability(body: bytes, codec: str) -> float:
    """How well the page's own words read in one charset: comparable to what `detect_charset` gives."""
    return score_readability(words_beyond_ascii(body), codec)


def words_beyond_ascii(body: bytes) -> bytes:
    """The parts of the page with bytes beyond ASCII, markup left out, whole around each."""
    text = MARKUP.sub(b" ", body[:MAX_READ])
    runs, end = [], 0
    for run in BEYOND_ASCII.finditer(text):
        runs.append(text[max(end, run.start() - LEAD) : run.end()])
        end = run.end()
    return b"\n".join(runs)[:MAX_SAMPLE]


def score_readability(sample: bytes, codec: str) -> float:
    """The share of text beyond ASCII that is small words or the commonest characters of its script, weighted."""
    text = sample.decode(codec, "replace").casefold()
    beyond = sum(1 for character in text if character > "\x7f") or 1
    strange = text.count("\ufffd") + sum(
        1 for character in text if "\x80" <= character <= "\x9f" or "\u2500" <= character <= "\u259f"
    )
    words = Counter(re.findall(r"[^\W\d_]+", text))
    known = sum(
        len(word) * count
        for word, count in words.items()
        if word in function_words() and any(letter > "\x7f" for letter in word)
    )
    common = sum(1 for character in text if character in common_characters()) if codec in MULTIBYTE_CHARSETS else 0
    common += sum(text.count(word) for word in THAI_WORDS) if codec == "cp874" else 0
    kana = len(KANA_LETTER.findall(text))
    latin = sum(
        1
        for word, count in words.items()
        for _ in range(count)
        if any(letter > "\x7f" for letter in word)
        and any(letter <= "\x7f" for letter in word)
        and LATIN_WORD.fullmatch(word)
    )
    return (
        known * KNOWN_WORD_WEIGHT
        + common * COMMON_CHARACTER_WEIGHT
        + kana * KANA_WEIGHT
        + latin * LATIN_WORD_WEIGHT
        - strange * STRANGE_WEIGHT
    ) / beyond


@cache
def function_words() -> frozenset[str]:
    """Small words of many languages that have a letter beyond ASCII."""
    return frozenset(word for line in load_lines("charset/function_words") for word in line.split()[1:])


@cache
def common_characters() -> frozenset[str]:
    """The commonest characters of Chinese, Japanese and Korean."""
    return frozenset("".join(load_lines("charset/common_characters")).replace(" ", ""))
