"""The roles of a block, such as caption or byline, by the elements around it: a number with one bit per role."""

import re
from functools import cache, lru_cache

from functions.extract.lexicon import load_words

# One bit per role.
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
MAX_NAMES = 300  # characters of an element's class and id that are read (by judgement, not measured)
MARK_BY_LIST = {
    "html/noise_names": NOISE,
    "html/caption_names": CAPTION,
    "html/lead_names": LEAD,
    "authors/byline_names": BYLINE,
}


def marks_of_names(names: str) -> int:
    """The roles that an element's class and id give it, as "imageCaption" that of a caption, by the words they hold."""
    mark = NONE
    for name in names[:MAX_NAMES].split():
        mark |= mark_of_name(name)
    return mark


@lru_cache(maxsize=20_000)  # names: those of some hundred pages, two megabytes
def mark_of_name(name: str) -> int:
    """The roles that one class or id gives, such as "imageCaption"."""
    meanings = mark_by_word()
    mark = NONE
    for word in NAME_WORD.findall(name):
        mark |= meanings.get(word.lower(), NONE)
    return mark


@cache
def mark_by_word() -> dict[str, int]:
    """The roles that each word of the lists names."""
    words = {word for listed in MARK_BY_LIST for word in load_words(listed)}
    return {word: sum(mark for listed, mark in MARK_BY_LIST.items() if word in load_words(listed)) for word in words}
