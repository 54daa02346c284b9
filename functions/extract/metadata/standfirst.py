"""The standfirst: the line under the headline, else the page's own description of the article."""

from functions.extract.body.article_region import Layout
from functions.extract.page.block_roles import CAPTION, HIDDEN, LEAD, NOISE
from functions.extract.page.declarations import Declared
from functions.extract.text import folded

_LONGEST = 700
_SHORTEST = 25


def find_standfirst(declared: Declared, layout: Layout, text: str) -> tuple[str, str]:
    """The standfirst and where it came from; a description that only repeats or cuts off the text's start is none."""
    for block, mark in _above(layout):
        if mark & LEAD and _SHORTEST <= len(block) <= _LONGEST and folded(block) not in layout.titles:
            return block, "visible standfirst"
    described = declared.json_ld.text(declared.article.get("description")) or declared.first(
        "og:description", "description", "twitter:description"
    )
    for block, _ in _above(layout):
        if _SHORTEST <= len(block) <= _LONGEST and described and folded(block)[:60] == folded(described)[:60]:
            return block, "visible standfirst"
    if (
        described
        and len(described) <= _LONGEST
        and not _repeats(described, text)
        and folded(described) not in layout.titles
    ):
        return described, "json-ld" if declared.article.get("description") else "meta description"
    return "", ""


def _above(layout: Layout) -> list[tuple[str, int]]:
    """Blocks between the headline and the first paragraph, and a little before where the headline is not marked up."""
    start = max(0, layout.first - 25)
    return [
        (layout.blocks[i].text, layout.marks[i])
        for i in range(start, layout.first)
        if not layout.marks[i] & (CAPTION | HIDDEN | NOISE)
    ]


def _repeats(described: str, text: str) -> bool:
    opening = folded(described.rstrip(" .…"))
    return len(opening) < _SHORTEST or opening[:80] in folded(text[:3_000])
