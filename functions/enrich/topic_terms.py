"""How a text becomes the terms that the topic model knows. Training and run time share this file, and it imports nothing else of ours."""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

READ_CHARACTERS = 6000
LEAD_WORDS = 60
BODY_WORDS = 250
TITLE_WEIGHT = 2.0
LEAD_WEIGHT = 1.0
BODY_WEIGHT = 0.6
TAIL_WEIGHT = 0.3

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_KEEP_S = ("ss", "us", "is", "as", "os")

_STOP_WORDS_FILE = Path(__file__).with_name("stop_words.txt")


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing of what a text is about; read on first use."""
    return frozenset(_STOP_WORDS_FILE.read_text(encoding="utf-8").split())


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """One form for "Nurses", "nurse's" and "nurse": lower case, no accents, no possessive, simple plurals singular."""
    word = word.lower().replace("’", "'")
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if word.endswith(("'s", "s'")):
        word = word[:-2] if word.endswith("'s") else word[:-1]
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(_KEEP_S):  # noqa: PLR2004
        return word[:-1]
    return word


def words(text: str) -> list[str]:
    return _WORD.findall(text[:READ_CHARACTERS])


def weigh_terms(title: str, text: str) -> dict[str, float]:
    """Each term (folded word, or pair of neighbours joined by a space) with how much of it there is: headline and lead count most."""
    weights: dict[str, float] = {}
    in_text = words(text)
    parts = (
        (TITLE_WEIGHT, words(title)),
        (LEAD_WEIGHT, in_text[:LEAD_WORDS]),
        (BODY_WEIGHT, in_text[LEAD_WORDS:BODY_WORDS]),
        (TAIL_WEIGHT, in_text[BODY_WORDS:]),
    )
    for weight, part in parts:
        _add(weights, weight, [fold(word) for word in part])
    return weights


def _add(weights: dict[str, float], weight: float, folded: list[str]) -> None:
    stops = stop_words()
    for word in folded:
        if word not in stops:
            weights[word] = weights.get(word, 0.0) + weight
    for first, second in pairwise(folded):
        if first not in stops and second not in stops:
            pair = f"{first} {second}"
            weights[pair] = weights.get(pair, 0.0) + weight
