"""Where a page's article stands, as an `ArticleRegion`.

The evidence is what trafilatura read or, where that is no help, which element holds most of the page's prose.
"""

from collections import Counter
from dataclasses import dataclass, field

from lxml.etree import _Element

from functions.extract.body.shingles import ComparedTexts, is_short
from functions.extract.page.block_roles import ASIDE, BYLINE, CAPTION, FURNITURE, HIDDEN, LEAD, NOISE, NONE, NOT_BODY
from functions.extract.page.blocks import Block, Scope
from functions.extract.page.lxml_queries import Nearest
from functions.extract.text import folded

# Shares of a page's prose, each by judgement, not measured.
MAX_MARKED_PROSE = 0.4  # an element named for furniture that holds more is the article's own
MIN_MAIN_PROSE = 0.85  # the innermost element with so much of the prose is the main container
MIN_HOME_PROSE = 0.97  # the same where the whole page's prose is meant
MIN_UNMARKED_PROSE = 0.7  # with so much of the found prose outside marked elements, the marks can be trusted
MIN_FAMILY_PROSE = 0.2  # an element with a larger share of the text has the looks of the article's own
# Shares of text that stands in trafilatura's reading or in links.
MIN_SHARE_FOUND = 0.6  # of a block's word runs in the reading: the block is found (by judgement, not measured)
MAX_LINKED_READING = 0.4  # of the found characters in links: a reading with more is a list (by judgement, not measured)
MIN_READ = 0.5  # of the page's prose: below it a thorough reading pays, on 5 % of the development pages (0017)
MAX_NOTICE = 400  # characters of a reading that may be a notice (by judgement, not measured)
MIN_TIMES_NOTICE = 5  # the page's own prose to such a reading (by judgement, not measured)
MAX_CAPTION = 600  # characters of prose in an element named as caption (by judgement, not measured)
MAX_TIMES_PROSE = 3  # found text to its prose: above it, lists or tables are the article (by judgement, not measured)
# A gallery, by judgement: decision 0015 has what the rule does, not what other bounds do.
MIN_SLIDES = 3  # elements that look alike, each with a picture and prose
MAX_STEPS_TO_PICTURE = 2  # parents from a line up to the element that also holds its picture
MIN_SLIDES_TO_TEXT = 0.8  # prose beside the pictures to the rest of the text
TAGS_OF_NO_SLIDE = frozenset({"body", "html", "main", "article"})
TEXT_UNITS = frozenset({"p", "li", "blockquote", "tr", "td", "ul"})

Family = tuple[str, str]


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
    `families` has the looks of the elements that hold much of the article.
    `marks_are_trusted` says that most of the prose stands outside marked elements, so that marks can be trusted.
    `mostly_lost` says that trafilatura left out much of the main container, so that it cannot be trusted.
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
    families: frozenset[Family]
    article: _Element | None
    articles: Nearest
    lists: Nearest
    mostly_lost: bool
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


def prose_home(blocks: list[Block]) -> _Element | None:
    """The innermost element that holds nearly all of the page's prose; None for a page without."""
    prose = [block.prose for block in blocks]
    return innermost_holder(blocks, prose, MIN_HOME_PROSE) if any(prose) else None


def effective_marks(blocks: list[Block], scopes: list[Scope]) -> tuple[list[int], list[int]]:
    """The marks of each block, and the marks of what is around it.

    A marked element that holds much of the page's prose is the article's own, so its mark does not count.
    """
    total = sum(block.prose for block in blocks) or 1
    void = {id(scope) for scope in scopes if scope.prose >= MAX_MARKED_PROSE * total or is_too_long_for_caption(scope)}
    known: dict[int, int] = {}
    for scope in scopes:
        around = known[id(scope.parent)] if scope.parent else NONE
        known[id(scope)] = around if id(scope) in void else around | scope.mark
    marks = [known[id(block.scope)] if block.scope else NONE for block in blocks]
    outer = []
    for block, mark in zip(blocks, marks, strict=True):
        own = block.scope is not None and block.scope.element is block.element
        parent = block.scope.parent if own and block.scope else None
        outer.append((known[id(parent)] if parent else NONE) if own else mark)
    return marks, outer


def is_too_long_for_caption(scope: Scope) -> bool:
    """Whether an element is marked as caption by its name alone, and holds more prose than a caption does."""
    return scope.mark == CAPTION and scope.prose > MAX_CAPTION and scope.element.tag not in {"figure", "figcaption"}


def measure_shares_read(blocks: list[Block], trafilatura_text: str, texts: ComparedTexts) -> list[float]:
    """The share, 0 to 1, of each block's word runs that stands in what trafilatura read, which has no asides.

    A block that is too short for one run gets 1 where it is a line of the reading, else 0.
    """
    read = [line.removeprefix("- ") for line in trafilatura_text.split("\n")]
    whole = set(read)
    if all(block.text in whole for block in blocks):  # as on a page of one huge paragraph, whose runs would fill memory
        return [1.0] * len(blocks)
    known = texts.shingles_of_lines(read)
    lines = {texts.folded(line) for line in read}
    shares = []
    for block in blocks:
        if block.is_aside:
            shares.append(0.0)
            continue
        if block.text in whole:
            shares.append(1.0)
            continue
        parts = texts.shingles(block.text)
        if is_short(parts):
            shares.append(float(texts.folded(block.text) in lines))
        else:
            shares.append(sum(map(known.__contains__, parts)) / len(parts))
    return shares


def is_mostly_links(blocks: list[Block], found: list[bool]) -> bool:
    """Whether so much of the found text is links that trafilatura read lists of other stories."""
    text = sum(len(block.text) for block, yes in zip(blocks, found, strict=True) if yes)
    linked = sum(block.linked for block, yes in zip(blocks, found, strict=True) if yes)
    return linked > MAX_LINKED_READING * text


def choose_by_prose_weight(blocks: list[Block], marks: list[int]) -> list[bool]:
    """Whether each block is article by the page's prose alone.

    The blocks chosen stand in the innermost element that holds most of the page's prose, in no element that is marked
    as something else, and are not made of links.
    """
    prose = [block.prose if not mark & NOT_BODY else 0 for block, mark in zip(blocks, marks, strict=True)]
    if not any(prose):  # where all prose stands in marked elements, marks tell nothing
        marks = [mark & HIDDEN for mark in marks]
        prose = [block.prose if not mark else 0 for block, mark in zip(blocks, marks, strict=True)]
    if not any(prose):
        return [False] * len(blocks)
    home = blocks_inside(blocks, innermost_holder(blocks, prose))
    return [
        inside and not mark & ASIDE and block.linked < len(block.text) / 2
        for inside, block, mark in zip(home, blocks, marks, strict=True)
    ]


def innermost_holder(blocks: list[Block], weights: list[int], share: float = MIN_MAIN_PROSE) -> _Element:
    """The innermost element that still holds that share, 0 to 1, of the blocks' weights."""
    mass = mass_by_element(blocks, weights)
    heaviest = next(iter(mass)).getroottree().getroot()
    while True:
        inner = next((child for child in heaviest if mass[child] >= share * mass[heaviest]), None)
        if inner is None or inner.tag in TEXT_UNITS:
            return heaviest
        heaviest = inner


def mass_by_element(blocks: list[Block], weights: list[int]) -> Counter[_Element]:
    """The sum of the weights of the blocks in each element.

    Each element is visited once, however deep the blocks stand and however many there are.
    """
    mass: Counter[_Element] = Counter()
    climbs: list[list[_Element]] = []
    for block, weight in zip(blocks, weights, strict=True):
        element: _Element | None = block.element if weight else None
        climb: list[_Element] = []
        while element is not None and element not in mass:
            mass[element] = 0
            climb.append(element)
            element = element.getparent()
        if climb:
            climbs.append(climb)
        if weight:
            mass[block.element] += weight
    for element in (step for climb in reversed(climbs) for step in climb):
        parent = element.getparent()
        if parent is not None:
            mass[parent] += mass[element]
    return mass


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
    most = MIN_FAMILY_PROSE * parents.total()
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
        families=frozenset(
            family(parent) for parent, weight in parents.items() if weight > most and parent.get("class")
        ),
        article=articles.around(main),
        articles=articles,
        lists=Nearest("ul", "ol", "dl"),
        marks_are_trusted=can_trust_marks(blocks, marks, found),
        slides=find_gallery_slides(blocks, marks, found, first),
        mostly_lost=misses_much_of_main(blocks, marks, found, home),
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


def blocks_inside(blocks: list[Block], main: _Element) -> list[bool]:
    """Whether each block stands in an element. Each element around a block is climbed from once."""
    known: dict[_Element | None, bool] = {main: True, None: False}
    inside = []
    for block in blocks:
        around: _Element | None = block.element
        climbed = []
        while around not in known:
            climbed.append(around)
            around = around.getparent() if around is not None else None
        known.update(dict.fromkeys(climbed, known[around]))
        inside.append(known[around])
    return inside


def misses_much_of_main(blocks: list[Block], marks: list[int], found: list[bool], home: list[bool]) -> bool:
    """Whether trafilatura dropped so much of the main container that it must have misread it."""
    kept = sum(block.prose for i, block in enumerate(blocks) if home[i] and found[i] and not marks[i] & ASIDE)
    lost = sum(
        block.prose for i, block in enumerate(blocks) if home[i] and not found[i] and not marks[i] & (ASIDE | BYLINE)
    )
    return lost > kept / 2


def can_trust_marks(blocks: list[Block], marks: list[int], found: list[bool]) -> bool:
    """Whether most of the found prose stands outside elements that are marked as promotion or furniture."""
    prose = [
        (block.prose, mark & (NOISE | FURNITURE)) for block, mark, yes in zip(blocks, marks, found, strict=True) if yes
    ]
    return sum(size for size, mark in prose if not mark) >= MIN_UNMARKED_PROSE * sum(size for size, _ in prose)


def find_gallery_slides(blocks: list[Block], marks: list[int], found: list[bool], first: int) -> frozenset[_Element]:
    """The elements of a gallery: they look alike, and each holds a picture with prose and no link.

    Three of them make a gallery where together they hold nearly as much prose as the text does.
    """
    said = sum(block.prose for i, block in enumerate(blocks) if found[i] and not marks[i] & ASIDE)
    likes: dict[Family, dict[_Element, int]] = {}
    for i in range(first, len(blocks)):
        lost = blocks[i].prose and (not found[i] or marks[i] & CAPTION) and not marks[i] & (HIDDEN | NOISE | FURNITURE)
        holder = picture_holder_around(blocks[i].element) if lost else None
        if holder is not None:
            likes.setdefault(family(holder), {}).setdefault(holder, blocks[i].prose)
    alike = [
        holders
        for holders in likes.values()
        if len(holders) >= MIN_SLIDES and sum(holders.values()) > said * MIN_SLIDES_TO_TEXT
    ]
    return frozenset(holder for holders in alike for holder in holders)


def picture_holder_around(element: _Element) -> _Element | None:
    """The element around a line, at most two parents up, that holds a picture and no link; None where there is none."""
    around: _Element | None = element
    for _ in range(MAX_STEPS_TO_PICTURE):
        around = around.getparent() if around is not None else None
        if around is None or around.tag in TAGS_OF_NO_SLIDE:
            return None
        if next(around.iter("img", "picture"), None) is not None:
            return None if next(around.iter("a"), None) is not None else around
    return None


def family(element: _Element) -> Family:
    """The tag and the classes of an element: elements of one family look alike."""
    return str(element.tag), element.get("class") or ""
