"""Where a page's article stands, as an `ArticleRegion`.

The evidence is what trafilatura read or, where that is no help, which element holds most of the page's prose.
"""

from collections import Counter
from dataclasses import dataclass, field

from lxml.etree import _Element

from functions.extract.body.galleries import find_gallery_slides
from functions.extract.body.marks import can_trust_marks, effective_marks
from functions.extract.body.prose_weight import blocks_inside, choose_by_prose_weight
from functions.extract.body.reading import MIN_SHARE_FOUND, is_mostly_links, measure_shares_read
from functions.extract.body.shingles import ComparedTexts
from functions.extract.page.block_roles import ASIDE, BYLINE, CAPTION, FURNITURE, HIDDEN, LEAD, NOISE, NOT_BODY
from functions.extract.page.blocks import Block, Scope
from functions.extract.page.lxml_queries import Nearest
from functions.extract.text import folded

MAX_TIMES_PROSE = 3  # found text to its prose: above it, lists or tables are the article (by judgement, not measured)
MIN_READ = 0.5  # of the page's prose: below it a thorough reading pays, on 5 % of the development pages (0017)
MAX_NOTICE = 400  # characters of a reading that may be a notice (by judgement, not measured)
MIN_TIMES_NOTICE = 5  # the page's own prose to such a reading (by judgement, not measured)


@dataclass(slots=True)
class ArticleRegion:
    """The blocks of a page and, by the same index, what is known of each; and the place of the article among them.

    `marks` has the roles of a block and of all elements around it, `outer` the roles of the elements around it alone.
    `shares` has the share, 0 to 1, of a block's word runs that stand in trafilatura's reading.
    `found` says whether a block is taken for article before any rule is asked.
    `home` says whether a block stands in `main`, the element that holds most of the article.
    `first` and `last` are the indexes of the first and the last block of found prose.
    `start` is the index at which the main container begins below the headline.
    `parents` has the characters of found prose by parent element, `weight` their sum.
    `marks_are_trusted` says that most of the prose stands outside marked elements, so that marks can be trusted.
    `slides` has the elements of a gallery, one per picture.
    `texts` and `closing_lines` keep what several rules ask of a block, so that it is found once.
    """

    blocks: list[Block]
    marks: list[int]
    outer: list[int]
    found: list[bool]
    shares: list[float]
    titles: frozenset[str]
    first: int
    last: int
    start: int
    main: _Element
    home: list[bool]
    parents: Counter[_Element]
    weight: int
    article: _Element | None
    articles: Nearest
    marks_are_trusted: bool
    slides: frozenset[_Element]
    texts: ComparedTexts = field(default_factory=ComparedTexts)
    closing_lines: dict[int, bool] = field(default_factory=dict)


def find_article_region(
    blocks: list[Block], scopes: list[Scope], trafilatura_text: str, titles: frozenset[str]
) -> ArticleRegion | None:
    """The region of the article, None where nothing on the page reads like text.

    Blocks whose text stands in what trafilatura read are found. Where that is empty, or mostly links, the page's own
    weight of prose decides.
    """
    marks, outer = effective_marks(blocks, scopes)
    texts = ComparedTexts()
    shares = measure_shares_read(blocks, trafilatura_text, texts) if trafilatura_text else [0.0] * len(blocks)
    found = [share > MIN_SHARE_FOUND for share in shares]
    if not any(found) or is_mostly_links(blocks, found):
        found = choose_by_prose_weight(blocks, marks)
    if not any(found):
        return None
    region = build_article_region(blocks, marks, outer, found, shares, titles)
    region.texts = texts
    return region


def is_doubtful_reading(region: ArticleRegion, reading: str) -> bool:
    """Whether trafilatura read less than half of the page's prose, without the prose in elements marked as no text."""
    if not reading:
        return True
    shown = read = 0
    for block, mark, share in zip(region.blocks, region.marks, region.shares, strict=True):
        if block.prose and not mark & ASIDE:
            shown += block.prose
            read += block.prose * (share > MIN_SHARE_FOUND)
    return read < MIN_READ * shown


def misses_article(reading: str, own: ArticleRegion) -> bool:
    """Whether a reading is a few lines only, although the page holds much more prose.

    An example is the notice about cookies above a report.
    """
    prose = sum(block.prose for block, found in zip(own.blocks, own.found, strict=True) if found)
    return len(reading) < MAX_NOTICE and prose > MIN_TIMES_NOTICE * len(reading)


def build_article_region(
    blocks: list[Block],
    marks: list[int],
    outer: list[int],
    found: list[bool],
    shares: list[float],
    titles: frozenset[str],
) -> ArticleRegion:
    """The region of blocks of which at least one is found."""
    title_at = next(
        (
            i
            for i, block in enumerate(blocks)
            if block.kind == "heading" and (block.level == 1 or folded(block.text) in titles)
        ),
        -1,
    )
    anchors = find_anchors(blocks, marks, found, title_at)
    parents: Counter[_Element] = Counter()
    for index in anchors:
        parent = blocks[index].element.getparent()
        parents[blocks[index].element if parent is None else parent] += blocks[index].prose or 1
    main = max(parents, key=parents.__getitem__)
    home = blocks_inside(blocks, main)
    first = anchors[0]
    articles = Nearest("article")
    return ArticleRegion(
        blocks=blocks,
        marks=marks,
        outer=outer,
        found=found,
        shares=shares,
        titles=titles,
        first=first,
        last=anchors[-1],
        start=next((i for i in range(title_at + 1, len(blocks)) if home[i]), first),
        main=main,
        home=home,
        parents=parents,
        weight=parents.total(),
        article=articles.around(main),
        articles=articles,
        marks_are_trusted=can_trust_marks(blocks, marks, found),
        slides=find_gallery_slides(blocks, marks, found, first),
    )


def find_anchors(blocks: list[Block], marks: list[int], found: list[bool], title_at: int) -> list[int]:
    """The indexes of the blocks that show where the article stands.

    These are the blocks of found prose, without furniture above the headline. Where prose is a small part of what was
    found, as in lists and tables, they are all found blocks except labels and headings.
    """
    shown = [i for i, block in enumerate(blocks) if found[i] and block.prose and not marks[i] & (CAPTION | HIDDEN)]
    prose = [
        i for i in shown if not marks[i] & (LEAD | BYLINE) and not (i < title_at and marks[i] & (NOISE | FURNITURE))
    ] or shown
    other = [i for i, block in enumerate(blocks) if found[i] and block.kind != "heading" and not marks[i] & NOT_BODY]
    if sum(blocks[i].prose for i in prose) * MAX_TIMES_PROSE >= sum(len(blocks[i].text) for i in other) or not other:
        return prose or other or [i for i, yes in enumerate(found) if yes]
    return other
