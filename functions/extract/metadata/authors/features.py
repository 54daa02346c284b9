"""What tells an author from the other names of a page, as named features of each candidate."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice

from lxml.etree import _Element

from functions.extract.body.article_region import ArticleRegion
from functions.extract.lexicon import load_lines, load_words
from functions.extract.metadata.authors.byline_parser import (
    MIN_NAME_WORDS,
    UNCASED_SCRIPT,
    before_date,
    byline_opening,
    byline_stops,
    could_be_name,
    folded_agencies,
    is_eastern_name,
    is_role,
    reads_like_name,
)
from functions.extract.metadata.authors.candidates import AuthorCandidate, AuthorOffer
from functions.extract.metadata.titles.candidates import class_words
from functions.extract.page.block_roles import CAPTION, FURNITURE, HIDDEN, NOISE
from functions.extract.page.declarations import Declared

# The bounds below part a figure into classes, each a feature of its own; the weights say what each class is worth.
NAMES_OF_SOURCE = (1, 2, 3, 5, 9)  # names that one source has
ORDERS = (1, 2, 4, 8)  # names of the same source that stand before
BLOCKS_ABOVE = (2, 4, 8, 15, 30)  # blocks between a name and the first prose below it
BLOCKS_INSIDE = (1, 3)  # blocks of prose above a name
BLOCKS_BELOW = (2, 5, 12)  # blocks between a name and the last prose above it
LIKES = (2, 3, 5)  # elements that look as the name's element does
MAX_KINDS = 5  # kinds of source that are told apart
MAX_WORDS = 6  # words of a name that are told apart
MAX_CLASSES = 200  # characters of a class and id that are searched, a bound on the time
MAX_AROUND = 4  # elements around the name's that are asked for their class
MAX_TEXT = 5_000  # characters of the text that are searched for the name, a bound on the time
MIN_SITE = 4  # letters of a site's name that tell something inside another name
MIN_UPPER = 3  # letters of a last word in capitals that is no suffix such as "II"
MIN_LONG = 30  # characters of a name that is long

OTHER_CLASSES = re.compile(
    r"""
    comment|bio\b|biograph|related|share|social|follow|avatar|image|photo|more|list|disclaimer|card|widget|sidebar
    |footer|nav|teaser|promo|title\b|job|role|position|twitter|email|caption|credit|review|edit|recirc|recommend
    |popular|reply
    """,
    re.IGNORECASE | re.VERBOSE,
)
NAME_CLASSES = frozenset(
    ("author", "authors", "byline", "name", "writer", "contributor", "reporter", "by", "meta", "credit", "link", "info")
)
STRONG_KINDS = ("ld", "ld other", "meta author", "rel", "itemprop", "class", "link", "above line")
RIVALS = (
    ("ld", ("class", "above line", "link")),
    ("meta author", ("class", "above line", "link")),
    ("rel", ("class", "above line", "link")),
    ("itemprop", ("class", "above line", "link")),
)
SHAPE_TESTS: dict[str, Callable[[str], bool]] = {
    "could be no name": lambda name: not could_be_name(name),
    "role": is_role,
    "outlet": lambda name: not load_words("authors/outlet_words").isdisjoint(name.casefold().split()),
    "digit": lambda name: any(map(str.isdigit, name)),
    "small start": lambda name: name[:1].islower(),
    "long": lambda name: len(name) > MIN_LONG,
}
MARKS = (("noise", NOISE), ("furniture", FURNITURE), ("caption", CAPTION), ("hidden", HIDDEN))


@dataclass
class AuthorPage:
    """What is known of a page before one of its candidates is looked at. `sites` are the site's names, folded."""

    declared: Declared
    region: ArticleRegion
    sites: frozenset[str]
    candidates: list[AuthorCandidate]

    @cached_property
    def indexes(self) -> dict[_Element, int]:
        """The first block of each element that has one."""
        return {block.element: index for index, block in reversed(list(enumerate(self.region.blocks)))}

    def index_of(self, element: _Element) -> int | None:
        """The index of the block that an element stands in, or of the first inside it."""
        around: _Element | None = element
        for _ in range(MAX_AROUND):
            if around is None:
                break
            if around in self.indexes:
                return self.indexes[around]
            around = around.getparent()
        return next((self.indexes[inner] for inner in islice(element.iter(), 20) if inner in self.indexes), None)

    @cached_property
    def kinds(self) -> Counter[str]:
        """How many candidates have an offer of each kind."""
        return Counter(kind for candidate in self.candidates for kind in kinds_of(candidate))

    @cached_property
    def keys(self) -> list[str]:
        """The folded names with a blank at each end."""
        return [f" {candidate.key} " for candidate in self.candidates]

    @cached_property
    def looks(self) -> Counter[tuple[str, str]]:
        """How many elements that offer names look alike."""
        found = {
            offer.element: look_of(offer.element)
            for candidate in self.candidates
            for offer in candidate.offers
            if offer.element is not None
        }
        return Counter(found.values())

    @cached_property
    def opening_text(self) -> str:
        """The beginning of the article's text in lower case."""
        blocks = self.region.blocks[self.region.first : self.region.first + 40]
        return " ".join(block.text[:MAX_TEXT] for block in blocks)[:MAX_TEXT].casefold()

    @cached_property
    def closing_text(self) -> str:
        """The end of the article's text and what stands below it, in lower case."""
        last = self.region.last
        blocks = self.region.blocks[max(self.region.first, last - 2) : last + 8]
        return " ".join(block.text[:MAX_TEXT] for block in blocks)[:MAX_TEXT].casefold()


def author_features(candidate: AuthorCandidate, page: AuthorPage) -> Iterator[str]:
    """The names of the features that the candidate has."""
    yield from source_features(candidate, page)
    yield from shape_features(candidate)
    yield from neighbour_features(candidate, page)
    nearest = nearest_offer(candidate, page)
    if nearest is None:
        yield "no place"
    else:
        yield from place_features(*nearest, page)
        yield from class_features(nearest[0], page)
    yield from line_features(candidate)


def source_features(candidate: AuthorCandidate, page: AuthorPage) -> Iterator[str]:
    """Where the name stands, what other names have that it lacks, and how many names stand before it there."""
    kinds = kinds_of(candidate)
    yield from (f"source {source}" for source in {offer.source for offer in candidate.offers})
    yield f"kinds {min(len(kinds), MAX_KINDS)}"
    for kind in STRONG_KINDS:
        if kind in kinds:
            yield f"in {kind}"
            yield f"{kind} of {bisect_right(NAMES_OF_SOURCE, page.kinds[kind])}"
        elif kind in page.kinds:
            yield f"not in {kind}"
    for kind, others in RIVALS:
        if kind in page.kinds and kind not in kinds:
            yield from (f"{other} but not {kind}" for other in others if other in kinds)
    orders: dict[str, int] = {}
    for offer in reversed(candidate.offers):
        orders[kind_of(offer.source)] = offer.order
    yield from (f"{kind} order {bisect_right(ORDERS, order)}" for kind, order in orders.items())


def shape_features(candidate: AuthorCandidate) -> Iterator[str]:
    """How the name is made: words, capitals, script, and whether it is a job, an agency or starts with a first name."""
    name = candidate.name
    words = name.split()
    yield f"words {min(len(words), MAX_WORDS)}"
    yield shape_of(name, words)
    if starts_with_first_name(name):
        yield "first name"
        yield f"first name of {min(len(words), MAX_WORDS)}"
    yield from (feature for feature, test in SHAPE_TESTS.items() if test(name))
    if any(word.casefold().strip(".,") in load_words("authors/role_words") for word in words):
        yield "role word"
    if len(words) > MIN_NAME_WORDS and words[-1].isupper() and len(words[-1]) >= MIN_UPPER and not name.isupper():
        yield "ends in capitals"


def shape_of(name: str, words: list[str]) -> str:
    """The one shape that a name has."""
    if reads_like_name(name):
        return "shape person"
    if is_eastern_name(name):
        return "shape eastern"
    if name.casefold() in folded_agencies():
        return "shape agency"
    if UNCASED_SCRIPT.match(name):
        return "shape uncased"
    if len(words) == 1:
        return "shape one small word" if name.islower() else "shape capitals" if name.isupper() else "shape one word"
    return "shape other"


def neighbour_features(candidate: AuthorCandidate, page: AuthorPage) -> Iterator[str]:
    """What the name has in common with the site, with other candidates, and with the text."""
    padded = f" {candidate.key} "
    letters = candidate.key.replace(" ", "")
    if candidate.key in page.sites:
        yield "is site"
    elif any(len(site) >= MIN_SITE and (f" {site} " in padded or padded in f" {site} ") for site in page.sites):
        yield "holds site"
    elif len(letters) >= MIN_SITE and any(letters in site.replace(" ", "") for site in page.sites):
        yield "in site"
    if any(padded != other and other in padded for other in page.keys):
        yield "holds another"
    if any(padded != other and padded in other for other in page.keys):
        yield "part of another"
    folded = candidate.name.casefold()
    yield "in text" if folded in page.opening_text else "not in text"
    if folded in page.closing_text:
        yield "in end"


def nearest_offer(candidate: AuthorCandidate, page: AuthorPage) -> tuple[AuthorOffer, int] | None:
    """The offer that stands nearest to the first prose, with the index of its block."""
    placed = [
        (offer, index)
        for element, offer in {offer.element: offer for offer in reversed(candidate.offers)}.items()
        if element is not None and (index := page.index_of(element)) is not None
    ]
    return min(placed, key=lambda found: abs(found[1] - page.region.first), default=None)


def place_features(offer: AuthorOffer, index: int, page: AuthorPage) -> Iterator[str]:
    """Whether the name stands above, inside or below the prose, how far, and inside what."""
    region, kind = page.region, kind_of(offer.source)
    if index > region.last:
        side, distance = "below", bisect_right(BLOCKS_BELOW, index - region.last)
    elif index >= region.first:
        side, distance = "inside", bisect_right(BLOCKS_INSIDE, index - region.first)
    else:
        side, distance = "above", bisect_right(BLOCKS_ABOVE, region.first - index)
    yield f"{side} {distance}"
    yield f"{kind} {side}"
    yield f"{kind} {side} {distance}"
    yield from (f"in {name}" for name, bit in MARKS if region.marks[index] & bit)


def class_features(offer: AuthorOffer, page: AuthorPage) -> Iterator[str]:
    """What the classes of the name's element and of those around it say, and how many elements look alike."""
    element = offer.element
    if element is None:
        return
    yield f"alike {bisect_right(LIKES, page.looks[look_of(element)])}"
    yield from (f"class {word}" for word in other_words(element))
    yield from (f"class word {word}" for word in class_words(element) & NAME_CLASSES)
    around = islice(element.iterancestors(), MAX_AROUND)
    yield from {f"around {word}" for holder in around for word in other_words(holder)}


def line_features(candidate: AuthorCandidate) -> Iterator[str]:
    """What else stands in the lines that hold the name: "By" before it, "Photo:" before it, or nothing."""
    lines = {offer.line for offer in candidate.offers if offer.line}
    if any(byline_opening().match(line) for line in lines):
        yield "opened"
    if any((stop := byline_stops().search(line)) and line.find(candidate.name) > stop.start() for line in lines):
        yield "after stop"
    if candidate.name in lines:
        yield "whole line"
    if any(line.startswith(candidate.name) and before_date(line) == candidate.name for line in lines):
        yield "date behind"


def kind_of(source: str) -> str:
    """The kind of a source: lines by where they stand, elements by what names them."""
    if source.startswith("json-ld"):
        return {"json-ld author": "ld"}.get(source, "ld other" if source.startswith("json-ld author") else "ld creator")
    return source.removesuffix(" leaf").removesuffix(" opened").removesuffix(" alone")


def kinds_of(candidate: AuthorCandidate) -> set[str]:
    """The kinds of a candidate's sources."""
    return {kind_of(offer.source) for offer in candidate.offers}


def look_of(element: _Element) -> tuple[str, str]:
    """What elements that look alike share: tag and class or relation."""
    return str(element.tag), element.get("class") or element.get("rel") or ""


def other_words(element: _Element) -> set[str]:
    """The words in an element's class and id that name something else than an author."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:MAX_CLASSES]
    return {word.lower() for word in OTHER_CLASSES.findall(names)} if len(names) > 1 else set()


def starts_with_first_name(name: str) -> bool:
    """Whether the first word of a name, or the first part of it, is a known first name."""
    return name.casefold().split(maxsplit=1)[0].split("-")[0] in first_names()


@cache
def first_names() -> frozenset[str]:
    """First names in lower case."""
    return frozenset(" ".join(load_lines("authors/first_names")).casefold().split())
