"""What is no part of an article's text though it was found with it, and what is though it was not: one rule a function."""

import re
from collections.abc import Callable
from functools import cache

from lxml.etree import _Element

from functions.extract.body.article_region import Layout, family
from functions.extract.lexicon import load_lines
from functions.extract.page.block_roles import ASIDE, BYLINE, CAPTION, FURNITURE, HEADER, HIDDEN, LEAD, NOISE, NOT_BODY
from functions.extract.page.lxml_queries import texts
from functions.extract.text import folded

Rule = Callable[[Layout, int], bool]

_SENTENCE = re.compile(r"[.!?…。！？।؟۔።][\"'”’»)\]]*$")
_LABEL = re.compile(r"[^:：]{2,30}[:：]\s")
_LINKED_LINE = 250
_LINKED_LIST = 0.7
_LONGEST_CLOSING = 400
MAX_SURE_CLOSING = 120  # characters of a closing line that no probability brings back (by judgement)
_LONGEST_TURN = 300
_LONGEST_LEGEND = 200
_MOST_PARTS = 8
_CREDIT_END = 90
_NEAR = 15
_NEAR_TEASER = 3
_SHARE_OF_TEASERS = 0.2


def ends_sentence(text: str) -> bool:
    """Whether a text ends in the mark of a sentence's end, in any script."""
    return bool(_SENTENCE.search(text))


def stands_in_head(layout: Layout, index: int) -> bool:
    """Title, date, byline and labels above the first paragraph; a short first sentence beside it is no label."""
    if index >= layout.first or _is_first_subhead(layout, index):
        return False
    block = layout.blocks[index]
    beside = block.element.getparent() is layout.blocks[layout.first].element.getparent()
    sentence = beside and block.kind != "heading" and bool(_SENTENCE.search(block.text))
    return not sentence or bool(layout.marks[index] & NOT_BODY) or folded(block.text) in layout.titles


def _is_first_subhead(layout: Layout, index: int) -> bool:
    """A heading just above the first paragraph that looks like others further down."""
    block = layout.blocks[index]
    if block.kind != "heading" or index != layout.first - 1 or folded(block.text) in layout.titles or block.level == 1:
        return False
    own = family(block.element)
    below = layout.blocks[layout.first : layout.last]
    return any(
        other.kind == "heading" and other.level == block.level and family(other.element) == own for other in below
    )


def is_caption(layout: Layout, index: int) -> bool:
    return bool(layout.marks[index] & (CAPTION | HIDDEN))


def is_under_picture(layout: Layout, index: int) -> bool:
    """A short line that is no sentence, in one element with a picture or just behind one."""
    block = layout.blocks[index]
    if block.kind != "paragraph" or block.prose or len(block.text) > _LONGEST_LEGEND or _SENTENCE.search(block.text):
        return False
    if len(block.element) > _MOST_PARTS or len("".join(texts(block.element)).split()) != len(block.text.split()):
        return False
    before = block.element.getprevious()
    return _holds_picture(block.element) or (
        before is not None and _holds_picture(before) and not any(map(str.strip, texts(before)))
    )


def _holds_picture(element: _Element) -> bool:
    return next(element.iter("img", "picture"), None) is not None


def is_link_alone(layout: Layout, index: int) -> bool:
    """A paragraph or heading that is one link: the way to another story."""
    block = layout.blocks[index]
    return block.kind in {"paragraph", "heading"} and 0.9 * len(block.text) < block.linked < _LINKED_LINE


def is_teaser(layout: Layout, index: int) -> bool:
    """The lines beside a heading that is one link, outside the elements that the article's prose stands in."""
    parent = layout.blocks[index].element.getparent()
    for near in range(index - 1, max(-1, index - _NEAR_TEASER), -1):
        heading = layout.blocks[near]
        if heading.kind == "heading":
            linked = 0.9 * len(heading.text) < heading.linked and heading.element.getparent() is parent
            return linked and parent is not None and layout.parents[parent] < _SHARE_OF_TEASERS * layout.weight
    return False


def is_labelled_link(layout: Layout, index: int) -> bool:
    """A line such as "Label: title of another story", the title being a link to the end."""
    block = layout.blocks[index]
    if (
        block.kind != "paragraph"
        or not block.linked > 20
        or block.linked <= len(block.text) / 2
        or not _LABEL.match(block.text)
    ):
        return False
    return block.text.rstrip(" ]").endswith(" ".join("".join(texts(block.links[-1])).split()))


def is_link_list(layout: Layout, index: int) -> bool:
    """An item of a list that is made of links."""
    listed = _list_around(layout, index) if layout.blocks[index].linked else None
    if listed is None:
        return False
    text = linked = 0
    for near in range(max(0, index - _NEAR), min(len(layout.blocks), index + _NEAR)):
        if _list_around(layout, near) is listed:
            text += len(layout.blocks[near].text)
            linked += layout.blocks[near].linked
    return linked > _LINKED_LIST * text


def _list_around(layout: Layout, index: int) -> _Element | None:
    if layout.blocks[index].kind != "item":
        return None
    return layout.lists.around(layout.blocks[index].element)


def is_marked_label(layout: Layout, index: int) -> bool:
    """A short line in an element named for promotion, sharing, bylines or furniture."""
    block = layout.blocks[index]
    beside = block.kind == "heading" and block.element.getparent() in layout.parents
    mark = layout.outer[index] if beside else layout.marks[index]
    return bool(mark & (NOISE | FURNITURE | BYLINE)) and not block.prose and block.kind != "cell"


def is_closing_line(layout: Layout, index: int) -> bool:
    """Credits, agency lines, plugs and notices, by how they open in many languages."""
    text = layout.blocks[index].text
    if len(text) >= _LONGEST_CLOSING:
        return False
    if _closing_lines().match(text) or _credit_end().search(text, max(0, len(text) - _CREDIT_END)):
        return True
    lowered = text.lower()
    return len(text) < _LONGEST_TURN and any(turn in lowered for turn in load_lines("closing_lines/closing_turns"))


@cache
def _closing_lines() -> re.Pattern[str]:
    return re.compile(
        r"\W{0,4}(?:" + "|".join(f"(?:{line})" for line in load_lines("closing_lines/closing_phrases")) + ")",
        re.IGNORECASE,
    )


@cache
def _credit_end() -> re.Pattern[str]:
    return re.compile(
        "(?:" + "|".join(f"(?:{line})" for line in load_lines("closing_lines/closing_ends")) + ")$", re.IGNORECASE
    )


def is_lost_heading(layout: Layout, index: int) -> bool:
    """A subhead among the paragraphs."""
    block = layout.blocks[index]
    return (
        block.kind == "heading"
        and layout.start <= index <= layout.last
        and block.linked < len(block.text) / 2
        and block.element.getparent() in layout.parents
        and not layout.outer[index] & (ASIDE | BYLINE)
        and folded(block.text) not in layout.titles
    )


def is_in_lost_part(layout: Layout, index: int) -> bool:
    """Anything unmarked in the main container, where most of it was dropped."""
    block = layout.blocks[index]
    wanted = block.prose > 0 or (block.kind == "heading" and block.linked < len(block.text) / 2)
    return layout.mostly_lost and wanted and layout.home[index] and not layout.marks[index] & (ASIDE | BYLINE)


def is_lost_opening(layout: Layout, index: int) -> bool:
    """Prose between the headline and the first paragraph found, in the main container or a list of it."""
    block = layout.blocks[index]
    if (
        not (layout.start <= index < layout.first and layout.home[index] and block.prose)
        or layout.marks[index] & NOT_BODY
    ):
        return False
    near: _Element | None = _list_around(layout, index)
    around = {block.element.getparent()}
    for _ in range(2):
        near = near.getparent() if near is not None else None
        around.add(near)
    return block.linked < 0.3 * len(block.text) and layout.main in around


def is_of_the_family(layout: Layout, index: int) -> bool:
    """A paragraph in an element that looks like the article's own: an article cut in chunks by advertisements."""
    block = layout.blocks[index]
    parent = block.element.getparent()
    return (
        index >= layout.first
        and block.prose > 0
        and block.kind == "paragraph"
        and parent is not None
        and not layout.marks[index] & (ASIDE | BYLINE)
        and family(parent) in layout.families
        and layout.articles.around(parent) is layout.article
    )


def is_marked_prose(layout: Layout, index: int) -> bool:
    """Prose in an element named for promotion or furniture, on a page whose article stands in none; standfirsts are not meant."""
    mark = layout.marks[index]
    return (
        layout.unmarked
        and bool(mark & (NOISE | FURNITURE))
        and not mark & (HEADER | LEAD)
        and layout.blocks[index].prose > 0
    )


def is_on_slide(layout: Layout, index: int) -> bool:
    """Prose beside one of a gallery's pictures."""
    block = layout.blocks[index]
    return block.prose > 0 and any(element in layout.slides for element in block.element.iterancestors())


DROPS: tuple[Rule, ...] = (
    stands_in_head,
    is_caption,
    is_under_picture,
    is_link_alone,
    is_labelled_link,
    is_teaser,
    is_marked_prose,
    is_link_list,
    is_marked_label,
    is_closing_line,
)
ROUGH_DROPS: tuple[Rule, ...] = (stands_in_head, is_caption, is_link_alone)
LINE_DROPS: tuple[Rule, ...] = (is_under_picture, is_link_alone, is_teaser, is_closing_line)


def is_short_closing_line(layout: Layout, index: int) -> bool:
    """A closing line too short to be a sentence of the article that opens like one, such as "All rights reserved"."""
    return len(layout.blocks[index].text) < MAX_SURE_CLOSING and is_closing_line(layout, index)


def is_caption_of_text(layout: Layout, index: int) -> bool:
    """A caption or hidden line that is no row of a table: editors put tables in figures, too."""
    return layout.blocks[index].kind != "cell" and is_caption(layout, index)


# What these drop, no probability brings back.
FIRM_DROPS: tuple[Rule, ...] = (
    is_under_picture,
    is_link_alone,
    is_teaser,
    is_labelled_link,
    is_link_list,
    is_marked_prose,
    is_short_closing_line,
    is_caption_of_text,
)
RESTORES: tuple[Rule, ...] = (is_lost_heading, is_in_lost_part, is_lost_opening, is_of_the_family)
