"""A short sketch of a text by which near-duplicates are known, and their likeness.

The sketch is the smallest hashes of the text's word triples (four letters where a script has no spaces), in rising order: a fair
sample of the triples. Two samples, cut at the smaller of their largest hashes, say what share of the shorter text stands in the
longer one. So a copy with paragraphs added, dropped or trimmed stays alike, and another report with the same quotation is not.
"""

import re
import unicodedata
import zlib

from functions.enrich.lexicon import load_lines
from functions.enrich.text.sentences import split_sentences

KEPT = 64
DUPLICATE_FROM = 0.4
LEAST_SAMPLE = 6
LEAST_SHARE_OF_LENGTH = 0.15
_DIGITS = 6
_SPACE = 1 << 4 * _DIGITS
_LONGEST_BOILERPLATE = 200
_WORDS = 3
_LETTERS = 4
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_INDIC_MARKS = r"\u0900-\u0dff"
_RUNS = re.compile(rf"[{_UNSPACED}]+|(?:[^\W{_UNSPACED}]|[{_INDIC_MARKS}])+")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")


def fingerprint(text: str) -> str:
    """Up to 64 hashes of six hex digits each; empty for a text without words. The title is no part of it."""
    values = {_hash(shingle) for shingle in _shingles(_own_words(text))}
    return "".join(f"{value:0{_DIGITS}x}" for value in sorted(values)[:KEPT])


def similarity(a: str, b: str) -> float:
    """The estimated share of the shorter text that the longer one has too, 0 to 1; 0 where one is a small part of the other."""
    ours, theirs = _values(a), _values(b)
    if not ours or not theirs:
        return 0.0
    reach = min(_reach(ours), _reach(theirs))
    ours, theirs = {v for v in ours if v <= reach}, {v for v in theirs if v <= reach}
    fewer, more = sorted((len(ours), len(theirs)))
    if fewer < min(LEAST_SAMPLE, more) or fewer / more < LEAST_SHARE_OF_LENGTH:
        return 0.0
    return len(ours & theirs) / fewer


def is_near_duplicate(a: str, b: str) -> bool:
    """Whether two fingerprints are of one article: the threshold lies in a gap that the quality tests hold open."""
    return similarity(a, b) >= DUPLICATE_FROM


def _own_words(text: str) -> str:
    """The text without the sentences that its site puts under every article, unless there are no others."""
    folded = text.casefold()
    phrases = [phrase for phrase in load_lines("boilerplate") if phrase in folded]
    if not phrases:
        return text
    return (
        "\n".join([sentence for sentence in split_sentences(text) if not _is_boilerplate(sentence.casefold(), phrases)])
        or text
    )


def _is_boilerplate(sentence: str, phrases: list[str]) -> bool:
    return len(sentence) < _LONGEST_BOILERPLATE and any(phrase in sentence for phrase in phrases)


def _shingles(text: str) -> list[str]:
    folded = text.casefold()
    if not folded.isascii():
        folded = "".join([c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c)])
    words = _RUNS.findall(folded)
    if _IS_UNSPACED.search(folded):
        words = [word for run in words for word in _split_run(run)]
    if 0 < len(words) < _WORDS:
        return [" ".join(words)]
    return [f"{first} {second} {third}" for first, second, third in zip(words, words[1:], words[2:], strict=False)]


def _split_run(run: str) -> list[str]:
    """A word; or pairs of letters, of which three neighbours span four letters, where words are not apart."""
    if not _IS_UNSPACED.match(run):
        return [run]
    return [run[i : i + 2] for i in range(max(1, len(run) - 1))]


def _hash(shingle: str) -> int:
    return (zlib.crc32(shingle.encode()) * 0x9E3779B1 & 0xFFFFFFFF) >> (32 - 4 * _DIGITS)


def _values(sketch: str) -> set[int]:
    return {int(sketch[i : i + _DIGITS], 16) for i in range(0, len(sketch), _DIGITS)}


def _reach(values: set[int]) -> int:
    """Up to which hash the sketch has seen all of its text: everything, where it holds fewer hashes than it could."""
    return max(values) if len(values) == KEPT else _SPACE
