"""The few questions put to lxml whose answers its types leave open."""

from typing import cast

from lxml.etree import XPath, _Element


def elements(path: XPath, root: _Element) -> list[_Element]:
    """What a path that names elements finds."""
    return cast("list[_Element]", path(root))


def texts(element: _Element) -> list[str]:
    """Every run of text inside the element."""
    return [str(text) for text in element.itertext()]
