"""What the elements around a block say that it is, as bits: one block may stand in several."""

import re

from functions.extract.wordlists import load_words

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

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LISTS = {"noise_names": NOISE, "caption_names": CAPTION, "lead_names": LEAD, "byline_names": BYLINE}


def marks_of_names(names: str) -> int:
    """The marks that an element's class and id give it, by the words they are made of."""
    words = {word.lower() for word in _WORDS.findall(names)}
    mark = NONE
    for listed, meaning in _LISTS.items():
        if not words.isdisjoint(load_words(listed)):
            mark |= meaning
    return mark
