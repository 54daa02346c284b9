"""Which blocks of a page are its article, by the rules and by the block model; repeats and empty headings go."""

import re
from collections import Counter

from lxml.etree import _Element

from functions.extract.body.article_region import ArticleRegion
from functions.extract.body.block_features import LEAD_SAMPLE, block_features, is_candidate, measure_surroundings
from functions.extract.body.boosted_trees import load_trees
from functions.extract.body.rules import (
    DROPS,
    FIRM_DROPS,
    MIN_LINKED_WHOLE,
    RESTORES,
    ROUGH_DROPS,
    ends_sentence,
    is_on_slide,
)
from functions.extract.body.shingles import Shingle
from functions.extract.page.blocks import MIN_PROSE
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import family
from functions.extract.text import folded

MAX_REPEATED = 0.8  # share of a block's word runs that stood before; above it, it is a repeat (by judgement)
MAX_REPEATED_SHORT = 0.95  # the same for a block of at most `MAX_SHORT_RUNS`, since few runs are soon alike
MAX_SHORT_RUNS = 30  # word runs of a short block (by judgement, not measured)
MAX_RUNS_ALWAYS_FRESH = 6  # word runs; shorter blocks repeat by chance and stay (by judgement, not measured)
MAX_DEDUPLICATED = 2_000_000  # characters; repeats stay in longer texts, to save memory (by judgement)
MAX_BLOCKS_TIDIED = 8_000  # blocks; above it the cheap rules alone are asked: 0014
SENTENCE_ENDS = re.compile(r"\w[.!?…。！？]+(?=\s|$|[\"'”’»])")
MAX_QUOTE_WORDS = 60  # of a pull quote (by judgement)
MIN_QUOTE_WORDS = 5  # shorter lines repeat by chance (by judgement)
MAX_TEXT_COMPARED = 200_000  # characters of an article in which pull quotes are looked for (by judgement)
UNSURE = 0.5  # probability of a block where the model keeps no prose and the rules decide (by judgement)
# The least probability of a block that is chosen; decision 0017 has the figures of other pairs.
MIN_CHANCE_KEPT = 0.3  # of a block that the rules kept
MIN_CHANCE_HEADING = 0.1  # of a subhead that they kept: few words decide little, a section hangs on it (by judgement)
MIN_CHANCE_DROPPED = 0.55  # of a block that they dropped
MIN_MAIN_COLUMN = 0.8  # share of an article's prose in the one cell of a row that is its column (by judgement)


def select_blocks(region: ArticleRegion, described: str) -> dict[int, float]:
    """The article's blocks by index, in reading order, each with its probability, 0 to 1.

    A block that the rules kept needs a lower probability than one that they dropped. A page with more blocks than the
    model can weigh in its time keeps what the rules say.
    """
    kept = kept_by_rules(region)
    if len(region.blocks) > MAX_BLOCKS_TIDIED:
        return dict.fromkeys(tidied(region, sorted(kept)), 1.0)
    model, around = load_trees("body_blocks"), measure_surroundings(region)
    chances: dict[int, float] = {}
    for index in range(len(region.blocks)):
        ruled = index in kept
        if ruled or is_candidate(region, index) or is_prose_in_link(region, index):
            row = block_features(region, around, index, kept=ruled, described=described)
            chance = model.probability(row)
            if is_chosen(region, index, chance, ruled=ruled):
                chances[index] = chance
    tidy = tidied(region, list(chances))
    if not any(region.blocks[index].prose for index in tidy) and any(region.blocks[index].prose for index in kept):
        return dict.fromkeys(tidied(region, sorted(kept)), UNSURE)
    return {index: chances[index] for index in tidy}


def tidied(region: ArticleRegion, chosen: list[int]) -> list[int]:
    """The chosen blocks without repeats, columns beside the article's, and headings with nothing below them."""
    return drop_empty_headings(region, drop_side_columns(region, drop_repeats(region, chosen)))


def is_chosen(region: ArticleRegion, index: int, chance: float, *, ruled: bool) -> bool:
    """Whether a block is article: by a rule that is surer than the model, else by its probability.

    Lines of a gallery are always in; captions and teasers that the rules dropped are always out.
    """
    if is_prose_in_link(region, index) or (region.slides and is_on_slide(region, index)):
        return True
    if ruled:
        return chance > (MIN_CHANCE_HEADING if region.blocks[index].kind == "heading" else MIN_CHANCE_KEPT)
    return chance > MIN_CHANCE_DROPPED and not any(rule(region, index) for rule in FIRM_DROPS)


def is_prose_in_link(region: ArticleRegion, index: int) -> bool:
    """A paragraph of the text that is one link and yet two sentences, as "The shops closed. They open in May."."""
    block = region.blocks[index]
    return (
        block.kind == "paragraph"
        and block.linked > MIN_LINKED_WHOLE * len(block.text)
        and region.first < index < region.last
        and len(SENTENCE_ENDS.findall(block.text)) > 1
        and looks_like_text(region, index)
    )


def looks_like_text(region: ArticleRegion, index: int) -> bool:
    """Whether an element of the same tag and classes around other blocks holds prose that was found."""
    parent = region.blocks[index].element.getparent()
    if parent is None:
        return False
    own = family(parent)
    return any(
        found and block.prose and family(around) == own
        for block, found in zip(region.blocks, region.found, strict=True)
        if (around := block.element.getparent()) is not None
    )


def kept_by_rules(region: ArticleRegion) -> set[int]:
    """The indexes of the blocks that are article by the rules alone."""
    return {index for index in range(len(region.blocks)) if is_kept_by_rules(region, index)}


def described_opening(declared: Declared) -> str:
    """The folded opening of what the page declares as its description; a block that opens so is its standfirst."""
    described = declared.json_ld.text(declared.article.get("description")) or declared.first(
        "og:description", "description", "twitter:description"
    )
    return folded(described)[:LEAD_SAMPLE]


def is_kept_by_rules(region: ArticleRegion, index: int) -> bool:
    """Whether a block is article by the rules alone; a page of very many blocks is asked the cheap rules only."""
    if region.slides and is_on_slide(region, index):
        return True
    if not region.found[index]:
        return any(rule(region, index) for rule in RESTORES)
    rules = DROPS if len(region.blocks) <= MAX_BLOCKS_TIDIED else ROUGH_DROPS
    return not any(rule(region, index) for rule in rules)


def drop_repeats(region: ArticleRegion, kept: list[int]) -> list[int]:
    """The blocks whose words have not stood before, since some pages carry the same text for several screens."""
    if sum(len(region.blocks[index].text) for index in kept) > MAX_DEDUPLICATED:
        return kept
    seen: set[Shingle] = set()
    fresh: list[int] = []
    for index in kept:
        parts = region.texts.shingles(region.blocks[index].text)
        share = MAX_REPEATED if len(parts) > MAX_SHORT_RUNS else MAX_REPEATED_SHORT
        before = len(seen)
        seen.update(parts)
        if len(parts) <= MAX_RUNS_ALWAYS_FRESH or len(parts) - (len(seen) - before) <= share * len(parts):
            fresh.append(index)
    quotes = pull_quotes(region, fresh)
    return [index for index in fresh if index not in quotes]


def pull_quotes(region: ArticleRegion, kept: list[int]) -> set[int]:
    """The indexes of pull quotes, short blocks whose words stand in a row in another block.

    An example is "We had to leave the town" above "“We had to leave the town,” she said."
    """
    if sum(len(region.blocks[index].text) for index in kept) > 4 * MAX_TEXT_COMPARED:  # words alone are too many too
        return set()
    words = {index: f" {region.texts.folded(region.blocks[index].text)} " for index in kept}
    whole = "|".join(words.values())
    if len(whole) > MAX_TEXT_COMPARED:
        return set()
    return {
        index
        for index, text in words.items()
        if region.blocks[index].kind in {"paragraph", "quote"}
        and MIN_QUOTE_WORDS < text.count(" ") <= MAX_QUOTE_WORDS
        and whole.find(text, whole.find(text) + len(text)) >= 0
    }


def drop_side_columns(region: ArticleRegion, kept: list[int]) -> list[int]:
    """The blocks without those in cells beside the cell of nearly all prose, as "Lucky draw" in a table of two columns.

    Of the blocks that it drops on 269 pages of 2008, two were article and 233 were not. Pages without tables do not
    change.
    """
    cells = {index: cells_around(region.blocks[index].element) for index in kept}
    prose: Counter[_Element] = Counter()
    for index, around in cells.items():
        for cell in around:
            prose[cell] += region.blocks[index].prose
    least = MIN_MAIN_COLUMN * sum(region.blocks[index].prose for index in kept)
    main = {cell.getparent(): cell for cell, weight in prose.items() if weight > least}
    return [index for index in kept if all(main.get(cell.getparent(), cell) is cell for cell in cells[index])]


def cells_around(element: _Element) -> list[_Element]:
    """The cells of tables that an element stands in, or is itself, from the inside out."""
    around = list(element.iterancestors("td", "th"))
    return [element, *around] if element.tag in {"td", "th"} else around


def drop_empty_headings(region: ArticleRegion, kept: list[int]) -> list[int]:
    """The blocks without headings that have nothing below them: at the end, and where their paragraphs were dropped.

    Some pages mark their paragraphs as headings; those stay.
    """
    tidy: list[int] = []
    following = len(region.blocks)
    for index in reversed(kept):
        block = region.blocks[index]
        bare = following == len(region.blocks) or (
            region.blocks[following].kind == "heading" and region.blocks[following].level <= block.level
        )
        if block.kind == "heading" and bare and following > index + 1 and not reads_like_paragraph(block.text):
            continue
        tidy.append(index)
        following = index
    return tidy[::-1]


def reads_like_paragraph(text: str) -> bool:
    """Whether a heading is as long as a paragraph and ends as a sentence does."""
    return len(text) >= MIN_PROSE and ends_sentence(text)
