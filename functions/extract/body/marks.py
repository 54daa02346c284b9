"""The marks of blocks: what the elements around a block are named for, where that can be believed."""

from functions.extract.page.block_roles import CAPTION, FURNITURE, NOISE, NONE
from functions.extract.page.blocks import Block, Scope

# By judgement, not measured.
MAX_MARKED_PROSE = 0.4  # an element named for furniture that holds more is the article's own
MAX_CAPTION = 600  # characters of prose in an element named as caption (by judgement, not measured)
MIN_UNMARKED_PROSE = 0.7  # with so much of the found prose outside marked elements, the marks can be trusted


def effective_marks(blocks: list[Block], scopes: list[Scope]) -> tuple[list[int], list[int]]:
    """The marks of each block, and the marks of what is around it.

    A marked element that holds much of the page's prose is the article's own, so its mark does not count.
    """
    total = sum(block.prose for block in blocks) or 1
    void = {id(scope) for scope in scopes if scope.prose >= MAX_MARKED_PROSE * total or is_too_long_for_caption(scope)}
    known: dict[int, int] = {}
    for scope in scopes:
        around = known[id(scope.parent)] if scope.parent else NONE
        known[id(scope)] = around if id(scope) in void else around | scope.mark
    marks = [known[id(block.scope)] if block.scope else NONE for block in blocks]
    outer = []
    for block, mark in zip(blocks, marks, strict=True):
        own = block.scope is not None and block.scope.element is block.element
        parent = block.scope.parent if own and block.scope else None
        outer.append((known[id(parent)] if parent else NONE) if own else mark)
    return marks, outer


def is_too_long_for_caption(scope: Scope) -> bool:
    """Whether an element is marked as caption by its name alone, and holds more prose than a caption does."""
    return scope.mark == CAPTION and scope.prose > MAX_CAPTION and scope.element.tag not in {"figure", "figcaption"}


def can_trust_marks(blocks: list[Block], marks: list[int], found: list[bool]) -> bool:
    """Whether most of the found prose stands outside elements that are marked as promotion or furniture."""
    prose = [
        (block.prose, mark & (NOISE | FURNITURE)) for block, mark, yes in zip(blocks, marks, found, strict=True) if yes
    ]
    return sum(size for size, mark in prose if not mark) >= MIN_UNMARKED_PROSE * sum(size for size, _ in prose)
