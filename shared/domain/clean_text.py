"""The one check that every text of a page passes before it is handed on: no character that a reader cannot see.

`Article` and `Record` say it by their types, so that no field can be forgotten. Nothing is refused here: what is not
to be seen is taken out.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated

from pydantic import BeforeValidator

# Joiners stay: Persian and Indian words and emoji are written with them. So do line feeds, which part paragraphs.
UNSEEN = re.compile(
    r"""
    [\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]      # controls: NUL, ESC
    |[\u00ad\u200b\u2060-\u206f\ufeff]                     # soft hyphen, zero-width space, invisible operators
    |[\u061c\u200e\u200f\u2028-\u202e]                     # marks of direction, separators of lines
    |[\ufff9-\ufffb\U000e0000-\U000e0fff]                  # interlinear notes, tags that spell unseen words
    |[\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]              # no characters, halves of characters
    """,
    re.VERBOSE,
)
SPACE_RUN = re.compile(r"\s{2,}|[^\S ]")
LINE_BREAK = re.compile(r"[\r\x85\v\f]")
MAX_MARKS = 30  # combining marks on one letter, as Unicode's stream-safe format has it; sorting more takes their square


def clean_line(text: str) -> str:
    """The text as one line: composed, without unseen characters, with single spaces."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return SPACE_RUN.sub(" ", UNSEEN.sub("", compose(text))).strip()


def clean_paragraphs(text: str) -> str:
    """The text composed and without unseen characters; its line feeds are kept."""
    return UNSEEN.sub("", LINE_BREAK.sub("\n", compose(text)))


def compose(text: str) -> str:
    """The text in NFC, with no more marks on a letter than any language puts there."""
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", limit_marks(text))


def limit_marks(text: str) -> str:
    """The text without what follows the first marks of a run longer than any language has.

    Each such run holds one of the letters that are looked at: one of MAX_MARKS + 1.
    """
    kept: list[str] = []
    place, at = 0, MAX_MARKS
    while at < len(text):
        start = end = at
        while unicodedata.combining(text[at]) and start > place and unicodedata.combining(text[start - 1]):
            start -= 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if end - start > MAX_MARKS:
            kept.append(text[place : start + MAX_MARKS])
            place = end
        at = end + MAX_MARKS + 1 if end > at else at + MAX_MARKS + 1
    return "".join([*kept, text[place:]])


def where_text(clean: Callable[[str], str]) -> BeforeValidator:
    """A validator that cleans texts, before pydantic refuses halves of characters, and leaves anything else to it."""
    return BeforeValidator(lambda value: clean(value) if isinstance(value, str) else value)


CleanLine = Annotated[str, where_text(clean_line)]
"""One line without characters that cannot be seen."""

CleanText = Annotated[str, where_text(clean_paragraphs)]
"""Paragraphs without characters that cannot be seen."""
