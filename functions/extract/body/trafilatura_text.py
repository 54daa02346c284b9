"""The article's text as trafilatura reads it: quickly on each page, thoroughly where the quick reading is in doubt.

No other module imports trafilatura.
"""

from collections.abc import Sequence
from copy import copy
from functools import cache
from itertools import islice

from lxml.etree import _Element, strip_elements
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import MANUALLY_CLEANED, Extractor

from functions.extract.body.shingles import shingles

LEFT_OUT = "noscript"  # the tag that elements get which a copy leaves out
# What trafilatura takes out of every page itself, later and one by one; it may keep forms and figures.
NEVER_READ = tuple(tag for tag in MANUALLY_CLEANED if tag not in {"form", "figure"})
# Bounds of the work that one reading may be: measured in infra/decisions/0014-extraction-bounds.md.
MAX_ELEMENTS = 8_000
MAX_TABLE_CELLS = 40_000  # rows by the widest row: trafilatura fills every table up to it
MAX_CHARACTERS = 1_000_000  # text and white space between tags
MAX_DEPTH = 150  # elements inside each other
MAX_VISIBLE_CHARACTERS = 500_000  # text of all blocks
MIN_TIMES_LONGER = 5  # a believed thorough reading to the quick one: chosen by looking at pages in doubt, not counted
MIN_QUICK_TEXT_HELD = 0.5  # share of the quick reading's word runs that a believed thorough one has, likewise


def quick_reading(tree: HtmlElement, asides: Sequence[_Element]) -> str:
    """The article's text by trafilatura's own rules alone; empty for a page on which that would take too long.

    It reads the page without `asides`, elements that have no text or nothing but links, in half the time.
    """
    return read_with_trafilatura(copy_without(tree, asides), fast=True)


def thorough_reading(tree: HtmlElement) -> str:
    """The article's text after trafilatura compared its rules with two other algorithms: up to twice the time."""
    return read_with_trafilatura(copy(tree), fast=False)


def copy_without(tree: HtmlElement, asides: Sequence[_Element]) -> HtmlElement:
    """A copy of the tree without some of its elements, and without those that trafilatura never reads."""
    tags = [element.tag for element in asides]
    for element in asides:
        element.tag = LEFT_OUT
    own = copy(tree)
    for element, tag in zip(asides, tags, strict=True):
        element.tag = tag
    strip_elements(own, LEFT_OUT, *NEVER_READ, with_tail=False)
    return own


def read_with_trafilatura(tree: HtmlElement, *, fast: bool) -> str:
    """The text of a reading, empty for a tree that is too costly or holds no article. The tree is used up."""
    if is_too_costly(tree):
        return ""
    found = bare_extraction(tree, options=reading_options(fast=fast))
    return getattr(found, "text", "") or ""


@cache
def reading_options(*, fast: bool) -> Extractor:
    """Trafilatura's options for a reading; it takes some time to make them and changes nothing of them."""
    return Extractor(output_format="python", fast=fast, comments=False)


def is_too_costly(tree: HtmlElement) -> bool:
    """Whether trafilatura would work long on a tree, because of its elements, its white space or its tables.

    Attributes that join cells are taken out of the tree, since trafilatura would fill each row up to the widest.
    """
    for cell in tree.iter("td", "th"):
        cell.attrib.pop("colspan", None)
        cell.attrib.pop("rowspan", None)
    rows = [len(row) for row in tree.iter("tr")]
    return (
        len(rows) * max(rows, default=0) > MAX_TABLE_CELLS
        or next(islice(tree.iter(), MAX_ELEMENTS, None), None) is not None
        or len(tree.text_content()) > MAX_CHARACTERS
    )


def is_fuller_reading(thorough: str, quick: str) -> bool:
    """Whether the thorough reading holds the quick one and is several times as long.

    A reading that is only a little longer often has other stories in it.
    """
    if not quick:
        return bool(thorough)
    if len(thorough) <= MIN_TIMES_LONGER * len(quick):
        return False
    known, parts = set(shingles(thorough)), shingles(quick)
    return sum(part in known for part in parts) > MIN_QUICK_TEXT_HELD * len(parts)
