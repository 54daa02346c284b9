"""Dates that people read near the headline, and those that the markup keeps beside them for machines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element

from functions.extract.lexicon import load_lines
from functions.extract.metadata.dates.moment import Moment
from functions.extract.metadata.dates.parser import parse_machine_date, parse_text_date
from functions.extract.page.address import host_of
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import inline_text

NAMED_FOR_DATE = re.compile(
    r"date|time|publi|posted|byline|dateline|meta|fecha|datum|stand|info|created|updated|dato|data|ymd|period",
    re.IGNORECASE,
)
NAMED_FOR_CHANGE = re.compile(
    r"updated?|modif|revis|aktualis|actualiz|aggiorn|atualiz|güncel|guncel|changed", re.IGNORECASE
)
MACHINE_VALUE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*|1\d{9}(?:\d{3})?")  # of an attribute of any name
NOT_DATE_ATTRIBUTES = frozenset({"class", "id", "style", "href", "src", "onclick", "data-id"})
MAX_NAMED_LINE = 160  # characters of an element named for a date; by judgement, bylines with two moments have 100
MAX_PLAIN_LINE = 80  # characters of any other line; by judgement, longer ones are prose that tells of a day
MAX_TIME_ELEMENTS = 3  # those after the first few belong to other articles
MAX_FOLLOWERS = 80  # elements after the headline that are looked at, by judgement: a byline and its icons
MAX_SIBLINGS_BEFORE = 6  # elements just before the headline, by judgement
MAX_INSIDE_SIBLING = 12  # elements inside each of them
DAY_FIRST_DOMAINS = frozenset(
    {"uk", "ie", "in", "au", "nz", "za", "ke", "ng", "gh", "ug", "tz", "zw", "pk", "bd", "lk", "sg", "my", "mt"}
)


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A moment with the place in the page that it was read from.

    A weak one is believed only where no other was found: it adds no time to another's day.
    """

    moment: Moment
    source: str
    declared: bool = True
    is_weak: bool = False


class DateLine(NamedTuple):
    """What a line says of publication, and what it says of a later change."""

    published: str
    changed: str


class HeadlineSurroundings(NamedTuple):
    """Elements near the headline that are named for a date, and short lines there with a figure."""

    named: list[_Element]
    lines: list[str]

    def all_lines(self) -> list[str]:
        return [*map(short_line, self.named), *self.lines]


def dates_in_time_elements(declared: Declared) -> Iterator[DateCandidate]:
    """The first `<time>` elements of the page, those marked as publication first, those marked as change never."""
    times = [element for element in declared.times if not NAMED_FOR_CHANGE.search(names_of(element))]
    times.sort(key=lambda element: "pub" not in names_of(element).lower() and element.get("pubdate") is None)
    for element in times[:MAX_TIME_ELEMENTS]:
        yield from machine_candidates(element.get("datetime") or "", "time element")
        yield from dates_in_attributes(element, "time element")
        yield from text_candidates(inline_text(element), "time element", declared)


def dates_near_headline(declared: Declared) -> Iterator[DateCandidate]:
    """Dates of elements near the headline that are named for one, then of any short line there.

    The moment of a change comes last, as a weak candidate: it counts where the page shows no other.
    """
    near = headline_surroundings(declared)
    for element in near.named:
        yield from dates_in_attributes(element, "visible byline")
        yield from text_candidates(short_line(element), "visible byline", declared)
    for line in near.lines:
        yield from text_candidates(line, "visible byline", declared)
    for line in near.all_lines():
        for candidate in candidates_of_line(line, "visible byline, of a change", declared):
            yield replace(candidate, is_weak=True)


def changes_near_headline(declared: Declared) -> Iterator[DateCandidate]:
    """The later change that a line near the headline tells beside the publication."""
    for line in headline_surroundings(declared).all_lines():
        parts = split_published_and_changed(line)
        if any(map(str.isdigit, parts.published)):
            yield from candidates_of_line(parts.changed, "visible byline", declared)


def headline_surroundings(declared: Declared) -> HeadlineSurroundings:
    """What stands just before and after the first headline; without one, what the page begins with."""
    heading = declared.headings[0] if declared.headings else None
    followers = followers_of(heading if heading is not None else declared.body)
    named = [element for element in followers if NAMED_FOR_DATE.search(names_of(element))]
    lines = [
        line for element in followers if (line := short_line(element, MAX_PLAIN_LINE)) and any(map(str.isdigit, line))
    ]
    return HeadlineSurroundings(named if heading is None else [*named, *date_elements_before(heading)], lines)


def short_line(element: _Element, longest: int = MAX_NAMED_LINE) -> str:
    """The element's text, empty where it is longer than a line of that many characters."""
    text = inline_text(element, longest * 2)
    return text if len(text) <= longest else ""


def date_elements_before(heading: _Element) -> list[_Element]:
    """The few elements just above the headline that are named for a date."""
    around = heading.getparent()
    beside = [
        *heading.itersiblings(preceding=True),
        *(around.itersiblings(preceding=True) if around is not None else ()),
    ]
    return [
        element
        for sibling in beside[:MAX_SIBLINGS_BEFORE]
        if isinstance(sibling.tag, str)
        for element in islice(sibling.iter(), MAX_INSIDE_SIBLING)
        if isinstance(element.tag, str) and (element.tag == "time" or NAMED_FOR_DATE.search(names_of(element)))
    ]


def followers_of(element: _Element) -> list[_Element]:
    """The elements that follow in reading order, inside or after `element`."""
    return [
        follower
        for follower in islice(inside_and_after(element), MAX_FOLLOWERS * 2)
        if isinstance(follower.tag, str) and follower.tag not in {"script", "style"}
    ][:MAX_FOLLOWERS]


def inside_and_after(element: _Element) -> Iterator[_Element]:
    """All elements of the tree from `element` on, without it and without those around it."""
    yield from element.iterdescendants()
    current: _Element | None = element
    while current is not None:
        for sibling in current.itersiblings():
            yield from sibling.iter()
        current = current.getparent()


def dates_in_attributes(element: _Element, source: str) -> Iterator[DateCandidate]:
    """Moments in attributes, which scripts turn into "two days ago"."""
    for name, value in element.items():
        if (
            str(name) not in NOT_DATE_ATTRIBUTES
            and not NAMED_FOR_CHANGE.search(str(name))
            and MACHINE_VALUE.fullmatch(str(value).strip())
        ):
            yield from machine_candidates(str(value), source)


def machine_candidates(text: str, source: str) -> Iterator[DateCandidate]:
    """The moment of a value made for machines, if it is one."""
    moment = parse_machine_date(text) if text else None
    if moment:
        yield DateCandidate(moment, source_with_zone(source, moment))


def text_candidates(line: str, source: str, declared: Declared) -> Iterator[DateCandidate]:
    """The moment of publication in a line for people, if it says one."""
    yield from candidates_of_line(split_published_and_changed(line).published, source, declared)


def candidates_of_line(line: str, source: str, declared: Declared) -> Iterator[DateCandidate]:
    """The first moment in a line for people, whatever it says of it."""
    moment = parse_text_date(line, numeric_order(declared)) if line else None
    if moment:
        yield DateCandidate(moment, source_with_zone(source, moment))


def source_with_zone(source: str, moment: Moment) -> str:
    """The source, with a note where the zone was written by a name of several zones."""
    return f"{source}, zone {moment.zone} is ambiguous" if moment.zone else source


def split_published_and_changed(line: str) -> DateLine:
    """The line's parts by the words that stand before them: "Published 14 March" and "Updated 15 March"."""
    if not any(map(str.isdigit, line)):
        return DateLine("", "")
    parts: tuple[list[str], list[str]] = ([], [])
    place, changed = 0, False
    for match in publication_and_update_words().finditer(line):
        parts[changed].append(line[place : match.start()])
        place, changed = match.end(), match["change"] is not None
    parts[changed].append(line[place:])
    return DateLine(" ".join(parts[0]), " ".join(parts[1]))


@cache
def publication_and_update_words() -> re.Pattern[str]:
    """Words of both lists; the group `change` tells those of a change."""
    update_words, publication_words = (
        "|".join(f"(?:{words})" for words in load_lines(name))
        for name in ("dates/update_words", "dates/publication_words")
    )
    return re.compile(rf"(?<!\w)(?:(?P<change>{update_words})|{publication_words})", re.IGNORECASE)


def numeric_order(declared: Declared) -> str | None:
    """How the page's language writes a day in figures; None where its readers write it either way."""
    language = (declared.language or declared.first("og:locale")).lower().replace("_", "-")
    if language.startswith(("en-us", "es-us", "en-ph")):
        return "mdy"
    if not language or language == "en":
        return "dmy" if host_of(declared.address).rpartition(".")[2] in DAY_FIRST_DOMAINS else None
    return None if language.startswith("en-ca") else "dmy"


def names_of(element: _Element) -> str:
    """The names that the markup gives the element: class, id and itemprop."""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
