"""Every name of a page that may be its author's, with each place that has it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element

from functions.extract.body.article_region import ArticleRegion
from functions.extract.lexicon import load_lines, load_words
from functions.extract.metadata.authors.byline_parser import (
    before_date,
    byline_opening,
    could_be_name,
    folded_name,
    parse_byline,
    parse_declared_name,
)
from functions.extract.page.blocks import Block
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import inline_text
from functions.extract.text import clean

MAX_BYLINE = 160  # characters of an element or line that may be a byline; longer ones are prose (by judgement)
MAX_ALONE = 90  # characters of a line without "By" that is read as names, likewise
MAX_WORDS_ALONE = 12  # words of such a line: three names with jobs (by judgement)
MAX_CLASSES = 200  # characters of a class that are searched, a bound on the time
MAX_ELEMENTS = 25  # elements named for authors that are read, likewise
MAX_LEAVES = 6  # elements inside one of those that are read, likewise
MAX_ABOVE = 15  # blocks above the first prose that are read as lines: headline, standfirst, byline, date
MAX_BELOW = 6  # blocks after the last prose that are read: signatures and labels of authors
MAX_SIGNED_ABOVE = 8  # blocks above the first prose in which a line that ends in a bar signs the article
MAX_TOP = 3  # first blocks of prose that are read: some pages run the byline into the text
MAX_LINES = 3  # lines of one block that are read
MAX_NAMES_OF_LINE = 4  # names of one line; a line with more is a list of tags (by judgement)
MAX_CANDIDATES = 60  # names of one page that are compared, a bound on the time
MIN_OUTLET = 3  # letters of a site's name that is cut off behind a name
MIN_WORDS_LEFT = 2  # words of a name that must be left when the site behind it is cut off

BEFORE_BAR = re.compile(r"\W{0,2}(?P<name>[^\W\d_a-z][^|\d]{1,40}?)\s*[|｜]")
MAX_TEASER = 250  # characters of an element that may point to another article with its writer's name
MAX_TEASER_LINKS = 4  # links of such an element that are read
MIN_HEADLINE = 20  # characters of a link that is a headline, not a section or "Share" (by judgement)
TEASER_TAGS = frozenset({"li"})
LEAF_TAGS = ("a", "span", "strong", "b", "em", "p", "div", "address", "li", "cite", "h3", "h4", "h5", "h6")
JSON_LD_KEYS = ("author", "creator", "contributor", "editor")


class AuthorOffer(NamedTuple):
    """A name with its source, the element that holds it, its place among the names of that source, and its line."""

    name: str
    source: str
    element: _Element | None = None
    order: int = 0
    line: str = ""


@dataclass(slots=True)
class AuthorCandidate:
    """One name, however it is spelt, with every offer of it in the order they were met."""

    name: str
    key: str
    offers: list[AuthorOffer] = field(default_factory=list)


class BylineReader:
    """Reads lines as names, each line once, and cuts the site's name off behind them. `sites` are folded."""

    def __init__(self, sites: Iterable[str]) -> None:
        self._outlets = [f" {site}" for site in sites if len(site) >= MIN_OUTLET]
        self._known: dict[str, list[str]] = {}

    def names(self, line: str) -> list[str]:
        """The names in a line that may also hold roles, dates and the site."""
        if line not in self._known:
            self._known[line] = [self.without_outlet(name) for name in parse_byline(before_date(line))]
        return self._known[line]

    def is_site(self, name: str) -> bool:
        """Whether a name is one of the site's."""
        return f" {folded_name(name)}" in self._outlets

    def is_site_line(self, line: str) -> bool:
        """Whether a line is the site's name and no person's: "Mere Valley News" on merevalleynews.example.

        "Jane Doe" on janedoe.example is a name too, since nothing of it is cut off.
        """
        return f" {folded_name(line).replace(' ', '')}" in self._outlets and self.names(line) != [line]

    def without_outlet(self, name: str) -> str:
        """The name without the site behind it: "Mina Osei" for "Mina Osei PORTSIDE"."""
        folded = folded_name(name) if " " in name else ""
        for outlet in self._outlets:
            if folded.endswith(outlet):
                kept = " ".join(name.split()[: -len(outlet.split())]).strip(" ,|/-–")
                return kept if len(kept.split()) >= MIN_WORDS_LEFT else name
        return name


def author_candidates(offers: Iterable[AuthorOffer]) -> list[AuthorCandidate]:
    """The names offered, each once, up to the bound on their number."""
    candidates: dict[str, AuthorCandidate] = {}
    for offer in offers:
        key = folded_name(offer.name)
        if key and (key in candidates or len(candidates) < MAX_CANDIDATES):
            candidates.setdefault(key, AuthorCandidate(offer.name, key)).offers.append(offer)
    return list(candidates.values())


def all_offers(
    declared: Declared, region: ArticleRegion, beside: Iterable[list[str]], reader: BylineReader
) -> Iterator[AuthorOffer]:
    """What the page declares, then its elements named for authors, then lines around the text."""
    yield from offers_in_json_ld(declared)
    yield from offers_in_head(declared, reader)
    yield from offers_in_elements(declared.body, reader)
    yield from offers_in_lines(region, reader)
    for names in beside:
        yield from (AuthorOffer(name, "line beside the text", None, order) for order, name in enumerate(names))


def offers_in_json_ld(declared: Declared) -> Iterator[AuthorOffer]:
    """Names of the article's author, creator, contributor and editor; accounts and organisations are told apart."""
    for key in JSON_LD_KEYS:
        order = 0
        for item in declared.json_ld.items(declared.article.get(key)):
            source = f"json-ld {key}{kind_of_json_ld_author(declared, item)}"
            for name in names_of_json_ld_author(declared, item):
                yield AuthorOffer(name, source, None, order)
                order += 1


def kind_of_json_ld_author(declared: Declared, item: object) -> str:
    """Whether one author of JSON-LD is an account that the site publishes with, or an organisation."""
    address = declared.json_ld.address(item).rstrip("/")
    is_account = "/author/" in address and address.rpartition("/")[2].casefold() in load_words(
        "authors/author_placeholders"
    )
    kinds = item.get("@type") if isinstance(item, dict) else None
    return " account" if is_account else " organisation" if kinds and "Person" not in str(kinds) else ""


def names_of_json_ld_author(declared: Declared, item: object) -> list[str]:
    """The names in one author of JSON-LD: a node has one name, a bare string may list several."""
    if isinstance(item, str):
        return parse_byline(clean(item))
    if not isinstance(item, dict):
        return []
    name: object = item.get("name")
    if isinstance(name, list):
        return [part for entry in name if isinstance(entry, str) for part in parse_byline(clean(entry))]
    if isinstance(name, dict):
        return names_of_json_ld_author(declared, name)
    text = clean(name) if isinstance(name, str) else ""
    if not text and isinstance(item.get("givenName"), str):
        text = f"{item['givenName']} {item.get('familyName') or ''}".strip()
    return parse_declared_name(text)


def offers_in_head(declared: Declared, reader: BylineReader) -> Iterator[AuthorOffer]:
    """Names in meta elements for authors, and in the labelled data of cards: "Written by", "Mina Osei"."""
    for meta in load_lines("authors/author_metas"):
        source = f"meta {meta}" if meta in {"author", "article:author"} else "meta other"
        for value in declared.meta.get(meta, []):
            names = dict.fromkeys([*reader.names(value), *parse_declared_name(value)])
            yield from (AuthorOffer(name, source, None, order) for order, name in enumerate(names))
    for number in "12":
        label = declared.first(f"twitter:label{number}")
        if label and byline_opening().match(f"{label} "):
            for order, name in enumerate(reader.names(declared.first(f"twitter:data{number}"))):
                yield AuthorOffer(name, "meta twitter:data", None, order)


def offers_in_elements(body: _Element, reader: BylineReader) -> Iterator[AuthorOffer]:
    """Names in elements whose relation, property, class or link says author: in all of them, and in their parts."""
    for order, (source, element) in enumerate(islice(author_elements(body), MAX_ELEMENTS)):
        text = inline_text(element, MAX_BYLINE * 2)
        if not text or len(text) > MAX_BYLINE * 2 or is_in_teaser(element, text):
            continue
        lines = {text: source}
        if len(element):
            for leaf in islice(element.iterdescendants(*LEAF_TAGS), MAX_LEAVES):
                lines.setdefault(inline_text(leaf, MAX_BYLINE), f"{source} leaf")
            lines.setdefault(clean(element.text or ""), f"{source} leaf")
        for line, origin in lines.items():
            if line and (len(line) < MAX_BYLINE or origin == source):
                yield from (AuthorOffer(name, origin, element, order, line) for name in reader.names(line))


def is_in_teaser(element: _Element, text: str) -> bool:
    """Whether the element names the writer of another article: beside its headline in a link, or inside that link."""
    parent = element.getparent()
    if parent is not None and parent.tag == "a":
        return len(inline_text(parent, MAX_TEASER)) - len(text) >= MIN_HEADLINE
    if parent is None or parent.tag not in TEASER_TAGS:
        return False
    around = inline_text(parent, MAX_TEASER + 1)
    if len(around) > MAX_TEASER:
        return False
    links = (link for link in islice(parent.iter("a"), MAX_TEASER_LINKS) if link is not element)
    return any(len(words) >= MIN_HEADLINE and words not in text for words in map(inline_text, links))


def author_elements(body: _Element) -> Iterator[tuple[str, _Element]]:
    """Elements that say that they hold an author, with what says so."""
    paths, pieces, known = load_words("authors/author_paths"), author_class_pieces(), dict[str, bool]()
    for element in body.iter("*"):
        get = element.get
        if element.tag == "a":
            if get("rel") == "author":
                yield "rel", element
                continue
            href = get("href")
            if href and not paths.isdisjoint(href.lower().split("/")[:-1]):
                yield "link", element
                continue
        if "author" in (get("itemprop") or ""):
            yield "itemprop", element
            continue
        names = f"{get('class') or ''} {get('id') or ''} {get('data-testid') or ''}"
        if len(names) > MIN_OUTLET and (
            known[names]
            if names in known
            else known.setdefault(names, pieces.search(names[:MAX_CLASSES].lower()) is not None)
        ):
            yield "class", element


@cache
def author_class_pieces() -> re.Pattern[str]:
    """What the class of an author's element has in it, in lower case."""
    return re.compile("|".join(map(re.escape, load_lines("authors/author_classes"))))


def offers_in_lines(region: ArticleRegion, reader: BylineReader) -> Iterator[AuthorOffer]:
    """Names in short lines above the prose, at its top, at its end, and below it."""
    first, last, size = region.first, region.last, len(region.blocks)
    zones = (
        ("above", range(max(0, first - MAX_ABOVE), first)),
        ("top", range(first, min(first + MAX_TOP, size))),
        ("end", range(max(first + MAX_TOP, last - 1), last + 1)),
        ("below", range(last + 1, min(last + 1 + MAX_BELOW, size))),
    )
    for zone, indexes in zones:
        for index in indexes:
            block = region.blocks[index]
            if block.level != 1:
                for line in map(str.strip, lines_of_block(block)):
                    if not reader.is_site_line(line):
                        yield from offers_in_line(line, zone, block.element, reader)


def name_before_bar(region: ArticleRegion, reader: BylineReader) -> str:
    """The name in a line above the prose, or at its top, that ends in a bar, as bulletins sign: "NCA |"."""
    for index in range(region.first, max(-1, region.first - MAX_SIGNED_ABOVE), -1):
        for line in lines_of_block(region.blocks[index]):
            signed = BEFORE_BAR.fullmatch(line.strip())
            name = signed["name"] if signed else ""
            if name and not reader.is_site(name) and name.casefold() not in load_words("html/front_page_names"):
                return name
    return ""


def lines_of_block(block: Block) -> list[str]:
    """The first lines of a block; of a short one with a blank between parts that only the layout keeps apart."""
    if "\n" not in block.text and len(block.text) <= MAX_BYLINE and len(block.element):
        spaced = inline_text(block.element, MAX_BYLINE * 2)
        if spaced.replace(" ", "") == block.text.replace(" ", ""):
            return [spaced]
    return block.text.split("\n", MAX_LINES)[:MAX_LINES]


def offers_in_line(line: str, zone: str, element: _Element, reader: BylineReader) -> Iterator[AuthorOffer]:
    """The names of a line that opens as a byline does, or that is made of names alone."""
    if not line or len(line) > MAX_BYLINE:
        return
    is_opened = byline_opening().match(line) is not None
    if not is_opened and not could_hold_names_alone(line):
        return
    names = reader.names(line)
    if not is_opened and any(map(reader.is_site, names)):
        return  # the masthead
    if len(names) <= MAX_NAMES_OF_LINE and (is_opened or all(map(could_be_name, names))):
        source = f"{zone} line {'opened' if is_opened else 'alone'}"
        yield from (AuthorOffer(name, source, element, order, line) for order, name in enumerate(names))


def could_hold_names_alone(line: str) -> bool:
    """Whether a line without "By" may be made of names: short, no sentence, mostly words that start large."""
    if len(line) > MAX_ALONE or line.endswith((".", "!", "?", "。")):
        return False
    words = [word for word in line.split() if word[0].isalpha()]
    small = sum(word[0].islower() for word in words)
    return len(words) <= MAX_WORDS_ALONE and small * 2 <= len(words)
