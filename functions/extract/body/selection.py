"""Which blocks of a page are its article: those with evidence for them, less what is no part of the text, more what was lost."""

from functions.extract.body.article_region import Layout
from functions.extract.body.rules import DROPS, LINE_DROPS, RESTORES, ROUGH_DROPS, is_on_slide
from functions.extract.body.shingles import Shingle, shingles

_REPEATED = 0.8
_REPEATED_SHORT = 0.95
_LONG = 30
_HUGE = 2_000_000
_MOST_TIDIED = 8_000


def article_blocks(layout: Layout) -> list[int]:
    """Indexes of the article's blocks in reading order."""
    kept = [index for index in range(len(layout.blocks)) if _belongs(layout, index)]
    return _without_loose_ends(layout, _without_repeats(layout, kept))


def _belongs(layout: Layout, index: int) -> bool:
    if layout.slides and is_on_slide(layout, index):
        return True
    if layout.found[index]:
        rules = DROPS if len(layout.blocks) <= _MOST_TIDIED else ROUGH_DROPS
        return not any(rule(layout, index) for rule in rules)
    if not layout.blocks[index].prose and layout.blocks[index].kind != "heading":
        return False
    return any(rule(layout, index) for rule in RESTORES) and not any(rule(layout, index) for rule in LINE_DROPS)


def _without_repeats(layout: Layout, kept: list[int]) -> list[int]:
    """Blocks whose words have not stood before: pages carry the same text for several layouts."""
    if sum(len(layout.blocks[index].text) for index in kept) > _HUGE:
        return kept
    seen: set[Shingle] = set()
    fresh: list[int] = []
    for index in kept:
        parts = shingles(layout.blocks[index].text)
        share = _REPEATED if len(parts) > _LONG else _REPEATED_SHORT
        if len(parts) <= 6 or sum(part in seen for part in parts) <= share * len(parts):
            seen.update(parts)
            fresh.append(index)
    return fresh


def _without_loose_ends(layout: Layout, kept: list[int]) -> list[int]:
    """Headings with nothing under them go: at the end, and where what stood under them was dropped."""
    tidy: list[int] = []
    following = len(layout.blocks)
    for index in reversed(kept):
        block = layout.blocks[index]
        bare = following == len(layout.blocks) or (
            layout.blocks[following].kind == "heading" and layout.blocks[following].level <= block.level
        )
        if block.kind == "heading" and bare and following > index + 1:
            continue
        tidy.append(index)
        following = index
    return tidy[::-1]
