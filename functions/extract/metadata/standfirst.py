"""The standfirst: the line under the headline, else the page's own description of the article."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from functions.extract.body.article_region import ArticleRegion
from functions.extract.found import Found
from functions.extract.lexicon import load_words
from functions.extract.metadata.titles.candidates import class_words
from functions.extract.page.block_roles import CAPTION, HEADER, HIDDEN, LEAD, NOISE
from functions.extract.page.declarations import Declared
from functions.extract.text import folded

MAX_STANDFIRST = 700  # characters; longer lines are the article's first paragraph (by judgement)
MIN_STANDFIRST = 25  # characters; shorter lines are kickers, sections and dates (by judgement)
MIN_HEADING = 40  # characters; shorter headings above the text are section titles (by judgement)
MAX_BLOCKS_ABOVE = 25  # blocks above the first paragraph that are looked at: headline, byline, date, share buttons
SAME_OPENING = 60  # letters that a shown line and the description must share to be the same text
REPEATED_OPENING = 80  # letters of a description that mark it as the text's own start where they stand there
TEXT_OPENING = 3_000  # characters of the text in which a repeated description is looked for
DESCRIPTION_METAS = ("og:description", "description", "twitter:description")


@dataclass
class StandfirstEvidence:
    """What the rules for the standfirst look at: the page's declarations, its blocks, and the article's text."""

    declared: Declared
    region: ArticleRegion
    text: str

    @cached_property
    def title_at(self) -> int:
        """Index of the last heading above the first paragraph that has the page's title, -1 where there is none."""
        region = self.region
        above = range(region.first - 1, max(-1, region.first - MAX_BLOCKS_ABOVE), -1)
        shown = (
            i for i in above if region.blocks[i].kind == "heading" and folded(region.blocks[i].text) in region.titles
        )
        return next(shown, -1)

    @cached_property
    def above(self) -> list[int]:
        """Indexes of lines above the first paragraph: no captions, nothing hidden, no noise, not the title."""
        region = self.region
        return [i for i in range(max(0, region.first - MAX_BLOCKS_ABOVE), region.first) if self.may_be_standfirst(i)]

    def may_be_standfirst(self, index: int) -> bool:
        """Whether a block is neither picture, noise nor title, and as long as a standfirst."""
        block = self.region.blocks[index]
        unwanted = CAPTION | HIDDEN if index == self.region.first else CAPTION | HIDDEN | NOISE
        return (
            not self.region.marks[index] & unwanted
            and MIN_STANDFIRST <= len(block.text) <= MAX_STANDFIRST
            and folded(block.text) not in self.region.titles
        )

    def first_line(self, indexes: Iterable[int]) -> Found[str]:
        """The text of the first of some blocks."""
        return Found(next((self.region.blocks[i].text for i in indexes), ""), "visible standfirst")

    @cached_property
    def description(self) -> str:
        """The article's description as JSON-LD or the head declares it."""
        described = self.declared.json_ld.text(self.declared.article.get("description"))
        return described or self.declared.first(*DESCRIPTION_METAS)


def find_standfirst(declared: Declared, region: ArticleRegion, text: str) -> Found[str]:
    """The standfirst as the first rule that finds one has it."""
    evidence = StandfirstEvidence(declared, region, text)
    found = (Found(value, source) for rule in STANDFIRST_RULES for value, source in [rule(evidence)] if value)
    return next(found, Found("", ""))


def line_marked_as_lead(evidence: StandfirstEvidence) -> Found[str]:
    """A line above the text in an element named for it: `<p class="standfirst">`."""
    return evidence.first_line(i for i in evidence.above if evidence.region.marks[i] & LEAD)


def line_named_standfirst(evidence: StandfirstEvidence) -> Found[str]:
    """A line under the headline whose own class names it, the first paragraph too: `<p class="article-summary">`."""
    blocks, first = evidence.region.blocks, evidence.region.first
    under = [i for i in evidence.above if i > evidence.title_at]
    if blocks[first].kind == "paragraph" and evidence.may_be_standfirst(first):
        under.append(first)
    names = load_words("html/standfirst_names")
    return evidence.first_line(i for i in under if not names.isdisjoint(class_words(blocks[i].element)))


def line_that_description_repeats(evidence: StandfirstEvidence) -> Found[str]:
    """A line above the text that opens as the page's description does: `<h2>` with the words of og:description."""
    opening = folded(evidence.description)[:SAME_OPENING]
    region = evidence.region
    lines = [*evidence.above]
    if region.marks[region.first] & HEADER and evidence.may_be_standfirst(region.first):
        lines.append(region.first)  # the page's own header holds it, beside the headline
    return evidence.first_line(i for i in lines if opening and folded(region.blocks[i].text)[:SAME_OPENING] == opening)


def heading_under_headline(evidence: StandfirstEvidence) -> Found[str]:
    """A smaller heading between the headline and the first paragraph: `<h1>…</h1><h2>The line below it</h2>`."""
    blocks = evidence.region.blocks
    under = (i for i in evidence.above if evidence.title_at >= 0 and i > evidence.title_at)
    return evidence.first_line(
        i
        for i in under
        if blocks[i].kind == "heading"
        and len(blocks[i].text) >= MIN_HEADING
        and blocks[i].linked * 2 < len(blocks[i].text)
    )


def declared_description(evidence: StandfirstEvidence) -> Found[str]:
    """The description that the page declares, unless it is the headline or only repeats the text's start."""
    described = evidence.description
    usable = (
        len(described) <= MAX_STANDFIRST
        and not repeats_text(described, evidence.text)
        and folded(described) not in evidence.region.titles
    )
    source = "json-ld" if evidence.declared.article.get("description") else "meta description"
    return Found(described if usable else "", source)


STANDFIRST_RULES: tuple[Callable[[StandfirstEvidence], Found[str]], ...] = (
    line_marked_as_lead,
    line_named_standfirst,
    line_that_description_repeats,
    heading_under_headline,
    declared_description,
)
"""Where a standfirst is looked for, what readers see first. The first rule that finds one wins."""


def repeats_text(described: str, text: str) -> bool:
    """Whether a description is too short to be one, or cut off the text's own start."""
    opening = folded(described.rstrip(" .…"))
    return len(opening) < MIN_STANDFIRST or opening[:REPEATED_OPENING] in folded(text[:TEXT_OPENING])
