"""A short sketch of a text by which near-duplicates are known, and their likeness.

The sketch (a bottom-k MinHash) is the smallest hashes of the text's word triples (four letters where a script has no
spaces), in rising order: a fair sample of the triples. Two samples, cut at the smaller of their largest hashes, tell
what share of the shorter text stands in the longer one. So a copy with paragraphs added, dropped or trimmed stays
alike, and another report with the same quotation does not.
"""

import re
import unicodedata
import zlib

from functions.enrich.lexicon import load_lines
from shared.text.sentences import split_sentences

MAX_HASHES = 64  # in a fingerprint: 384 characters of the record; by judgement
MIN_DUPLICATE_SIMILARITY = (
    0.4  # lies in the gap between copies and others that tests/quality/test_fingerprint_floors.py measures
)
MIN_SHARED_SAMPLE = 6  # hashes of the smaller sample below which a share means nothing; by judgement
MIN_LENGTH_SHARE = 0.15  # of the longer text: below it, one text is a quotation in the other; by judgement
HASH_DIGITS = 6  # hexadecimal digits per hash: 16 million values, so that chance matches are rare among 64
HASH_VALUES = 1 << 4 * HASH_DIGITS
MAX_BOILERPLATE_CHARACTERS = 200  # a longer sentence that holds a boilerplate phrase has words of its own; by judgement
SHINGLE_WORDS = 3  # neighbouring words per hash (decision 0010)
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_INDIC_MARKS = r"\u0900-\u0dff"
_RUNS = re.compile(rf"[{_UNSPACED}]+|(?:[^\W{_UNSPACED}]|[{_INDIC_MARKS}])+")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")


def fingerprint(text: str) -> str:
    """Up to 64 hashes of six hex digits each; empty for a text without words. The title is no part of it."""
    values = {hash_shingle(shingle) for shingle in word_triples(without_boilerplate(text))}
    return "".join(f"{value:0{HASH_DIGITS}x}" for value in sorted(values)[:MAX_HASHES])


def similarity(a: str, b: str) -> float:
    """The estimated share, 0 to 1, of the shorter text that the longer one has too.

    It is 0 where one text is a small part of the other.
    """
    ours, theirs = parse_hashes(a), parse_hashes(b)
    if not ours or not theirs:
        return 0.0
    reach = min(largest_hash_seen(ours), largest_hash_seen(theirs))
    ours, theirs = {v for v in ours if v <= reach}, {v for v in theirs if v <= reach}
    fewer, more = sorted((len(ours), len(theirs)))
    if fewer < min(MIN_SHARED_SAMPLE, more) or fewer / more < MIN_LENGTH_SHARE:
        return 0.0
    return len(ours & theirs) / fewer


def is_near_duplicate(a: str, b: str) -> bool:
    """Whether two fingerprints are of one article: the threshold lies in a gap that the quality tests hold open."""
    return similarity(a, b) >= MIN_DUPLICATE_SIMILARITY


def without_boilerplate(text: str) -> str:
    """The text without the sentences that its site puts under every article, unless there are no others."""
    folded = text.casefold()
    phrases = [phrase for phrase in load_lines("boilerplate") if phrase in folded]
    if not phrases:
        return text
    return (
        "\n".join([sentence for sentence in split_sentences(text) if not is_boilerplate(sentence.casefold(), phrases)])
        or text
    )


def is_boilerplate(sentence: str, phrases: list[str]) -> bool:
    return len(sentence) < MAX_BOILERPLATE_CHARACTERS and any(phrase in sentence for phrase in phrases)


def word_triples(text: str) -> list[str]:
    folded = text.casefold()
    if not folded.isascii():
        folded = "".join([c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c)])
    words = _RUNS.findall(folded)
    if _IS_UNSPACED.search(folded):
        words = [word for run in words for word in split_unspaced_run(run)]
    if 0 < len(words) < SHINGLE_WORDS:
        return [" ".join(words)]
    return [f"{first} {second} {third}" for first, second, third in zip(words, words[1:], words[2:], strict=False)]


def split_unspaced_run(run: str) -> list[str]:
    """A word; or pairs of letters, of which three neighbours span four letters, where words are not apart."""
    if not _IS_UNSPACED.match(run):
        return [run]
    return [run[i : i + 2] for i in range(max(1, len(run) - 1))]


def hash_shingle(shingle: str) -> int:
    return (zlib.crc32(shingle.encode()) * 0x9E3779B1 & 0xFFFFFFFF) >> (32 - 4 * HASH_DIGITS)


def parse_hashes(sketch: str) -> set[int]:
    return {int(sketch[i : i + HASH_DIGITS], 16) for i in range(0, len(sketch), HASH_DIGITS)}


def largest_hash_seen(values: set[int]) -> int:
    """The largest hash up to which the sketch is complete: all values, where it holds fewer hashes than it could."""
    return max(values) if len(values) == MAX_HASHES else HASH_VALUES
