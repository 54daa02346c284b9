"""When the article was published and last changed, and whether the page says so or we infer it."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from functions.extract.lexicon import load_lines
from functions.extract.metadata.dates.candidates import (
    NAMED_FOR_CHANGE,
    DateCandidate,
    changes_near_headline,
    dates_in_time_elements,
    dates_near_headline,
    machine_candidates,
    text_candidates,
)
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import inline_text

NAMED_FOR_PUBLICATION = re.compile(
    r"""
    publi[cs]|pub_?date|posted|issued            # og:pubdate, publication-time
    |release_?date|post_?date|reg_?date|ptime    # og:release_date, regDate
    |(?:article|content|story|news)[._:-]?date   # article_date
    |date[._:-]?created                          # date_created
    """,
    re.IGNORECASE | re.VERBOSE,
)
DAY_IN_ADDRESS = re.compile(
    r"(?<!\d)((?:19|20)\d{2})[-/_.]?(0[1-9]|1[0-2])[-/_.]?(0[1-9]|[12]\d|3[01])(?!\d)"  # /2024/03/14/, 20240314
)
MAX_TITLE_TAIL = 80  # characters after the last bar of a title in which a date may stand, by judgement
TITLE_SEPARATOR = re.compile(r"\s[|–—-]\s|[|,]\s")


def find_published(declared: Declared, address: str, now: datetime | None = None) -> DateCandidate | None:
    """The publication date: the page's first declaration, given a time of day by another one of the same day."""
    now = now or datetime.now(UTC)
    best: DateCandidate | None = None
    for candidate in publication_candidates(declared, address):
        if not candidate.moment.is_possible(now):
            continue
        if best and (candidate.moment.day != best.moment.day or candidate.is_weak):
            continue
        if candidate.moment.has_time and not candidate.moment.is_midnight:
            return add_zone(candidate, declared)
        best = best or candidate
    return best


def find_modified(declared: Declared, now: datetime | None = None) -> DateCandidate | None:
    """The last declared change."""
    now = now or datetime.now(UTC)
    candidates = modification_candidates(declared)
    return next((candidate for candidate in candidates if candidate.moment.is_possible(now)), None)


def add_zone(candidate: DateCandidate, declared: Declared) -> DateCandidate:
    """A wall clock that the page's first meta tags repeat with its zone gets that zone."""
    for other in published_in_metas(declared, "") if candidate.moment.lacks_zone else ():
        moment = candidate.moment.in_zone_of(other.moment)
        if moment:
            return DateCandidate(moment, f"{candidate.source}, zone from {other.source}")
    return candidate


def published_in_json_ld(declared: Declared, _address: str) -> Iterator[DateCandidate]:
    """The article's own node: `{"@type": "NewsArticle", "datePublished": "2024-03-14"}`."""
    for key in ("datePublished", "dateCreated"):
        yield from machine_candidates(json_ld_value(declared, declared.article.get(key)), "json-ld")


def published_in_metas(declared: Declared, _address: str) -> Iterator[DateCandidate]:
    """Meta tags of the list: `<meta property="article:published_time" content="2024-03-14">`."""
    yield from candidates_of_metas(declared, "dates/published_metas")


def published_in_page_json_ld(declared: Declared, _address: str) -> Iterator[DateCandidate]:
    """The node of the page around the article: `{"@type": "WebPage", "datePublished": "2024-03-14"}`."""
    page = declared.json_ld.page()
    yield from machine_candidates(declared.json_ld.text(page.get("datePublished")), "json-ld")


def published_in_other_metas(declared: Declared, _address: str) -> Iterator[DateCandidate]:
    """Meta tags of any name that speaks of publication: `<meta name="dable:published_time" content="2024-03-14">`."""
    for name in declared.meta:
        if NAMED_FOR_PUBLICATION.search(name) and not NAMED_FOR_CHANGE.search(name):
            yield from machine_candidates(declared.meta[name][0], f"meta {name}")


def published_in_microdata(declared: Declared, _address: str) -> Iterator[DateCandidate]:
    """Elements with a property: `<span itemprop="datePublished" content="2024-03-14">`."""
    yield from candidates_of_microdata(declared, "datepublished")


def published_in_time_elements(declared: Declared, _address: str) -> Iterator[DateCandidate]:
    """The first time elements: `<time datetime="2024-03-14">`."""
    yield from dates_in_time_elements(declared)


def published_in_title(declared: Declared, _address: str) -> Iterator[DateCandidate]:
    """The last part of the title: "Breakwater to be mended | 14 March 2024"."""
    *before, tail = TITLE_SEPARATOR.split(declared.title)
    if before and len(tail) <= MAX_TITLE_TAIL:
        yield from text_candidates(tail, "title element", declared)


def published_near_headline(declared: Declared, _address: str) -> Iterator[DateCandidate]:
    """A line for people under or above the headline: `<p class="byline">By Bo Ek, 14 March 2024</p>`."""
    yield from dates_near_headline(declared)


def published_in_address(_declared: Declared, address: str) -> Iterator[DateCandidate]:
    """The day in the page's address, which is inferred: `https://site.example/2024/03/14/breakwater`."""
    match = DAY_IN_ADDRESS.search(address)
    for candidate in machine_candidates("-".join(match.groups()), "url") if match else ():
        yield DateCandidate(candidate.moment, "url", declared=False, is_weak=True)


DateRule = Callable[[Declared, str], Iterator[DateCandidate]]
PUBLICATION_RULES: tuple[DateRule, ...] = (
    published_in_json_ld,
    published_in_metas,
    published_in_page_json_ld,
    published_in_other_metas,
    published_in_microdata,
    published_in_time_elements,
    published_in_title,
    published_near_headline,
    published_in_address,
)
"""Where a publication date may stand, the most trusted place first."""


def publication_candidates(declared: Declared, address: str) -> Iterator[DateCandidate]:
    """What all rules find, in their order; a rule is asked only where the ones before it left the moment open."""
    for rule in PUBLICATION_RULES:
        yield from rule(declared, address)


def modification_candidates(declared: Declared) -> Iterator[DateCandidate]:
    """Declared changes, then the one that a line near the headline tells, where nothing declares the publication."""
    yield from machine_candidates(json_ld_value(declared, declared.article.get("dateModified")), "json-ld")
    yield from candidates_of_metas(declared, "dates/modified_metas")
    yield from machine_candidates(declared.json_ld.text(declared.json_ld.page().get("dateModified")), "json-ld")
    yield from candidates_of_microdata(declared, "datemodified")
    if next(published_in_metas(declared, ""), None) is None and not declared.article.get("datePublished"):
        yield from changes_near_headline(declared)


def json_ld_value(declared: Declared, value: object) -> str:
    """A JSON-LD value as text; seconds since 1970 are numbers."""
    return str(value) if isinstance(value, int) else declared.json_ld.text(value)


def candidates_of_metas(declared: Declared, lexicon: str) -> Iterator[DateCandidate]:
    """Moments of the meta tags that a lexicon names, in its order."""
    for name in load_lines(lexicon):
        for value in declared.meta.get(name, []):
            yield from machine_candidates(value, f"meta {name}")


def candidates_of_microdata(declared: Declared, name: str) -> Iterator[DateCandidate]:
    """Moments of the elements with a microdata property."""
    for element in declared.properties.get(name, []):
        value = element.get("datetime") or element.get("content") or inline_text(element)
        yield from machine_candidates(value, "microdata")
