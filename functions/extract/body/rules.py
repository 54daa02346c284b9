"""Rules that drop blocks wrongly taken for article, and rules that bring back blocks wrongly left out.

Each rule is one function of a region and the index of a block. The lists below say which rules are asked where:
`DROPS` of each found block, `RESTORES` of each block that is not found.
"""

import re
from collections.abc import Callable
from functools import cache

from lxml.etree import _Element

from functions.extract.body.article_region import ArticleRegion, family
from functions.extract.lexicon import load_lines
from functions.extract.page.block_roles import ASIDE, BYLINE, CAPTION, FURNITURE, HEADER, HIDDEN, LEAD, NOISE, NOT_BODY
from functions.extract.page.lxml_queries import texts

Rule = Callable[[ArticleRegion, int], bool]

SENTENCE_END = re.compile(r"[.!?…。！？।؟۔።][\"'”’»)\]]*$")
LABEL = re.compile(r"[^:：]{2,30}[:：]\s")
# What bounds each rule, by judgement, not measured one by one. Decision 0015 has what the rules themselves gain.
MIN_LINKED_WHOLE = 0.9  # share of a line's characters in links: the line is one link
MAX_LINK_ALONE = 250  # linked characters; a longer link is a paragraph of text
MIN_LABELLED_LINK = 20  # linked characters; a shorter link is a word of a sentence
MIN_LINKED_LIST = 0.7  # share of a list's characters in links: the list leads to other pages
MAX_LINKED_OPENING = 0.3  # share of an opening's characters in links; above it, it is a label
MAX_CLOSING_LINE = 400  # characters of a line that opens as a credit or notice does
MAX_SURE_CLOSING = 120  # characters of a closing line that no probability brings back
MAX_CLOSING_TURN = 300  # characters of a line with the turn of a credit anywhere in it
MAX_CREDIT_END = 90  # characters at the end of a line in which a photo credit is looked for
MAX_LEGEND = 200  # characters of a line under a picture
MAX_LEGEND_PARTS = 8  # child elements of a line under a picture; with more, its text is costly to compare
MAX_LIST_DISTANCE = 15  # blocks before and after an item that are measured as its list
MAX_TEASER_DISTANCE = 2  # blocks from a teaser up to its linked heading
MAX_TEASER_WEIGHT = 0.2  # share of the article's prose; an element that holds more is the article's own
MAX_STEPS_TO_MAIN = 2  # parents from the list of an opening up to the main container


def ends_sentence(text: str) -> bool:
    """Whether a text ends in the mark of a sentence's end, in any script."""
    return bool(SENTENCE_END.search(text))


def is_above_body(region: ArticleRegion, index: int) -> bool:
    """Title, date, byline and labels above the first paragraph, as "Updated 4 May" below the headline.

    A sentence in the same element as the first paragraph is no label, as "It rained." above it.
    """
    if index >= region.first or is_first_subhead(region, index):
        return False
    block = region.blocks[index]
    beside = block.element.getparent() is region.blocks[region.first].element.getparent()
    sentence = beside and block.kind != "heading" and bool(SENTENCE_END.search(block.text))
    return not sentence or bool(region.marks[index] & NOT_BODY) or region.texts.folded(block.text) in region.titles


def is_first_subhead(region: ArticleRegion, index: int) -> bool:
    """A heading just above the first paragraph that looks like others further down, as "Day one" above "Day two"."""
    block = region.blocks[index]
    if (
        block.kind != "heading"
        or index != region.first - 1
        or region.texts.folded(block.text) in region.titles
        or block.level == 1
    ):
        return False
    own = family(block.element)
    below = region.blocks[region.first : region.last]
    return any(
        other.kind == "heading" and other.level == block.level and family(other.element) == own for other in below
    )


def is_caption(region: ArticleRegion, index: int) -> bool:
    """A line in an element that is named as caption or hidden, as "The harbour at dawn" in a `figcaption`."""
    return bool(region.marks[index] & (CAPTION | HIDDEN))


def is_under_picture(region: ArticleRegion, index: int) -> bool:
    """A short line that is no sentence, beside or just below a picture, as "Photo: Ann Lee"."""
    block = region.blocks[index]
    if block.kind != "paragraph" or block.prose or len(block.text) > MAX_LEGEND or SENTENCE_END.search(block.text):
        return False
    if len(block.element) > MAX_LEGEND_PARTS or len("".join(texts(block.element)).split()) != len(block.text.split()):
        return False
    before = block.element.getprevious()
    return holds_picture(block.element) or (
        before is not None and holds_picture(before) and not any(map(str.strip, texts(before)))
    )


def holds_picture(element: _Element) -> bool:
    """Whether an element has a picture in it."""
    return next(element.iter("img", "picture"), None) is not None


def is_link_alone(region: ArticleRegion, index: int) -> bool:
    """A paragraph or heading that is one link to another story, as "Ferry sinks off the coast"."""
    block = region.blocks[index]
    return block.kind in {"paragraph", "heading"} and MIN_LINKED_WHOLE * len(block.text) < block.linked < MAX_LINK_ALONE


def is_teaser(region: ArticleRegion, index: int) -> bool:
    """A line below a heading that is one link, as "The ferry had left at dawn." below a linked "Ferry sinks".

    Both stand outside the elements that hold the article's prose.
    """
    parent = region.blocks[index].element.getparent()
    for near in range(index - 1, max(-1, index - MAX_TEASER_DISTANCE - 1), -1):
        heading = region.blocks[near]
        if heading.kind == "heading":
            linked = MIN_LINKED_WHOLE * len(heading.text) < heading.linked and heading.element.getparent() is parent
            return linked and parent is not None and region.parents[parent] < MAX_TEASER_WEIGHT * region.weight
    return False


def is_labelled_link(region: ArticleRegion, index: int) -> bool:
    """A label and the linked title of another story up to the line's end, as "Read also: Ferry sinks off the coast"."""
    block = region.blocks[index]
    if (
        block.kind != "paragraph"
        or block.linked <= MIN_LABELLED_LINK
        or block.linked <= len(block.text) / 2
        or not LABEL.match(block.text)
    ):
        return False
    return block.text.rstrip(" ]").endswith(" ".join("".join(texts(block.links[-1])).split()))


def is_link_list(region: ArticleRegion, index: int) -> bool:
    """An item of a list that is mostly links, as "Sport" in a list of a site's sections."""
    listed = list_around_item(region, index) if region.blocks[index].linked else None
    if listed is None:
        return False
    text = linked = 0
    for near in range(max(0, index - MAX_LIST_DISTANCE), min(len(region.blocks), index + MAX_LIST_DISTANCE)):
        if list_around_item(region, near) is listed:
            text += len(region.blocks[near].text)
            linked += region.blocks[near].linked
    return linked > MIN_LINKED_LIST * text


def list_around_item(region: ArticleRegion, index: int) -> _Element | None:
    """The list that an item stands in; None for blocks that are no items."""
    if region.blocks[index].kind != "item":
        return None
    return region.lists.around(region.blocks[index].element)


def is_marked_label(region: ArticleRegion, index: int) -> bool:
    """A short line in an element named for promotion, sharing, bylines or furniture, as "Share" in `class="tools"`.

    For a heading among the paragraphs, only the elements around it count.
    """
    block = region.blocks[index]
    beside = block.kind == "heading" and block.element.getparent() in region.parents
    mark = region.outer[index] if beside else region.marks[index]
    return bool(mark & (NOISE | FURNITURE | BYLINE)) and not block.prose and block.kind != "cell"


def is_closing_line(region: ArticleRegion, index: int) -> bool:
    """A credit, an agency's line or a notice, as "Contact the reporter at …"."""
    known = region.closing_lines.get(index)
    if known is None:
        known = region.closing_lines[index] = reads_like_closing_line(region.blocks[index].text)
    return known


def reads_like_closing_line(text: str) -> bool:
    """Whether a text is a closing line, such as "Reporting by A. Writer; editing by B. Writer".

    The lists in `words/closing_lines` say how such lines open and end, in many languages.
    """
    if len(text) >= MAX_CLOSING_LINE:
        return False
    if closing_line_pattern().match(text) or credit_end_pattern().search(text, max(0, len(text) - MAX_CREDIT_END)):
        return True
    lowered = text.lower()
    return len(text) < MAX_CLOSING_TURN and any(turn in lowered for turn in load_lines("closing_lines/closing_turns"))


@cache
def closing_line_pattern() -> re.Pattern[str]:
    """The openings of closing lines, behind up to four signs such as a dash."""
    return re.compile(
        r"\W{0,4}(?:" + "|".join(f"(?:{line})" for line in load_lines("closing_lines/closing_phrases")) + ")",
        re.IGNORECASE,
    )


@cache
def credit_end_pattern() -> re.Pattern[str]:
    """The photo credits that end a line."""
    return re.compile(
        "(?:" + "|".join(f"(?:{line})" for line in load_lines("closing_lines/closing_ends")) + ")$", re.IGNORECASE
    )


def is_lost_heading(region: ArticleRegion, index: int) -> bool:
    """A subhead among the paragraphs, as "What happens next" where trafilatura read the paragraphs alone."""
    block = region.blocks[index]
    return (
        block.kind == "heading"
        and region.start <= index <= region.last
        and block.linked < len(block.text) / 2
        and block.element.getparent() in region.parents
        and not region.outer[index] & (ASIDE | BYLINE)
        and region.texts.folded(block.text) not in region.titles
    )


def is_in_lost_part(region: ArticleRegion, index: int) -> bool:
    """Prose or a subhead in the main container, where trafilatura left out most of that container.

    An example is a report of which it read the box with the figures alone. Marked blocks stay out.
    """
    block = region.blocks[index]
    wanted = block.prose > 0 or (block.kind == "heading" and block.linked < len(block.text) / 2)
    return region.mostly_lost and wanted and region.home[index] and not region.marks[index] & (ASIDE | BYLINE)


def is_lost_opening(region: ArticleRegion, index: int) -> bool:
    """Prose between the headline and the first found paragraph, as the opening of a report in larger letters.

    It stands directly in the main container, or in a list there.
    """
    block = region.blocks[index]
    if (
        not (region.start <= index < region.first and region.home[index] and block.prose)
        or region.marks[index] & NOT_BODY
    ):
        return False
    near: _Element | None = list_around_item(region, index)
    around = {block.element.getparent()}
    for _ in range(MAX_STEPS_TO_MAIN):
        near = near.getparent() if near is not None else None
        around.add(near)
    return block.linked < MAX_LINKED_OPENING * len(block.text) and region.main in around


def is_in_article_family(region: ArticleRegion, index: int) -> bool:
    """A paragraph in an element that looks like the article's own, as in a second `class="chunk"` below an advert."""
    block = region.blocks[index]
    parent = block.element.getparent()
    return (
        index >= region.first
        and block.prose > 0
        and block.kind == "paragraph"
        and parent is not None
        and not region.marks[index] & (ASIDE | BYLINE)
        and family(parent) in region.families
        and region.articles.around(parent) is region.article
    )


def is_marked_prose(region: ArticleRegion, index: int) -> bool:
    """Prose in an element named for promotion or furniture, as "Our guide has the tides." in `class="promo-box"`.

    The marks must be trusted on the page. Standfirsts and the page's header are judged elsewhere.
    """
    mark = region.marks[index]
    return (
        region.marks_are_trusted
        and bool(mark & (NOISE | FURNITURE))
        and not mark & (HEADER | LEAD)
        and region.blocks[index].prose > 0
    )


def is_on_slide(region: ArticleRegion, index: int) -> bool:
    """Prose beside one of a gallery's pictures, as "3. The old mill burned in 1911." below the third of them."""
    block = region.blocks[index]
    return block.prose > 0 and any(element in region.slides for element in block.element.iterancestors())


# A found block that one of these speaks of is dropped.
DROPS: tuple[Rule, ...] = (
    is_above_body,
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
# The cheap ones, which alone are asked on a page with more blocks than `MAX_BLOCKS_TIDIED`.
ROUGH_DROPS: tuple[Rule, ...] = (is_above_body, is_caption, is_link_alone)
# Those for single lines, which are asked of restored blocks, too.
LINE_DROPS: tuple[Rule, ...] = (is_under_picture, is_link_alone, is_teaser, is_closing_line)


def is_short_closing_line(region: ArticleRegion, index: int) -> bool:
    """A closing line too short to be a sentence of the article, as "All rights reserved"."""
    return len(region.blocks[index].text) < MAX_SURE_CLOSING and is_closing_line(region, index)


def is_caption_of_text(region: ArticleRegion, index: int) -> bool:
    """A caption or hidden line that is no row of a table, as "The harbour at dawn"; tables stand in figures, too."""
    return region.blocks[index].kind != "cell" and is_caption(region, index)


def is_consent_above_headline(region: ArticleRegion, index: int) -> bool:
    """Prose about cookies and partners above the headline, as "We and our partners store data on your device."."""
    return (
        index < region.start
        and not region.found[index]
        and consent_pattern().search(region.blocks[index].text) is not None
    )


@cache
def consent_pattern() -> re.Pattern[str]:
    """The words that consent walls are made of, in many languages."""
    return re.compile("|".join(load_lines("refusals/consent_words")), re.IGNORECASE)


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
    is_consent_above_headline,
)
# A block that was not found comes back where one of these speaks of it.
RESTORES: tuple[Rule, ...] = (is_lost_heading, is_in_lost_part, is_lost_opening, is_in_article_family)
