"""The few questions put to lxml whose answers its types leave open."""

from collections.abc import Iterator
from typing import cast

from lxml.etree import XPath, _Element


def elements(path: XPath, root: _Element) -> list[_Element]:
    """What a path that names elements finds."""
    return cast("list[_Element]", path(root))


def texts(element: _Element) -> Iterator[str]:
    """Every run of text inside the element, as far as it is asked for."""
    return (str(text) for text in element.itertext())


class Nearest:
    """The innermost element of some tags that an element is or stands in; each is climbed from once, however often it is asked for."""

    def __init__(self, *tags: str) -> None:
        self._tags = frozenset(tags)
        self._known: dict[_Element | None, _Element | None] = {None: None}

    def __len__(self) -> int:
        """How many elements were climbed from so far."""
        return len(self._known) - 1

    def around(self, element: _Element | None) -> _Element | None:
        climbed: list[_Element] = []
        while element is not None and element not in self._known and element.tag not in self._tags:
            climbed.append(element)
            element = element.getparent()
        found = self._known.get(element, element)
        self._known.update(dict.fromkeys(climbed, found))
        return found
