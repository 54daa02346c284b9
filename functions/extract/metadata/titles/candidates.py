"""Every text of a page that may be its headline: what it declares, parts of that, and what it shows above its prose."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element

from functions.extract.lexicon import load_words
from functions.extract.page.blocks import Block
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import inline_text
from shared.domain.clean_text import limit_marks

MAX_HEADINGS = 30  # headings above the prose that are read, a bound on the time: the headline is among the first
MAX_NAMED = 12  # elements with a class for titles that are read, likewise
MAX_CANDIDATES = 40  # candidates of one page that are compared, likewise
MAX_CUTS = 4  # separators of a declared title that it is cut at, from each end; longer trails repeat the sections
MAX_TITLE = 300  # characters; longer headings are paragraphs set large (by judgement)
MAX_NAMED_TITLE = 200  # characters of an element with a class for titles (by judgement)
MIN_TITLE = 2  # letters; one letter is an icon
MAX_CLASSES = 200  # characters of an element's class and id that are read, a bound on the time
MAX_MAIN_HEADINGS = 3  # h1 elements that are also read as a whole and by their parts
MAX_HEADING_PARTS = 6  # elements inside one h1 that are read
MIN_CHILDREN_OF_LIST = 2  # children of an element whose class then does not name its only child
CLASS_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
FOLDED_AWAY = re.compile(r"[\W_]+")
SEPARATOR = re.compile(
    r"""
    \s+[|｜\-–—·•:»›>/«]+\s+                        # "Headline - Site"
    |\s*[|｜]\s*                                     # "Headline|Site"
    |_(?=\S{2,30}$)                                 # "标题_网站"
    |[:：]\s+                                        # "Kicker: Headline"
    |(?<=[\u3040-\u9fff])-{1,2}(?=[\u3040-\u9fff])  # "标题-网站"
    |\s+\((?=[^()]{3,40}\)$)                        # "Headline (Site)"
    """,
    re.VERBOSE,
)
MAIN_METAS = {"meta og:title": ("og:title",), "meta twitter:title": ("twitter:title",)}
OTHER_METAS = ("title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
CUT_SOURCES = frozenset({"title element", "meta og:title"})


class Offer(NamedTuple):
    """A text with its source, the index `at` of the block that shows it, and its element; None where only declared."""

    source: str
    text: str
    at: int | None = None
    element: _Element | None = None


@dataclass(slots=True)
class TitleCandidate:
    """One text and everything that shows or declares it: `sources` in the order they were met, `index` of its block."""

    text: str
    key: str
    sources: list[str] = field(default_factory=list)
    index: int | None = None
    element: _Element | None = None


def title_candidates(offers: Iterable[Offer], sites: frozenset[str]) -> list[TitleCandidate]:
    """The candidates without the names of the site at their ends, each text once however it is spelt.

    The first offer gives the spelling, so offers that are shown come first. `sites` are folded.
    """
    candidates: dict[str, TitleCandidate] = {}
    for offer in offers:
        text = without_site(offer.text, sites)
        key = folded_title(text)
        if len(key) < MIN_TITLE or len(text) > MAX_TITLE:
            continue
        if key not in candidates and len(candidates) >= MAX_CANDIDATES:
            continue
        candidate = candidates.setdefault(key, TitleCandidate(text, key))
        if offer.source not in candidate.sources:
            candidate.sources.append(offer.source)
        if candidate.index is None and offer.at is not None:
            candidate.index, candidate.element = offer.at, offer.element
    return list(candidates.values())


def shown_titles(declared: Declared, blocks: list[Block], prose_start: int) -> Iterator[Offer]:
    """Headings and elements named for titles above the prose, then every h1 with its parts, then microdata."""
    yield from islice(headings_above(blocks, prose_start), MAX_HEADINGS)
    yield from islice(named_titles(blocks, prose_start), MAX_NAMED)
    main = set(declared.headings[:MAX_MAIN_HEADINGS])
    shown_at = {block.element: index for index, block in reversed(list(enumerate(blocks))) if block.kind == "heading"}
    for heading in declared.headings[:MAX_MAIN_HEADINGS]:
        index = shown_at.get(heading)
        index = index if index is not None else next((at for e, at in shown_at.items() if e.getparent() in main), None)
        yield Offer("h1", inline_text(heading), index, heading)
        yield from heading_parts(heading, index)
    for element in declared.properties.get("headline", [])[:2]:
        yield Offer("itemprop", inline_text(element), shown_at.get(element), element)


def headings_above(blocks: list[Block], prose_start: int) -> Iterator[Offer]:
    """The headings above the prose; an h1 wherever it stands."""
    for index, block in enumerate(blocks):
        if block.kind == "heading" and (index <= prose_start or block.level == 1):
            yield Offer(f"h{block.level}", block.text.replace("\n", " "), index, block.element)


def named_titles(blocks: list[Block], prose_start: int) -> Iterator[Offer]:
    """Lines above the prose that are no headings but whose class says title: `<div class="headline">`."""
    for index, block in enumerate(blocks[: prose_start + 1]):
        if block.kind != "heading" and len(block.text) <= MAX_NAMED_TITLE and is_named_title(block.element):
            yield Offer("named", block.text.replace("\n", " "), index, block.element)


def is_named_title(element: _Element) -> bool:
    """Whether the class or id of the element, or of one that holds nothing else, has a word for titles."""
    parent = element.getparent()
    around = (element, parent) if parent is not None and len(parent) < MIN_CHILDREN_OF_LIST else (element,)
    return any(not load_words("html/title_names").isdisjoint(class_words(holder)) for holder in around)


def class_words(element: _Element) -> set[str]:
    """The words in an element's class and id, in lower case: "entry" and "title" of "entry-title"."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:MAX_CLASSES]
    return {word.lower() for word in CLASS_WORD.findall(names)} if len(names) > 1 else set()


def heading_parts(heading: _Element, index: int | None) -> Iterator[Offer]:
    """The elements directly inside an h1 that hold a part of it: a kicker beside the headline."""
    if len(heading) > 1 or heading.text:
        for part in islice(heading.iterchildren("span", "a", "strong", "em", "div", "font"), MAX_HEADING_PARTS):
            yield Offer("h1 part", inline_text(part), index, part)


def declared_titles(declared: Declared) -> Iterator[Offer]:
    """What JSON-LD and the head declare: each whole, then those that often carry the site's name by their parts."""
    ld, article = declared.json_ld, declared.article
    whole = [
        Offer("json-ld", ld.text(article.get("headline"))),
        Offer("json-ld name", ld.text(article.get("name"))),
        Offer("json-ld alternative", ld.text(article.get("alternativeHeadline"))),
        *(Offer(source, declared.first(*names)) for source, names in MAIN_METAS.items()),
        Offer("meta title", declared.first(*OTHER_METAS)),
        Offer("title element", declared.title),
    ]
    yield from (offer for offer in whole if offer.text)
    for offer in whole:
        if offer.source in CUT_SOURCES:
            yield from (Offer(f"{offer.source} {side}", part) for side, part in title_parts(offer.text))


def title_parts(text: str) -> Iterator[tuple[str, str]]:
    """A declared title cut at its separators: what stands before each, behind each, and between the outermost."""
    cuts = [match.span() for match in SEPARATOR.finditer(text)]
    for start, _ in cuts[-MAX_CUTS:]:
        yield "start", text[:start].strip()
    for _, end in cuts[:MAX_CUTS]:
        yield "end", text[end:].strip().rstrip(")")
    if len(cuts) > 1:
        yield "middle", text[cuts[0][1] : cuts[-1][0]].strip()


def without_site(text: str, sites: frozenset[str]) -> str:
    """The text without leading or trailing parts that name the site: "Headline" for "Headline - Portside"."""
    while cuts := [match.span() for match in SEPARATOR.finditer(text)]:
        (start, end), (first_start, first_end) = cuts[-1], cuts[0]
        if folded_title(text[end:]) in sites:
            text = text[:start]
        elif folded_title(text[:first_start]) in sites:
            text = text[first_end:]
        else:
            break
    return text.strip()


def folded_title(text: str) -> str:
    """The letters and digits of a text in lower case: texts that differ in marks alone are one."""
    return FOLDED_AWAY.sub("", unicodedata.normalize("NFKC", limit_marks(text)).casefold())
