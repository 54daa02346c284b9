"""Rules that drop blocks wrongly taken for article, and one that brings back subheads wrongly left out.

Each rule is one function of a region and the index of a block. The lists below say which rules are asked where:
`DROPS` of each found block, `RESTORES` of each block that is not found, `FIRM_DROPS` of each block that the block
model would bring back.
"""

import re
from collections.abc import Callable
from functools import cache

from lxml.etree import _Element

from functions.extract.body.article_region import ArticleRegion
from functions.extract.body.closing_lines import reads_like_closing_line
from functions.extract.lexicon import load_lines
from functions.extract.page.block_roles import ASIDE, BYLINE, CAPTION, FURNITURE, HEADER, HIDDEN, LEAD, NOISE, NOT_BODY
from functions.extract.page.lxml_queries import family, texts

Rule = Callable[[ArticleRegion, int], bool]

SENTENCE_END = re.compile(r"[.!?…。！？।؟۔።][\"'”’»)\]]*$")
LABEL = re.compile(r"[^:：]{2,30}[:：]\s")
# What bounds each rule, by judgement, not measured one by one. Decision 0015 has what the rules themselves gain.
MIN_LINKED_WHOLE = 0.9  # share of a line's characters in links: the line is one link
MAX_LINK_ALONE = 250  # linked characters; a longer link is a paragraph of text
MIN_LABELLED_LINK = 20  # linked characters; a shorter link is a word of a sentence
MAX_LEGEND = 200  # characters of a line under a picture
MAX_LEGEND_PARTS = 8  # child elements of a line under a picture; with more, its text is costly to compare


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
    is_marked_prose,
    is_marked_label,
    is_closing_line,
)
# The cheap ones, which alone are asked on a page with more blocks than `MAX_BLOCKS_TIDIED`.
ROUGH_DROPS: tuple[Rule, ...] = (is_above_body, is_caption, is_link_alone)


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
    is_labelled_link,
    is_marked_prose,
    is_consent_above_headline,
)
# A block that was not found comes back where one of these speaks of it.
RESTORES: tuple[Rule, ...] = (is_lost_heading,)
