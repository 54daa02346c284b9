"""Where a page's prose is: its weight by element, the innermost element that holds most of it."""

from collections import Counter

from lxml.etree import _Element

from functions.extract.page.block_roles import ASIDE, HIDDEN, NOT_BODY
from functions.extract.page.blocks import Block

# Shares of a page's prose, each by judgement, not measured.
MIN_MAIN_PROSE = 0.85  # the innermost element with so much of the prose is the main container
TEXT_UNITS = frozenset({"p", "li", "blockquote", "tr", "td", "ul"})


def choose_by_prose_weight(blocks: list[Block], marks: list[int]) -> list[bool]:
    """Whether each block is article by the page's prose alone.

    The blocks chosen stand in the innermost element that holds most of the page's prose, in no element that is marked
    as something else, and are not made of links.
    """
    prose = [block.prose if not mark & NOT_BODY else 0 for block, mark in zip(blocks, marks, strict=True)]
    if not any(prose):  # where all prose stands in marked elements, marks tell nothing
        marks = [mark & HIDDEN for mark in marks]
        prose = [block.prose if not mark else 0 for block, mark in zip(blocks, marks, strict=True)]
    if not any(prose):
        return [False] * len(blocks)
    home = blocks_inside(blocks, innermost_holder(blocks, prose))
    return [
        inside and not mark & ASIDE and block.linked < len(block.text) / 2
        for inside, block, mark in zip(home, blocks, marks, strict=True)
    ]


def innermost_holder(blocks: list[Block], weights: list[int], share: float = MIN_MAIN_PROSE) -> _Element:
    """The innermost element that still holds that share, 0 to 1, of the blocks' weights."""
    mass = mass_by_element(blocks, weights)
    heaviest = next(iter(mass)).getroottree().getroot()
    while True:
        inner = next((child for child in heaviest if mass[child] >= share * mass[heaviest]), None)
        if inner is None or inner.tag in TEXT_UNITS:
            return heaviest
        heaviest = inner


def mass_by_element(blocks: list[Block], weights: list[int]) -> Counter[_Element]:
    """The sum of the weights of the blocks in each element.

    Each element is visited once, however deep the blocks stand and however many there are.
    """
    mass: Counter[_Element] = Counter()
    climbs: list[list[_Element]] = []
    for block, weight in zip(blocks, weights, strict=True):
        element: _Element | None = block.element if weight else None
        climb: list[_Element] = []
        while element is not None and element not in mass:
            mass[element] = 0
            climb.append(element)
            element = element.getparent()
        if climb:
            climbs.append(climb)
        if weight:
            mass[block.element] += weight
    for element in (step for climb in reversed(climbs) for step in climb):
        parent = element.getparent()
        if parent is not None:
            mass[parent] += mass[element]
    return mass


def blocks_inside(blocks: list[Block], main: _Element) -> list[bool]:
    """Whether each block stands in an element. Each element around a block is climbed from once."""
    known: dict[_Element | None, bool] = {main: True, None: False}
    inside = []
    for block in blocks:
        around: _Element | None = block.element
        climbed = []
        while around not in known:
            climbed.append(around)
            around = around.getparent() if around is not None else None
        known.update(dict.fromkeys(climbed, known[around]))
        inside.append(known[around])
    return inside
