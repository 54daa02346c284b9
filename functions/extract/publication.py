"""When the article was published and last changed, and whether the page says so or we infer it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from lxml.etree import _Element

from functions.extract.declared import Declared
from functions.extract.headline import inline_text
from functions.extract.moments import Moment, read_declared_moment, read_written_moment
from functions.extract.wordlists import load_lines

_DATE_NAMES = re.compile(
    r"date|time|publi|posted|byline|dateline|meta|fecha|datum|stand|info|created|updated|dato|data|ymd|period", re.IGNORECASE
)
_UPDATED = re.compile(
    r"updated?|modif|aktualis|geändert|actuali|atualiz|aggiorn|bijgewerkt|oppdater|opdater|uppdater|päivitet|aktualiz|изменен|обновлен|更新|수정|تحديث|güncel",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/_.]?(0[1-9]|1[0-2])[-/_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_TITLE_PARTS = re.compile(r"\s[|–—-]\s|[|,]\s")
_LONGEST_LINE = 160


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment with the place in the page that it was read from."""

    moment: Moment
    source: str
    declared: bool = True


def find_published(declared: Declared, address: str, now: datetime | None = None) -> Dated | None:
    """The publication date: the page's first declaration, given a time of day by another declaration of the same day."""
    now = now or datetime.now(UTC)
    best: Dated | None = None
    for dated in _published(declared, address):
        if not dated.moment.is_possible(now) or (best and (dated.moment.day != best.moment.day or not dated.declared)):
            continue
        if dated.moment.has_time and not dated.moment.is_midnight:
            return dated
        best = best or dated
    return best


def find_modified(declared: Declared, now: datetime | None = None) -> Dated | None:
    """The last declared change."""
    now = now or datetime.now(UTC)
    return next((dated for dated in _modified(declared) if dated.moment.is_possible(now)), None)


def _published(declared: Declared, address: str) -> Iterator[Dated]:
    ld = declared.json_ld
    for key in ("datePublished", "dateCreated"):
        yield from _dated(ld.text(declared.article.get(key)), "json-ld")
    for name in load_lines("published_metas"):
        for value in declared.meta.get(name, []):
            yield from _dated(value, f"meta {name}")
    yield from _dated(ld.text(ld.page().get("datePublished")), "json-ld")
    for element in declared.properties.get("datepublished", []):
        yield from _dated(element.get("datetime") or element.get("content") or inline_text(element), "microdata")
    yield from _time_elements(declared)
    *_, tail = _TITLE_PARTS.split(declared.title)
    if tail is not declared.title and len(tail) <= _LONGEST_LINE // 2:
        yield from _written(tail, "title element", declared)
    yield from _visible(declared)
    match = _IN_ADDRESS.search(address)
    if match:
        yield from (Dated(dated.moment, "url", declared=False) for dated in _dated("-".join(match.groups()), "url"))


def _modified(declared: Declared) -> Iterator[Dated]:
    yield from _dated(declared.json_ld.text(declared.article.get("dateModified")), "json-ld")
    for name in load_lines("modified_metas"):
        for value in declared.meta.get(name, []):
            yield from _dated(value, f"meta {name}")
    yield from _dated(declared.json_ld.text(declared.json_ld.page().get("dateModified")), "json-ld")
    for element in declared.properties.get("datemodified", []):
        yield from _dated(element.get("datetime") or element.get("content") or inline_text(element), "microdata")


def _dated(text: str, source: str) -> Iterator[Dated]:
    moment = read_declared_moment(text) if text else None
    if moment:
        yield Dated(moment, _source(source, moment))


def _source(source: str, moment: Moment) -> str:
    return f"{source}, zone {moment.zone} is ambiguous" if moment.zone else source


def _time_elements(declared: Declared) -> Iterator[Dated]:
    """`<time>` elements of the page's head part, those marked as publication first, those marked as change never."""
    times = [element for element in declared.times if not _UPDATED.search(_names(element))]
    times.sort(key=lambda element: "pub" not in _names(element).lower() and element.get("pubdate") is None)
    for element in times[:3]:
        yield from _dated(element.get("datetime") or "", "time element")
        yield from _written(inline_text(element), "time element", declared)


def _visible(declared: Declared) -> Iterator[Dated]:
    """Short lines near the headline whose names speak of a date, then any short line near it."""
    heading = declared.headings[0] if declared.headings else None
    following = _after(heading if heading is not None else declared.body)
    for element in following:
        if _DATE_NAMES.search(_names(element)):
            text = inline_text(element)
            if len(text) <= _LONGEST_LINE and not _UPDATED.match(text):
                yield from _written(text, "visible byline", declared)
    for element in following:
        text = inline_text(element)
        if len(text) <= _LONGEST_LINE // 2 and any(map(str.isdigit, text)):
            yield from _written(text, "visible byline", declared)


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


def _written(text: str, source: str, declared: Declared) -> Iterator[Dated]:
    moment = read_written_moment(text, _numeric_order(declared)) if text else None
    if moment:
        yield Dated(moment, _source(source, moment))


def _numeric_order(declared: Declared) -> str | None:
    """How the page's language writes a day in figures; None where its readers write it either way."""
    language = (declared.language or declared.first("og:locale")).lower().replace("_", "-")
    if language.startswith(("en-us", "es-us", "en-ph")):
        return "mdy"
    return None if not language or language == "en" or language.startswith("en-ca") else "dmy"


def _names(element: _Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
