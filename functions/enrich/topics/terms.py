"""How a text becomes the terms that the topic model knows. Training and run time share this file, and it imports nothing else of ours."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from functions.enrich.text.stop_words import stop_words

READ_CHARACTERS = 2000
LEAD_WORDS = 80
BODY_WORDS = 400
TITLE_WEIGHT = 2.0
LEAD_WEIGHT = 1.0
BODY_WEIGHT = 0.6
TAIL_WEIGHT = 0.4
STEM_LETTERS = 5
STEM_WEIGHT = 0.5
STEM_MARK = "*"

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_KEEP_S = ("ss", "us", "is", "as", "os")


@dataclass(slots=True)
class Terms:
    """What there is to know a text by.

    `weights` says how much there is of each term: a folded word, a pair of neighbours joined by a space, or the first letters of a longer
    word with a star. `surfaces` gives back each folded word as the text writes it; `words` are all folded words in reading order.
    """

    weights: dict[str, float] = field(default_factory=dict)
    surfaces: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


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


def read_terms(title: str, text: str) -> Terms:
    """Headline and lead count most, the tail least; past the first three hundred words or so nothing does."""
    terms = Terms()
    in_text = _WORD.findall(text[:READ_CHARACTERS])
    parts = (
        (TITLE_WEIGHT, _WORD.findall(title[:READ_CHARACTERS])),
        (LEAD_WEIGHT, in_text[:LEAD_WORDS]),
        (BODY_WEIGHT, in_text[LEAD_WORDS:BODY_WORDS]),
        (TAIL_WEIGHT, in_text[BODY_WORDS:]),
    )
    for weight, part in parts:
        _add(terms, weight, part)
    return terms


def _add(terms: Terms, weight: float, part: list[str]) -> None:
    stops, weights = stop_words(), terms.weights
    folded = [fold(word) for word in part]
    terms.words += folded
    terms.surfaces = dict(zip(folded, part, strict=True)) | terms.surfaces
    for word in folded:
        if word not in stops:
            weights[word] = weights.get(word, 0.0) + weight
            if len(word) > STEM_LETTERS:
                stem = word[:STEM_LETTERS] + STEM_MARK
                weights[stem] = weights.get(stem, 0.0) + weight * STEM_WEIGHT
    for first, second in pairwise(folded):
        if first not in stops and second not in stops:
            pair = f"{first} {second}"
            weights[pair] = weights.get(pair, 0.0) + weight
