"""What the elements around a block say that it is, as bits: one block may stand in several."""

import re
from functools import cache

from functions.extract.lexicon import load_words

NONE = 0
FURNITURE = 1
NOISE = 2
CAPTION = 4
HEADER = 8
LEAD = 16
BYLINE = 32
HIDDEN = 64
QUOTED = 128

ASIDE = NOISE | FURNITURE | CAPTION | HIDDEN
NOT_BODY = ASIDE | BYLINE | LEAD | HEADER

NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
MAX_NAMES = 300
MARK_BY_LIST = {
    "html/noise_names": NOISE,
    "html/caption_names": CAPTION,
    "html/lead_names": LEAD,
    "authors/byline_names": BYLINE,
}


def marks_of_names(names: str) -> int:
    """The marks that an element's class and id give it, by the words they are made of."""
    meanings = mark_by_word()
    mark = NONE
    for word in NAME_WORD.findall(names[:MAX_NAMES]):
        mark |= meanings.get(word.lower(), NONE)
    return mark


@cache
def mark_by_word() -> dict[str, int]:
    words = {word for listed in MARK_BY_LIST for word in load_words(listed)}
    return {word: sum(mark for listed, mark in MARK_BY_LIST.items() if word in load_words(listed)) for word in words}
