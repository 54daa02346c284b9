"""The standfirst: the line under the headline, else the page's own description of the article."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from functions.extract.body.article_region import Layout
from functions.extract.found import Found
from functions.extract.page.block_roles import CAPTION, HIDDEN, LEAD, NOISE
from functions.extract.page.declarations import Declared
from functions.extract.text import folded

MAX_STANDFIRST = 700  # characters; longer lines are the article's first paragraph (by judgement)
MIN_STANDFIRST = 25  # characters; shorter lines are kickers, sections and dates (by judgement)
MAX_BLOCKS_ABOVE = 25  # blocks above the first paragraph that are looked at: headline, byline, date, share buttons
SAME_OPENING = 60  # letters that a shown line and the description must share to be the same text
REPEATED_OPENING = 80  # letters of a description that mark it as the text's own start where they stand there
TEXT_OPENING = 3_000  # characters of the text in which a repeated description is looked for
DESCRIPTION_METAS = ("og:description", "description", "twitter:description")


@dataclass
class StandfirstEvidence:
    """What the rules for the standfirst look at: the page's declarations, its blocks, and the article's text."""

    declared: Declared
    layout: Layout
    text: str

    @cached_property
    def above(self) -> list[tuple[str, int]]:
        """Text and marks of blocks above the first paragraph: no captions, nothing hidden, no noise."""
        layout = self.layout
        return [
            (layout.blocks[i].text, layout.marks[i])
            for i in range(max(0, layout.first - MAX_BLOCKS_ABOVE), layout.first)
            if not layout.marks[i] & (CAPTION | HIDDEN | NOISE)
            and MIN_STANDFIRST <= len(layout.blocks[i].text) <= MAX_STANDFIRST
        ]

    @cached_property
    def description(self) -> str:
        """The article's description as JSON-LD or the head declares it."""
        described = self.declared.json_ld.text(self.declared.article.get("description"))
        return described or self.declared.first(*DESCRIPTION_METAS)


def find_standfirst(declared: Declared, layout: Layout, text: str) -> Found[str]:
    """The standfirst as the first rule that finds one has it."""
    evidence = StandfirstEvidence(declared, layout, text)
    found = (Found(value, source) for rule in STANDFIRST_RULES for value, source in [rule(evidence)] if value)
    return next(found, Found("", ""))


def line_marked_as_lead(evidence: StandfirstEvidence) -> Found[str]:
    """A line above the text in an element named for it: `<p class="standfirst">`."""
    lines = (line for line, mark in evidence.above if mark & LEAD and folded(line) not in evidence.layout.titles)
    return Found(next(lines, ""), "visible standfirst")


def line_that_description_repeats(evidence: StandfirstEvidence) -> Found[str]:
    """A line above the text that opens as the page's description does: `<h2>` with the words of og:description."""
    opening = folded(evidence.description)[:SAME_OPENING]
    lines = (line for line, _ in evidence.above if evidence.description and folded(line)[:SAME_OPENING] == opening)
    return Found(next(lines, ""), "visible standfirst")


def declared_description(evidence: StandfirstEvidence) -> Found[str]:
    """The description that the page declares, unless it is the headline or only repeats the text's start."""
    described = evidence.description
    usable = (
        len(described) <= MAX_STANDFIRST
        and not repeats_text(described, evidence.text)
        and folded(described) not in evidence.layout.titles
    )
    source = "json-ld" if evidence.declared.article.get("description") else "meta description"
    return Found(described if usable else "", source)


STANDFIRST_RULES: tuple[Callable[[StandfirstEvidence], Found[str]], ...] = (
    line_marked_as_lead,
    line_that_description_repeats,
    declared_description,
)
"""Where a standfirst is looked for, what readers see first. The first rule that finds one wins."""


def repeats_text(described: str, text: str) -> bool:
    """Whether a description is too short to be one, or cut off the text's own start."""
    opening = folded(described.rstrip(" .…"))
    return len(opening) < MIN_STANDFIRST or opening[:REPEATED_OPENING] in folded(text[:TEXT_OPENING])
