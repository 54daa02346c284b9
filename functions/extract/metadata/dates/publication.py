"""When the article was published and last changed, and whether the page says so or we infer it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from functions.extract.lexicon import load_lines
from functions.extract.metadata.dates.candidates import (
    NAMED_FOR_CHANGE,
    Dated,
    by_machine,
    by_people,
    change_near_headline,
    in_time_elements,
    near_headline,
)
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import inline_text

_NAMED_PUBLISHED = re.compile(
    r"publi[cs]|pub_?date|posted|issued|release_?date|post_?date|reg_?date|ptime|(?:article|content|story|news)[._:-]?date|date[._:-]?created",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/_.]?(0[1-9]|1[0-2])[-/_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_LONGEST_TAIL = 80
_TITLE_PARTS = re.compile(r"\s[|–—-]\s|[|,]\s")


def find_published(declared: Declared, address: str, now: datetime | None = None) -> Dated | None:
    """The publication date: the page's first declaration, given a time of day by another declaration of the same day."""
    now = now or datetime.now(UTC)
    best: Dated | None = None
    for dated in _published(declared, address):
        if not dated.moment.is_possible(now) or (best and (dated.moment.day != best.moment.day or dated.is_weak)):
            continue
        if dated.moment.has_time and not dated.moment.is_midnight:
            return _with_zone(dated, declared)
        best = best or dated
    return best


def _with_zone(dated: Dated, declared: Declared) -> Dated:
    """A wall clock that the page's first meta tags repeat with its zone gets that zone."""
    for other in _in_metas(declared) if dated.moment.lacks_zone else ():
        moment = dated.moment.in_zone_of(other.moment)
        if moment:
            return Dated(moment, f"{dated.source}, zone from {other.source}")
    return dated


def find_modified(declared: Declared, now: datetime | None = None) -> Dated | None:
    """The last declared change."""
    now = now or datetime.now(UTC)
    return next((dated for dated in _modified(declared) if dated.moment.is_possible(now)), None)


def _published(declared: Declared, address: str) -> Iterator[Dated]:
    ld = declared.json_ld
    for key in ("datePublished", "dateCreated"):
        yield from by_machine(_value(declared, declared.article.get(key)), "json-ld")
    yield from _in_metas(declared)
    yield from by_machine(ld.text(ld.page().get("datePublished")), "json-ld")
    for name in declared.meta:
        if _NAMED_PUBLISHED.search(name) and not NAMED_FOR_CHANGE.search(name):
            yield from by_machine(declared.meta[name][0], f"meta {name}")
    for element in declared.properties.get("datepublished", []):
        yield from by_machine(element.get("datetime") or element.get("content") or inline_text(element), "microdata")
    yield from in_time_elements(declared)
    *_, tail = _TITLE_PARTS.split(declared.title)
    if tail is not declared.title and len(tail) <= _LONGEST_TAIL:
        yield from by_people(tail, "title element", declared)
    yield from near_headline(declared)
    match = _IN_ADDRESS.search(address)
    if match:
        yield from (
            Dated(dated.moment, "url", declared=False, is_weak=True)
            for dated in by_machine("-".join(match.groups()), "url")
        )


def _value(declared: Declared, value: object) -> str:
    return str(value) if isinstance(value, int) else declared.json_ld.text(value)


def _in_metas(declared: Declared) -> Iterator[Dated]:
    for name in load_lines("dates/published_metas"):
        for value in declared.meta.get(name, []):
            yield from by_machine(value, f"meta {name}")


def _modified(declared: Declared) -> Iterator[Dated]:
    yield from by_machine(_value(declared, declared.article.get("dateModified")), "json-ld")
    for name in load_lines("dates/modified_metas"):
        for value in declared.meta.get(name, []):
            yield from by_machine(value, f"meta {name}")
    yield from by_machine(declared.json_ld.text(declared.json_ld.page().get("dateModified")), "json-ld")
    for element in declared.properties.get("datemodified", []):
        yield from by_machine(element.get("datetime") or element.get("content") or inline_text(element), "microdata")
    if next(_in_metas(declared), None) is None and not declared.article.get("datePublished"):
        yield from change_near_headline(declared)
