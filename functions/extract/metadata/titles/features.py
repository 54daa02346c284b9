"""What tells a headline from the other texts of a page, as named features of each candidate."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import unquote

from lxml.etree import _Element

from functions.extract.lexicon import load_words
from functions.extract.metadata.titles.candidates import (
    SEPARATOR,
    TitleCandidate,
    class_words,
    declared_titles,
    folded_title,
    shown_titles,
    title_candidates,
)
from functions.extract.page.block_roles import CAPTION, FURNITURE, HIDDEN, NOISE
from functions.extract.page.blocks import Block
from functions.extract.page.declarations import Declared

# The bounds below part a figure into classes, each a feature of its own; the weights say what each class is worth.
SHARES = (0.25, 0.5, 0.75, 0.999)  # share of words that two texts have in common
LENGTHS = (8, 16, 25, 40, 60, 90, 130)  # characters
DISTANCES = (2, 5, 10, 20, 40)  # blocks between a candidate and the first prose
MAX_WORDS = 4  # words of a candidate that are told apart; more are all "4"
MAX_LIKES = 3  # headings of one look that are told apart, likewise
MAX_ORDER = 2  # headings of one level above a candidate that are told apart, likewise
NO_LEVEL = 9  # the level of a line that is no heading
MIN_WORD = 3  # letters of a word that two texts must share to speak of one thing
MIN_SHOUTED = 7  # characters of a text in capitals that are no abbreviation
MIN_LINKED = 0.6  # share of a block's characters in links that makes it a link
WIDE_SCOPE = 0.4  # share of the page's prose inside an element whose class then says nothing of its parts

WORDS = re.compile(r"[^\W_]+")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]{2,}")
CUT_OFF = re.compile(r"(?:…|\.\.\.)\s*$")
ADDRESS_START = re.compile(r"^(?:https?://[^/]*)?/?|[?#].*$")
ADDRESS_ENDS = re.compile(r"^https?://[^/]*|\.\w{2,5}$")
ARTICLE_CLASSES = frozenset({"entry", "article", "post", "story", "main", "content", "page", "news"})
SITE_CLASSES = frozenset({"site", "logo", "brand", "header", "blog"})
OTHER_CLASSES = frozenset(
    {"sub", "subtitle", "kicker", "section", "category", "widget", "related", "comment", "comments"}
)
DECLARATIONS = frozenset(
    {"json-ld", "json-ld name", "meta og:title", "meta twitter:title", "meta title", "title element"}
)
KINDS = {
    **dict.fromkeys(("h1", "itemprop"), "h1"),
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "h2"),
    **dict.fromkeys(("json-ld", "json-ld name", "json-ld alternative"), "ld"),
    **dict.fromkeys(("meta og:title", "meta twitter:title", "meta title"), "og"),
    "title element": "title",
    "named": "named",
    "h1 part": "h1 part",
}
MARKS = (("noise", NOISE), ("furniture", FURNITURE), ("caption", CAPTION), ("hidden", HIDDEN))


@dataclass
class TitlePage:
    """What is known of a page before one of its candidates is looked at. `sites` are the site's names, folded."""

    declared: Declared
    blocks: list[Block]
    sites: frozenset[str]

    @cached_property
    def candidates(self) -> list[TitleCandidate]:
        """The texts that may be the headline."""
        shown = shown_titles(self.declared, self.blocks, self.prose_start)
        return title_candidates((*shown, *declared_titles(self.declared)), self.sites)

    @cached_property
    def prose_start(self) -> int:
        """Index of the first block in the element that holds the most prose; past the end for a page without."""
        weights: Counter[_Element | None] = Counter()
        first: dict[_Element | None, int] = {}
        for index, block in enumerate(self.blocks):
            if block.prose and not self.marks_of(block) & (CAPTION | HIDDEN):
                parent = block.element.getparent()
                weights[parent] += block.prose
                first.setdefault(parent, index)
        return first[max(weights, key=weights.__getitem__)] if weights else len(self.blocks)

    @cached_property
    def total_prose(self) -> int:
        """Characters of prose on the page, at least one."""
        return sum(block.prose for block in self.blocks) or 1

    def marks_of(self, block: Block) -> int:
        """What the elements around a block say that it is, without those that hold much of the page's prose."""
        scope, marks = block.scope, 0
        while scope is not None:
            if scope.prose < WIDE_SCOPE * self.total_prose:
                marks |= scope.mark
            scope = scope.parent
        return marks

    @cached_property
    def declared_words(self) -> list[tuple[str, frozenset[str]]]:
        """The words of the headline as JSON-LD, og:title and the title element have it."""
        texts = (
            ("ld", self.declared.json_ld.text(self.declared.article.get("headline"))),
            ("og", self.declared.first("og:title")),
            ("title", self.declared.title),
        )
        return [(name, words_of(text)) for name, text in texts if text]

    @cached_property
    def address_words(self) -> frozenset[str]:
        """The words of the path in the page's address."""
        path = ADDRESS_ENDS.sub("", unquote(self.declared.address))
        return words_of(path.replace("-", " ").replace("_", " "))

    @cached_property
    def heading_orders(self) -> dict[int, int]:
        """For each heading's index, how many headings of its level stand above it."""
        seen: Counter[int] = Counter()
        orders: dict[int, int] = {}
        for index, block in enumerate(self.blocks):
            if block.kind == "heading":
                orders[index] = seen[block.level]
                seen[block.level] += 1
        return orders

    @cached_property
    def heading_levels(self) -> Counter[int]:
        """How many headings of each level the page has."""
        return Counter(block.level for block in self.blocks if block.kind == "heading")

    @cached_property
    def heading_looks(self) -> Counter[tuple[str, str]]:
        """How many headings have the same tag and class: those of a list of other articles do."""
        return Counter(look_of(block.element) for block in self.blocks if block.kind == "heading")

    @cached_property
    def last_heading(self) -> int:
        """Index of the last heading above the prose, -1 where there is none."""
        above = (i for i in range(min(self.prose_start, len(self.blocks)) - 1, -1, -1))
        return next((i for i in above if self.blocks[i].kind == "heading"), -1)

    @cached_property
    def main_heading_share(self) -> float:
        """The largest share of its words that an h1 has in common with a declaration."""
        headings = [words_of(candidate.text) for candidate in self.candidates if "h1" in candidate.sources]
        return max((shared(own, words) for own in headings for _, words in self.declared_words), default=0.0)

    @cached_property
    def shown_keys(self) -> Counter[str]:
        """The folded texts that the page shows as titles."""
        return Counter(candidate.key for candidate in self.candidates if candidate.index is not None)


def title_features(candidate: TitleCandidate, page: TitlePage) -> Iterator[str]:
    """The names of the features that the candidate has."""
    yield from source_features(candidate)
    yield from word_features(candidate, page)
    yield from spelling_features(candidate, page)
    if candidate.index is None:
        share = share_class(page.main_heading_share)
        yield f"only declared, {min(page.heading_levels[1], MAX_ORDER)} h1, best share of an h1 {share}"
    else:
        yield from place_features(candidate.index, page)
        yield from class_features(candidate, page)


def source_features(candidate: TitleCandidate) -> Iterator[str]:
    """Where the text stands: each source, their kinds together, and how many declarations have it whole."""
    yield from (f"source {source}" for source in candidate.sources)
    yield "kinds " + "+".join(sorted({KINDS.get(source, "part") for source in candidate.sources}))
    yield f"declared {sum(source in DECLARATIONS for source in candidate.sources)}"


def word_features(candidate: TitleCandidate, page: TitlePage) -> Iterator[str]:
    """How far its words are those of the declarations and of the page's address."""
    own = words_of(candidate.text)
    state = "declared" if candidate.index is None else "shown"
    yield f"words {min(len(own), MAX_WORDS)}"
    best = 0.0
    for name, words in page.declared_words:
        share = shared(own, words)
        best = max(best, share)
        yield f"share of {name} {share_class(share)}"
        yield f"holds {name} {share_class(shared(words, own))}"
        yield f"{state} share of {name} {share_class(share)}"
    yield f"best share {share_class(best)} {state}"
    if page.address_words:
        yield f"share of address {share_class(shared(own, page.address_words))}"


def spelling_features(candidate: TitleCandidate, page: TitlePage) -> Iterator[str]:
    """Length, parts, capitals, and whether the text or a part of it is the site's name."""
    yield f"length {bisect_right(LENGTHS, len(candidate.text))}"
    if candidate.key in page.sites:
        yield "is site"
    if candidate.key in folded_front_pages():
        yield "is front page"
    if CUT_OFF.search(candidate.text):
        yield "cut off"
    if len(candidate.text) >= MIN_SHOUTED and candidate.text.isupper():
        yield "in capitals"
    cuts = [match.span() for match in SEPARATOR.finditer(candidate.text)]
    if not cuts:
        yield "one part"
        return
    yield f"parts {min(len(cuts), MAX_LIKES)}"
    yield f"separator {candidate.text[slice(*cuts[-1])].strip()[:1]}"
    ends = {folded_title(candidate.text[: cuts[0][0]]), folded_title(candidate.text[cuts[-1][1] :])}
    if ends & page.sites:
        yield "site at an end"
    if any(end in page.shown_keys for end in ends):
        yield "end is shown"


def place_features(index: int, page: TitlePage) -> Iterator[str]:
    """Where the text is shown: how far from the prose, in which order among the headings, inside what."""
    block = page.blocks[index]
    marks = page.marks_of(block)
    yield from (f"in {name}" for name, bit in MARKS if marks & bit)
    distance = page.prose_start - index
    side = "above" if distance > 0 else "below"
    level = block.level if block.kind == "heading" else NO_LEVEL
    yield f"{side} {bisect_right(DISTANCES, abs(distance))}"
    yield f"{side} level {level}"
    if index == page.last_heading:
        yield "last heading above"
        yield f"last heading above level {level}"
    if block.linked > len(block.text) * MIN_LINKED:
        target = link_target(block, page.declared.address)
        yield f"link to {target}"
        yield f"link to {target} level {level}"
    if block.kind == "heading":
        order = f"order {min(page.heading_orders[index], MAX_ORDER)} of {min(page.heading_levels[level], MAX_LIKES)}"
        yield f"level {level} {order}"
        if not any(page.heading_levels[higher] for higher in range(1, level)):
            yield f"highest level {order}"


def class_features(candidate: TitleCandidate, page: TitlePage) -> Iterator[str]:
    """What the class of its element says, and how many headings look alike."""
    if candidate.element is None:
        return
    yield f"alike {min(page.heading_looks[look_of(candidate.element)], MAX_LIKES)}"
    words = class_words(candidate.element)
    if words & load_words("html/title_names"):
        yield "class title"
        if words & ARTICLE_CLASSES:
            yield "class article title"
    if words & SITE_CLASSES:
        yield "class site"
    parent = candidate.element.getparent()
    if parent is not None and class_words(parent) & SITE_CLASSES:
        yield "parent's class site"
    if words & OTHER_CLASSES:
        yield "class other"


def link_target(block: Block, address: str) -> str:
    """Where the block's link leads: to the front page, to the page itself, or elsewhere."""
    href = (block.links[0].get("href") or "").strip() if block.links else ""
    path = ADDRESS_START.sub("", href).rstrip("/")
    if path in {"", "index.html", "index.php"}:
        return "front page"
    return "itself" if ADDRESS_START.sub("", address).rstrip("/") == path else "elsewhere"


def words_of(text: str) -> frozenset[str]:
    """Words of three letters and more; pairs of letters in scripts without spaces."""
    words = {word for word in WORDS.findall(text.casefold()) if len(word) >= MIN_WORD}
    pairs = {run[at : at + 2] for run in UNSPACED.findall(text) for at in range(len(run) - 1)}
    return frozenset(words | pairs)


def shared(own: frozenset[str], other: frozenset[str]) -> float:
    """The share of the first words that are among the other, 0 where there are none."""
    return len(own & other) / len(own) if own else 0.0


def share_class(share: float) -> int:
    """The class of a share, from 0 for next to nothing to 4 for all."""
    return bisect_right(SHARES, share)


def look_of(element: _Element) -> tuple[str, str]:
    """What elements that look alike share: tag and class."""
    return str(element.tag), element.get("class") or ""


@cache
def folded_front_pages() -> frozenset[str]:
    """What front pages are called, folded as titles are."""
    return frozenset(map(folded_title, load_words("html/front_page_names")))
