"""The few questions put to lxml whose answers its types leave open."""

import re
from collections.abc import Iterator
from typing import cast

from lxml.etree import XPath, _Element

from functions.extract.text import clean

MAX_INLINE_TEXT = 5_000  # characters; no headline, byline or caption is longer, and pages are hostile
OPENS_WORD = re.compile(r"[\w\"'«„“‘(¿¡]")
CLOSES_WORD = re.compile(r"[^\W\u3040-\u9fff]$|[.!?:»”\"']$")

Family = tuple[str, str]


def elements(path: XPath, root: _Element) -> list[_Element]:
    """What a path that names elements finds."""
    return cast("list[_Element]", path(root))


def texts(element: _Element) -> Iterator[str]:
    """Every run of text inside the element, as far as it is asked for."""
    return (str(text) for text in element.itertext())


def inline_text(element: _Element, limit: int = MAX_INLINE_TEXT) -> str:
    """The element's text, cut off soon after `limit` characters.

    Parts that only the layout keeps apart get a space between them: "By" and "Bo Ek" of two spans.
    """
    parts: list[str] = []
    length = 0
    for part in texts(element):
        if parts and OPENS_WORD.match(part) and CLOSES_WORD.search(parts[-1][-2:]):
            parts.append(" ")
        parts.append(part)
        length += len(part)
        if length > limit:
            break
    return clean("".join(parts))


def family(element: _Element) -> Family:
    """The tag and the classes of an element: elements of one family look alike."""
    return str(element.tag), element.get("class") or ""


class Nearest:
    """The innermost element of some tags that an element is or stands in.

    Each element is climbed from once, however often it is asked for.
    """

    def __init__(self, *tags: str) -> None:
        self._tags = frozenset(tags)
        self._known: dict[_Element | None, _Element | None] = {None: None}

    def __len__(self) -> int:
        """How many elements were climbed from so far."""
        return len(self._known) - 1

    def around(self, element: _Element | None) -> _Element | None:
        """The nearest element of these tags at or above the element; None where there is none."""
        climbed: list[_Element] = []
        while element is not None and element not in self._known and element.tag not in self._tags:
            climbed.append(element)
            element = element.getparent()
        found = self._known.get(element, element)
        self._known.update(dict.fromkeys(climbed, found))
        return found
