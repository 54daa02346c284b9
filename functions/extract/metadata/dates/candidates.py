"""Moments of publication and change in values for machines and in lines for people, each with its source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from typing import NamedTuple

from functions.extract.lexicon import load_lines
from functions.extract.metadata.dates.moment import Moment
from functions.extract.metadata.dates.parser import parse_machine_date, parse_text_date
from functions.extract.metadata.dates.patterns import NUMERIC_DATE
from functions.extract.metadata.dates.surroundings import HeadlineSurroundings, headline_surroundings
from functions.extract.page.address import host_of
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import texts

DAY_FIRST_DOMAINS = frozenset(
    {"uk", "ie", "in", "au", "nz", "za", "ke", "ng", "gh", "ug", "tz", "zw", "pk", "bd", "lk", "sg", "my", "mt"}
)
REGION_IN_ADDRESS = re.compile(r"//[^/]+/(?P<language>en[-_](?:us|gb|uk|au|in|ie|nz|za))(?:/|$)", re.IGNORECASE)
MAX_TEXT_RUNS = 3_000  # runs of text in which other days in figures are looked for, a bound on the time
MAX_NUMERIC_RUN = 40  # characters; a longer run is prose
MONTHS = 12  # of a year


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


@dataclass
class DatedPage:
    """What the rules of dates look at; what is dear to find is found when a rule first asks for it."""

    declared: Declared
    address: str = ""
    title: str = ""
    language: str = ""

    @cached_property
    def near(self) -> HeadlineSurroundings:
        return headline_surroundings(self.declared, self.title)

    @cached_property
    def order(self) -> str | None:
        return numeric_order(self)


def machine_candidates(text: str, source: str) -> Iterator[DateCandidate]:
    """The moment of a value made for machines, if it is one."""
    moment = parse_machine_date(text) if text else None
    if moment:
        yield DateCandidate(moment, source_with_zone(source, moment))


def text_candidates(line: str, source: str, page: DatedPage) -> Iterator[DateCandidate]:
    """The moment of publication in a line for people, if it says one."""
    yield from candidates_of_line(split_published_and_changed(line).published, source, page)


def candidates_of_line(line: str, source: str, page: DatedPage) -> Iterator[DateCandidate]:
    """The first moment in a line for people, whatever it says of it."""
    if not any(map(str.isdigit, line)):
        return
    moment = parse_text_date(line, page.order)
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
    return re.compile(rf"(?<!\w)(?:(?P<change>{update_words})|(?P<publication>{publication_words}))", re.IGNORECASE)


def numeric_order(page: DatedPage) -> str | None:
    """How the page writes a day in figures: by its region, its language, or another day in figures.

    None where all of these leave it open.
    """
    declared = page.declared
    region = REGION_IN_ADDRESS.search(declared.address)
    language = declared.language or declared.first("og:locale") or (region["language"] if region else page.language)
    language = language.lower().replace("_", "-")
    if language.startswith(("en-us", "es-us", "en-ph")):
        return "mdy"
    if language and language != "en" and not language.startswith("en-ca"):
        return "dmy"
    if host_of(declared.address).rpartition(".")[2] in DAY_FIRST_DOMAINS:
        return "dmy"
    return order_of_other_days(declared)


def order_of_other_days(declared: Declared) -> str | None:
    """The order of the first day in figures on the page that has only one: "25/12/2023"."""
    for text in islice(texts(declared.body), MAX_TEXT_RUNS):
        match = NUMERIC_DATE.search(text) if len(text) <= MAX_NUMERIC_RUN else None
        if match and match["mark"] != "." and max(int(match["first"]), int(match["second"])) > MONTHS:
            return "dmy" if int(match["first"]) > MONTHS else "mdy"
    return None
