"""When the article was published and last changed, and whether the page says so or we infer it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from lxml.etree import _Element

from functions.extract.lexicon import load_lines
from functions.extract.metadata.dates.candidates import (
    DateCandidate,
    DatedPage,
    machine_candidates,
    text_candidates,
)
from functions.extract.metadata.dates.last_resort import day_by_htmldate
from functions.extract.metadata.dates.near_headline import (
    NAMED_FOR_CHANGE,
    changes_near_headline,
    dates_in_lines_of_publication,
    dates_in_time_elements,
    dates_near_headline,
    dates_opening_paragraphs,
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
    r"""
    (?<!\d)(?P<year>(?:19|20)\d{2})[-/_.]?(?P<month>0[1-9]|1[0-2])[-/_.]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d) # 2024/03/14
    |(?<!\d)(?P<first>0[1-9]|[12]\d|3[01])-(?P<second>0[1-9]|1[0-2])-(?P<last>20\d{2})(?!\d)                # 14-03-2024
    """,
    re.VERBOSE,
)
MAX_TITLE_TAIL = 80  # characters after the last bar of a title in which a date may stand, by judgement
TITLE_SEPARATOR = re.compile(r"\s[|–—-]\s|[|,]\s")


def find_published(page: DatedPage, now: datetime | None = None) -> DateCandidate | None:
    """The publication date: the page's first declaration, given a time of day by another one of the same day."""
    now = now or datetime.now(UTC)
    best: DateCandidate | None = None
    for candidate in publication_candidates(page):
        if not candidate.moment.is_possible(now):
            continue
        if best and (candidate.moment.day != best.moment.day or candidate.is_weak):
            continue
        if candidate.moment.has_time and not candidate.moment.is_midnight:
            return add_zone(candidate, page)
        best = best or candidate
    return best or find_last_resort(page, now)


def find_last_resort(page: DatedPage, now: datetime) -> DateCandidate | None:
    """The first possible moment of the rules that are asked only where all others found none."""
    candidates = (candidate for rule in LAST_RULES for candidate in rule(page))
    return next((candidate for candidate in candidates if candidate.moment.is_possible(now)), None)


def find_modified(page: DatedPage, now: datetime | None = None) -> DateCandidate | None:
    """The last declared change."""
    now = now or datetime.now(UTC)
    candidates = modification_candidates(page)
    return next((candidate for candidate in candidates if candidate.moment.is_possible(now)), None)


def add_zone(candidate: DateCandidate, page: DatedPage) -> DateCandidate:
    """The candidate in the publisher's own zone, where another declaration tells it.

    A wall clock that another declaration repeats with its zone gets that zone; UTC gives way to the same instant in
    another zone, since a day is that of the place where the page was published.
    """
    if not candidate.moment.lacks_offset and not candidate.moment.is_utc():
        return candidate
    for other in declarations_with_zone(page):
        if candidate.moment.is_utc():
            is_local = other.moment.is_same_instant(candidate.moment) and not other.moment.is_utc()
            moment = other.moment if is_local else None
        else:
            moment = candidate.moment.in_zone_of(other.moment)
        if moment:
            source = candidate.source.partition(", zone ")[0]
            return replace(candidate, moment=moment, source=f"{source}, zone from {other.source}")
    return candidate


def declarations_with_zone(page: DatedPage) -> Iterator[DateCandidate]:
    """Declarations of the publication that may tell its zone."""
    for rule in (published_in_metas, published_in_weak_metas):
        yield from (candidate for candidate in rule(page) if not candidate.moment.lacks_offset)
    for element in page.declared.times:
        yield from machine_candidates(element.get("datetime") or "", "time element")


def published_in_json_ld(page: DatedPage) -> Iterator[DateCandidate]:
    """The article's own node: `{"@type": "NewsArticle", "datePublished": "2024-03-14"}`."""
    for key in ("datePublished", "dateCreated"):
        yield from machine_candidates(json_ld_value(page.declared, page.declared.article.get(key)), "json-ld")


def published_in_metas(page: DatedPage) -> Iterator[DateCandidate]:
    """Meta tags of the list: `<meta property="article:published_time" content="2024-03-14">`."""
    yield from candidates_of_metas(page.declared, "dates/published_metas")


def published_in_page_json_ld(page: DatedPage) -> Iterator[DateCandidate]:
    """The node of the page around the article: `{"@type": "WebPage", "datePublished": "2024-03-14"}`."""
    node = page.declared.json_ld.page()
    yield from machine_candidates(page.declared.json_ld.text(node.get("datePublished")), "json-ld")


def published_in_other_metas(page: DatedPage) -> Iterator[DateCandidate]:
    """Meta tags of any name that speaks of publication: `<meta name="dable:published_time" content="2024-03-14">`."""
    weak = load_lines("dates/weak_published_metas")
    for name in page.declared.meta:
        if NAMED_FOR_PUBLICATION.search(name) and not NAMED_FOR_CHANGE.search(name) and name not in weak:
            yield from machine_candidates(page.declared.meta[name][0], f"meta {name}")


def published_in_microdata(page: DatedPage) -> Iterator[DateCandidate]:
    """Elements with a property: `<span itemprop="datePublished" content="2024-03-14">`."""
    for element in page.declared.properties.get("datepublished", []):
        if not page.near.is_in_teaser(element):
            yield from microdata_candidates(element)


def published_in_time_elements(page: DatedPage) -> Iterator[DateCandidate]:
    """The first time elements: `<time datetime="2024-03-14">`."""
    yield from dates_in_time_elements(page)


def published_in_title(page: DatedPage) -> Iterator[DateCandidate]:
    """The last part of the title: "Breakwater to be mended | 14 March 2024"."""
    *before, tail = TITLE_SEPARATOR.split(page.declared.title)
    if before and len(tail) <= MAX_TITLE_TAIL:
        yield from text_candidates(tail, "title element", page)


def published_near_headline(page: DatedPage) -> Iterator[DateCandidate]:
    """A line for people under or above the headline: `<p class="byline">By Bo Ek, 14 March 2024</p>`."""
    yield from dates_near_headline(page)


def published_before_text(page: DatedPage) -> Iterator[DateCandidate]:
    """What a paragraph near the headline opens with: "27.1.2022 - The board voted …"."""
    yield from dates_opening_paragraphs(page)


def published_in_lines(page: DatedPage) -> Iterator[DateCandidate]:
    """A short line elsewhere that says so: "This article was published on 14 March 2024"."""
    yield from dates_in_lines_of_publication(page)


def published_in_weak_metas(page: DatedPage) -> Iterator[DateCandidate]:
    """Meta tags that often tell of the last change, or of the page's making.

    `<meta name="date" content="2024-03-14">`.
    """
    yield from candidates_of_metas(page.declared, "dates/weak_published_metas")


def published_in_address(page: DatedPage) -> Iterator[DateCandidate]:
    """The day in the page's address, which is inferred: `https://site.example/2024/03/14/breakwater`."""
    match = DAY_IN_ADDRESS.search(page.address)
    if not match:
        return
    parts = match.group("year", "month", "day") if match["year"] else match.group("last", "second", "first")
    for candidate in machine_candidates("-".join(parts), "url"):
        yield DateCandidate(candidate.moment, "url", declared=False, is_weak=True)


def published_by_htmldate(page: DatedPage) -> Iterator[DateCandidate]:
    """What another library reads, for example in the address of the page's image."""
    yield from day_by_htmldate(page)


DateRule = Callable[[DatedPage], Iterator[DateCandidate]]
DECLARED_RULES: tuple[DateRule, ...] = (
    published_in_json_ld,
    published_in_metas,
    published_in_page_json_ld,
    published_in_other_metas,
    published_in_microdata,
)
"""Where a page declares its publication to machines, the most trusted place first."""

SHOWN_RULES: tuple[DateRule, ...] = (
    published_in_time_elements,
    published_in_title,
    published_near_headline,
    published_before_text,
    published_in_weak_metas,
)
"""Where a page shows it to readers, with the tags that are trusted less than what readers see."""

LAST_RULES: tuple[DateRule, ...] = (
    published_in_lines,
    published_in_address,
    published_by_htmldate,
)
"""Where a day is looked for only if no other rule found one."""


def publication_candidates(page: DatedPage) -> Iterator[DateCandidate]:
    """What the rules find, in their order; a rule is asked only where the ones before it left the moment open.

    What a page shows is left out where the day in its address is another one: it belongs to another article. On 203
    pages with such an address, it was the day of publication of 202, give or take a day.
    """
    for rule in DECLARED_RULES:
        yield from rule(page)
    in_address = next(published_in_address(page), None)
    for rule in SHOWN_RULES:
        for candidate in rule(page):
            if in_address is None or is_near_day(candidate, in_address):
                yield candidate


def is_near_day(one: DateCandidate, other: DateCandidate) -> bool:
    """Whether the days are the same, or one apart as zones may set them."""
    return abs(one.moment.day.toordinal() - other.moment.day.toordinal()) <= 1


def modification_candidates(page: DatedPage) -> Iterator[DateCandidate]:
    """Declared changes, then the one that a line near the headline tells, where nothing declares the publication."""
    yield from machine_candidates(json_ld_value(page.declared, page.declared.article.get("dateModified")), "json-ld")
    yield from candidates_of_metas(page.declared, "dates/modified_metas")
    yield from machine_candidates(
        page.declared.json_ld.text(page.declared.json_ld.page().get("dateModified")), "json-ld"
    )
    for element in page.declared.properties.get("datemodified", []):
        yield from microdata_candidates(element)
    if next(published_in_metas(page), None) is None and not page.declared.article.get("datePublished"):
        yield from changes_near_headline(page)


def json_ld_value(declared: Declared, value: object) -> str:
    """A JSON-LD value as text; seconds since 1970 are numbers."""
    return str(value) if isinstance(value, int) else declared.json_ld.text(value)


def candidates_of_metas(declared: Declared, lexicon: str) -> Iterator[DateCandidate]:
    """Moments of the meta tags that a lexicon names, in its order."""
    for name in load_lines(lexicon):
        for value in declared.meta.get(name, []):
            yield from machine_candidates(value, f"meta {name}")


def microdata_candidates(element: _Element) -> Iterator[DateCandidate]:
    """The moment of an element with a microdata property."""
    value = element.get("datetime") or element.get("content") or inline_text(element)
    yield from machine_candidates(value, "microdata")
