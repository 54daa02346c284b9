"""What the block model knows of a block: its text, its place in the article's region, what trafilatura read of it."""

import math
import re
from collections import Counter
from dataclasses import dataclass, field

from lxml.etree import _Element

from functions.extract.body.article_region import ArticleRegion
from functions.extract.body.prose_weight import mass_by_element
from functions.extract.body.rules import ends_sentence, is_closing_line
from functions.extract.page.block_roles import ASIDE
from functions.extract.page.blocks import Block
from functions.extract.page.lxml_queries import Family, family

KIND_NUMBERS = {"paragraph": 0, "heading": 1, "item": 2, "quote": 3, "cell": 4, "code": 5}
MIN_SHARE_READ = 0.3  # of a block's word runs in the reading: below it, a label outside the region is no candidate
MAX_BLOCKS_BELOW = 2  # labels so far below the last paragraph are still candidates (by judgement)
MAX_LINKED_LABEL = 0.9  # share of a label's letters in links; above it, it leads to another story
MAX_DISTANCE = 20  # blocks; farther ones say no more
MAX_STEPS = 12  # parents climbed to reach the main container
MAX_FOLDED = 10_000  # characters of a block that are compared with titles and the description: a bound on memory
SAMPLE = 200  # letters of a block that capitals are counted in
LEAD_SAMPLE = 80  # folded letters of the description that a standfirst opens with

CAPITALS = re.compile(r"[A-Z]")

FEATURES = (
    "parent_weight", "kept_by_rules", "read_beside", "prose_read", "position", "kind", "parent_prose", "text_read",
    "siblings", "from_last", "from_first", "sentence", "closing", "words", "in_article", "linked_before", "read_before",
    "read_after", "capitals", "read", "outer_aside", "linked", "grandparent_prose", "family", "steps", "in_main",
    "title",
    "linked_after", "linked_beside", "level", "length", "described",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParentFigures:
    """What all blocks in one element have in common: its own figures for the model, and its steps to the main part."""

    weight: float
    read: float
    prose: float
    siblings: float
    linked: float
    grandparent_prose: float
    steps: int
    article: _Element | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Sums over a page's blocks, made once a page: by parent element, by family, over all."""

    prose: Counter[_Element]
    all_prose: int
    text: Counter[_Element | None]
    linked: Counter[_Element | None]
    read: Counter[_Element | None]
    siblings: Counter[_Element | None]
    families: Counter[Family]
    family_prose: int
    positions: list[float]
    prose_read: float
    text_read: float
    around_main: frozenset[_Element]
    parents: dict[_Element | None, ParentFigures] = field(default_factory=dict)


def measure_surroundings(region: ArticleRegion) -> Surroundings:
    """The sums that the features of single blocks are shares of."""
    blocks = region.blocks
    text: Counter[_Element | None] = Counter()
    linked: Counter[_Element | None] = Counter()
    read: Counter[_Element | None] = Counter()
    siblings: Counter[_Element | None] = Counter()
    families: Counter[Family] = Counter()
    positions: list[float] = []
    passed = 0
    for block, found, mark in zip(blocks, region.found, region.marks, strict=True):
        parent = block.element.getparent()
        text[parent] += len(block.text)
        linked[parent] += block.linked
        siblings[parent] += 1
        positions.append(passed)
        if found:
            read[parent] += len(block.text)
            if block.prose and not mark & ASIDE:
                families[family(block.element)] += block.prose
                passed += block.prose
    all_prose = sum(block.prose for block in blocks)
    found_prose = sum(block.prose for block, found in zip(blocks, region.found, strict=True) if found)
    main = region.main
    return Surroundings(
        prose=mass_by_element(blocks, [block.prose for block in blocks]) if all_prose else Counter(),
        all_prose=all_prose or 1,
        text=text,
        linked=linked,
        read=read,
        siblings=siblings,
        families=families,
        family_prose=families.total() or 1,
        positions=[position / (passed or 1) for position in positions],
        prose_read=found_prose / (all_prose or 1),
        text_read=read.total() / (text.total() or 1),
        around_main=frozenset([main, *main.iterancestors()]),
    )


def figures_of_parent(region: ArticleRegion, around: Surroundings, parent: _Element | None) -> ParentFigures:
    """The figures of a parent, measured for its first block and kept for the others."""
    known = around.parents.get(parent)
    if known is not None:
        return known
    grandparent = parent.getparent() if parent is not None else None
    figures = around.parents[parent] = ParentFigures(
        weight=region.parents[parent] / region.weight if parent is not None else 0.0,
        read=around.read[parent] / around.text[parent],
        prose=around.prose[parent] / around.all_prose if parent is not None else 0.0,
        siblings=math.log2(around.siblings[parent]),
        linked=around.linked[parent] / around.text[parent],
        grandparent_prose=around.prose[grandparent] / around.all_prose if grandparent is not None else 0.0,
        steps=steps_to_main(parent, around.around_main),
        article=region.articles.around(parent),
    )
    return figures


def is_candidate(region: ArticleRegion, index: int) -> bool:
    """Whether a block may be article at all: prose, what was read, and labels inside the region.

    The rest is not weighed.
    """
    block = region.blocks[index]
    if block.prose or region.shares[index] > MIN_SHARE_READ:
        return True
    if block.is_aside:
        return False
    inside = region.start <= index <= region.last + MAX_BLOCKS_BELOW
    return inside and block.linked < MAX_LINKED_LABEL * len(block.text)


def block_features(
    region: ArticleRegion, around: Surroundings, index: int, *, kept: bool, described: str
) -> list[float]:
    """One number for each of `FEATURES`.

    `kept` is what the rules say, `described` the folded start of the page's description.
    """
    block, parent = region.blocks[index], region.blocks[index].element.getparent()
    figures = figures_of_parent(region, around, parent)
    before = region.blocks[index - 1] if index else None
    after = region.blocks[index + 1] if index + 1 < len(region.blocks) else None
    words = region.texts.folded(block.text[:MAX_FOLDED])
    length = len(block.text)
    sample = block.text[:SAMPLE]
    return [
        figures.weight,
        kept,
        figures.read,
        around.prose_read,
        around.positions[index],
        KIND_NUMBERS[block.kind],
        figures.prose,
        around.text_read,
        figures.siblings,
        max(-MAX_DISTANCE, min(MAX_DISTANCE, region.last - index)),
        max(-MAX_DISTANCE, min(MAX_DISTANCE, index - region.first)),
        ends_sentence(block.text),
        is_closing_line(region, index),
        block.text.count(" ") + 1,
        (block.element if block.element.tag == "article" else figures.article) is region.article,
        linked_share(before),
        region.shares[index - 1] if before else -1.0,
        region.shares[index + 1] if after else -1.0,
        (len(CAPITALS.findall(sample)) if sample.isascii() else sum(map(str.isupper, sample))) / len(sample),
        region.shares[index],
        bool(region.outer[index] & ASIDE),
        linked_share(block),
        figures.grandparent_prose,
        around.families[family(block.element)] / around.family_prose,
        0 if block.element in around.around_main else min(MAX_STEPS, figures.steps + 1),
        region.home[index],
        words in region.titles,
        linked_share(after),
        figures.linked,
        block.level if block.kind == "heading" else 0,
        math.log2(length + 1),
        bool(described) and words[:LEAD_SAMPLE] == described,
    ]


def linked_share(block: Block | None) -> float:
    """Share of a block's letters that stand in links, 0 where there is no block."""
    return min(1.0, block.linked / len(block.text)) if block else 0.0


def steps_to_main(element: _Element | None, around_main: frozenset[_Element]) -> int:
    """How many parents up the element meets the main container or one around it."""
    near: _Element | None = element
    steps = 0
    while near is not None and near not in around_main and steps < MAX_STEPS:
        near = near.getparent()
        steps += 1
    return steps
