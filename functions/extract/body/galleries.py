"""Galleries: articles whose text stands beside their pictures."""

from lxml.etree import _Element

from functions.extract.page.block_roles import ASIDE, CAPTION, FURNITURE, HIDDEN, NOISE
from functions.extract.page.blocks import Block
from functions.extract.page.lxml_queries import Family, family

# By judgement: decision 0015 has what the rule does, not what other bounds do.
MIN_SLIDES = 3  # elements that look alike, each with a picture and prose
MAX_STEPS_TO_PICTURE = 2  # parents from a line up to the element that also holds its picture
MIN_SLIDES_TO_TEXT = 0.8  # prose beside the pictures to the rest of the text
TAGS_OF_NO_SLIDE = frozenset({"body", "html", "main", "article"})


def find_gallery_slides(blocks: list[Block], marks: list[int], found: list[bool], first: int) -> frozenset[_Element]:
    """The elements of a gallery: they look alike, and each holds a picture with prose and no link.

    Three of them make a gallery where together they hold nearly as much prose as the text does.
    """
    said = sum(block.prose for i, block in enumerate(blocks) if found[i] and not marks[i] & ASIDE)
    likes: dict[Family, dict[_Element, int]] = {}
    for i in range(first, len(blocks)):
        lost = blocks[i].prose and (not found[i] or marks[i] & CAPTION) and not marks[i] & (HIDDEN | NOISE | FURNITURE)
        holder = picture_holder_around(blocks[i].element) if lost else None
        if holder is not None:
            likes.setdefault(family(holder), {}).setdefault(holder, blocks[i].prose)
    alike = [
        holders
        for holders in likes.values()
        if len(holders) >= MIN_SLIDES and sum(holders.values()) > said * MIN_SLIDES_TO_TEXT
    ]
    return frozenset(holder for holders in alike for holder in holders)


def picture_holder_around(element: _Element) -> _Element | None:
    """The element around a line, at most two parents up, that holds a picture and no link; None where there is none."""
    around: _Element | None = element
    for _ in range(MAX_STEPS_TO_PICTURE):
        around = around.getparent() if around is not None else None
        if around is None or around.tag in TAGS_OF_NO_SLIDE:
            return None
        if next(around.iter("img", "picture"), None) is not None:
            return None if next(around.iter("a"), None) is not None else around
    return None
