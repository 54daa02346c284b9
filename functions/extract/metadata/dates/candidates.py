"""Dates that people read near the headline, and those that the markup keeps beside them for machines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from lxml.etree import _Element

from functions.extract.lexicon import load_lines
from functions.extract.metadata.dates.parser import Moment, read_declared_moment, read_written_moment
from functions.extract.page.address import host_of
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import inline_text

_DATE_NAMES = re.compile(
    r"date|time|publi|posted|byline|dateline|meta|fecha|datum|stand|info|created|updated|dato|data|ymd|period",
    re.IGNORECASE,
)
NAMED_FOR_CHANGE = re.compile(
    r"updated?|modif|revis|aktualis|actualiz|aggiorn|atualiz|güncel|guncel|changed", re.IGNORECASE
)
_WITH_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*|1\d{9}(?:\d{3})?")
_NOT_MOMENTS = frozenset({"class", "id", "style", "href", "src", "onclick", "data-id"})
_LONGEST_LINE = 160
_DAY_FIRST = frozenset(
    {"uk", "ie", "in", "au", "nz", "za", "ke", "ng", "gh", "ug", "tz", "zw", "pk", "bd", "lk", "sg", "my", "mt"}
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment with the place in the page that it was read from; a weak one says nothing that a better one leaves open."""

    moment: Moment
    source: str
    declared: bool = True
    is_weak: bool = False


def in_time_elements(declared: Declared) -> Iterator[Dated]:
    """`<time>` elements of the page's head part, those marked as publication first, those marked as change never."""
    times = [element for element in declared.times if not NAMED_FOR_CHANGE.search(_names(element))]
    times.sort(key=lambda element: "pub" not in _names(element).lower() and element.get("pubdate") is None)
    for element in times[:3]:
        yield from by_machine(element.get("datetime") or "", "time element")
        yield from _in_attributes(element, "time element")
        yield from by_people(inline_text(element), "time element", declared)


def near_headline(declared: Declared) -> Iterator[Dated]:
    """Short lines near the headline whose names speak of a date, then any short line near it; a change's moment where no other is."""
    named, lines = _places(declared)
    for element in named:
        yield from _in_attributes(element, "visible byline")
        yield from by_people(_line(element), "visible byline", declared)
    for line in lines:
        yield from by_people(line, "visible byline", declared)
    for line in [*map(_line, named), *lines]:
        for dated in _read(line, "visible byline, of a change", declared):
            yield replace(dated, is_weak=True)


def change_near_headline(declared: Declared) -> Iterator[Dated]:
    """The later change that a line near the headline tells beside the publication."""
    named, lines = _places(declared)
    for line in [*map(_line, named), *lines]:
        published, changed = _parted(line)
        if any(map(str.isdigit, published)):
            yield from _read(changed, "visible byline", declared)


def _places(declared: Declared) -> tuple[list[_Element], list[str]]:
    """Elements near the headline that are named for a date, and short lines there with a figure."""
    heading = declared.headings[0] if declared.headings else None
    following = _after(heading if heading is not None else declared.body)
    named = [element for element in following if _DATE_NAMES.search(_names(element))]
    lines = [
        line for element in following if (line := _line(element, _LONGEST_LINE // 2)) and any(map(str.isdigit, line))
    ]
    return (named if heading is None else [*named, *_before(heading)]), lines


def _line(element: _Element, longest: int = _LONGEST_LINE) -> str:
    text = inline_text(element, longest * 2)
    return text if len(text) <= longest else ""


def _before(heading: _Element) -> list[_Element]:
    """The few elements just above the headline that are named for a date."""
    around = heading.getparent()
    beside = [
        *heading.itersiblings(preceding=True),
        *(around.itersiblings(preceding=True) if around is not None else ()),
    ]
    near = [inner for element in beside[:6] if isinstance(element.tag, str) for inner in islice(element.iter(), 12)]
    return [
        element
        for element in near
        if isinstance(element.tag, str) and (element.tag == "time" or _DATE_NAMES.search(_names(element)))
    ]


def _after(element: _Element, most: int = 80) -> list[_Element]:
    """The elements that follow in reading order, inside or after `element`."""
    return [
        follower
        for follower in islice(_following(element), most * 2)
        if isinstance(follower.tag, str) and follower.tag not in {"script", "style"}
    ][:most]


def _following(element: _Element) -> Iterator[_Element]:
    yield from element.iterdescendants()
    current: _Element | None = element
    while current is not None:
        for sibling in current.itersiblings():
            yield from sibling.iter()
        current = current.getparent()


def _in_attributes(element: _Element, source: str) -> Iterator[Dated]:
    """Moments that scripts turn into "two days ago"."""
    for name, value in element.items():
        if (
            str(name) not in _NOT_MOMENTS
            and not NAMED_FOR_CHANGE.search(str(name))
            and _WITH_TIME.fullmatch(str(value).strip())
        ):
            yield from by_machine(str(value), source)


def by_machine(text: str, source: str) -> Iterator[Dated]:
    """The moment of a value made for machines, if it is one."""
    moment = read_declared_moment(text) if text else None
    if moment:
        yield Dated(moment, _source(source, moment))


def by_people(line: str, source: str, declared: Declared) -> Iterator[Dated]:
    """The moment of publication in a line for people, if it says one."""
    yield from _read(_parted(line)[0], source, declared)


def _read(line: str, source: str, declared: Declared) -> Iterator[Dated]:
    moment = read_written_moment(line, _numeric_order(declared)) if line else None
    if moment:
        yield Dated(moment, _source(source, moment))


def _source(source: str, moment: Moment) -> str:
    return f"{source}, zone {moment.zone} is ambiguous" if moment.zone else source


def _parted(line: str) -> tuple[str, str]:
    """What the line says of publication, and what it says of a later change."""
    if not any(map(str.isdigit, line)):
        return "", ""
    parts: tuple[list[str], list[str]] = ([], [])
    place, changed = 0, False
    for match in _moment_words().finditer(line):
        parts[changed].append(line[place : match.start()])
        place, changed = match.end(), match["change"] is not None
    parts[changed].append(line[place:])
    return " ".join(parts[0]), " ".join(parts[1])


@cache
def _moment_words() -> re.Pattern[str]:
    listed = {
        name: "|".join(f"(?:{words})" for words in load_lines(name))
        for name in ("dates/update_words", "dates/publication_words")
    }
    return re.compile(
        rf"(?<!\w)(?:(?P<change>{listed['dates/update_words']})|{listed['dates/publication_words']})", re.IGNORECASE
    )


def _numeric_order(declared: Declared) -> str | None:
    """How the page's language writes a day in figures; None where its readers write it either way."""
    language = (declared.language or declared.first("og:locale")).lower().replace("_", "-")
    if language.startswith(("en-us", "es-us", "en-ph")):
        return "mdy"
    if not language or language == "en":
        return "dmy" if host_of(declared.address).rpartition(".")[2] in _DAY_FIRST else None
    return None if language.startswith("en-ca") else "dmy"


def _names(element: _Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
