"""Dates that people read near the headline, and those that the markup keeps beside them for machines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from lxml.etree import _Element

from functions.extract.metadata.dates.candidates import (
    DateCandidate,
    DatedPage,
    candidates_of_line,
    machine_candidates,
    publication_and_update_words,
    split_published_and_changed,
    text_candidates,
)
from functions.extract.page.lxml_queries import inline_text

NAMED_FOR_DATE = re.compile(
    r"date|time|publi|posted|byline|dateline|meta|fecha|datum|stand|info|created|updated|dato|data|ymd|period|author",
    re.IGNORECASE,
)
NAMED_FOR_CHANGE = re.compile(
    r"updated?|modif|revis|aktualis|actualiz|aggiorn|atualiz|güncel|guncel|changed|last[_.-]?publ|review", re.IGNORECASE
)
MACHINE_VALUE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*|1\d{9}(?:\d{3})?")  # of an attribute of any name
NOT_DATE_ATTRIBUTES = frozenset({"class", "id", "style", "href", "src", "onclick", "data-id"})
OPENING_DATE = re.compile(r"^(?P<opening>[^–—|•]{6,60}?\d)\s*+(?:Uhr)?\s*+[-–—|•:)]\s")  # "27.1.2022 - The board …"
MAX_NAMED_LINE = 160  # characters of an element named for a date; by judgement, bylines with two moments have 100
MAX_PLAIN_LINE = 80  # characters of any other line; by judgement, longer ones are prose that tells of a day
MAX_LINE_BEFORE = 40  # characters of a line above the headline; longer ones belong to other things
MAX_PARAGRAPH = 400  # characters of an opening paragraph that are read for a date before its first dash
MAX_TIME_ELEMENTS = 3  # those after the first few belong to other articles
MAX_AROUND_FIGURE = 2  # elements around a date in which the word for publication may stand: a row, a list of facts
MAX_ELEMENTS = 4_000  # elements of a page in which a line that speaks of publication is looked for


def dates_in_time_elements(page: DatedPage) -> Iterator[DateCandidate]:
    """The first `<time>` elements, those near the headline first, of these those marked as publication first.

    What is marked as a change is left out, and what stands in a teaser of another article.
    """
    times = [element for element in page.declared.times if not is_named_for_change(element)]
    times.sort(key=lambda element: (element not in page.near.near, not is_marked_as_publication(element)))
    own = (element for element in times if not page.near.is_in_teaser(element))
    for element in islice(own, MAX_TIME_ELEMENTS):
        yield from machine_candidates(element.get("datetime") or "", "time element")
        yield from dates_in_attributes(element, "time element")
        yield from text_candidates(inline_text(element), "time element", page)


def dates_near_headline(page: DatedPage) -> Iterator[DateCandidate]:
    """Dates of elements near the headline that are named for one, then of any short line there.

    The moment of a change comes last, as a weak candidate: it counts where the page shows no other.
    """
    for element in own_elements(page, named_elements(page)):
        yield from dates_in_attributes(element, "visible byline")
        yield from text_candidates(short_line(element), "visible byline", page)
    for element in own_elements(page, page.near.after):
        yield from text_candidates(short_line(element, MAX_PLAIN_LINE), "visible byline", page)
    for element in page.near.after:
        yield from text_candidates(short_tail(element), "visible byline", page)
    for element in own_elements(page, page.near.before):
        yield from text_candidates(short_line(element, MAX_LINE_BEFORE), "visible byline", page)
    for line in lines_near_headline(page):
        for candidate in candidates_of_line(line, "visible byline, of a change", page):
            yield replace(candidate, is_weak=True)


def dates_opening_paragraphs(page: DatedPage) -> Iterator[DateCandidate]:
    """A date before the first dash or bar of a paragraph near the headline: "27.1.2022 - The board voted …"."""
    for element in page.near.after:
        if element.tag in {"p", "div"}:
            match = OPENING_DATE.match(inline_text(element, MAX_PARAGRAPH)[:MAX_PARAGRAPH])
            if match:
                yield from text_candidates(match["opening"], "dateline", page)


def dates_in_lines_of_publication(page: DatedPage) -> Iterator[DateCandidate]:
    """A short line anywhere on the page that speaks of publication: "First published on 14 March 2024"."""
    for element in elements_with_figures(page):
        line = short_line(element, MAX_PLAIN_LINE)
        words = publication_and_update_words().search(line) if line else None
        if words and words["publication"] and not page.near.is_in_teaser(element):
            yield from text_candidates(line, "line about publication", page)


def elements_with_figures(page: DatedPage) -> Iterator[_Element]:
    """Elements whose text has a figure, each followed by the ones just around it."""
    for element in islice(page.declared.body.iter(), MAX_ELEMENTS):
        own = (element.text or "") if isinstance(element.tag, str) else ""
        if any(map(str.isdigit, own[:MAX_PLAIN_LINE])) or any(map(str.isdigit, (element.tail or "")[:MAX_PLAIN_LINE])):
            yield element
            yield from islice(element.iterancestors(), MAX_AROUND_FIGURE)


def changes_near_headline(page: DatedPage) -> Iterator[DateCandidate]:
    """The later change that a line near the headline tells beside the publication."""
    for line in lines_near_headline(page):
        parts = split_published_and_changed(line)
        if any(map(str.isdigit, parts.published)):
            yield from candidates_of_line(parts.changed, "visible byline", page)


def named_elements(page: DatedPage) -> list[_Element]:
    """Elements near the headline that are named for a date, those after it first."""
    return [
        element
        for element in (*page.near.after, *page.near.before)
        if element.tag == "time" or NAMED_FOR_DATE.search(names_of(element))
    ]


def own_elements(page: DatedPage, elements: Iterable[_Element]) -> Iterator[_Element]:
    """Those that hold a figure and stand in no teaser of another article."""
    for element in elements:
        if any(map(str.isdigit, short_line(element))) and not page.near.is_in_teaser(element):
            yield element


def lines_near_headline(page: DatedPage) -> list[str]:
    """Lines of the elements named for a date, then any short line after the headline."""
    return [
        *(short_line(element) for element in own_elements(page, named_elements(page))),
        *(short_line(element, MAX_PLAIN_LINE) for element in own_elements(page, page.near.after)),
    ]


def short_line(element: _Element, longest: int = MAX_NAMED_LINE) -> str:
    """The element's text, empty where it is longer than a line of that many characters."""
    text = inline_text(element, longest * 2)
    return text if len(text) <= longest else ""


def short_tail(element: _Element) -> str:
    """A short line with a figure that follows the element without one of its own: `<h1>Title</h1> 14 March 2024`."""
    tail = (element.tail or "")[: MAX_LINE_BEFORE * 2].strip()
    return tail if len(tail) <= MAX_LINE_BEFORE else ""


def dates_in_attributes(element: _Element, source: str) -> Iterator[DateCandidate]:
    """Moments in attributes, which scripts turn into "two days ago"."""
    for name, value in element.items():
        if (
            str(name) not in NOT_DATE_ATTRIBUTES
            and not NAMED_FOR_CHANGE.search(str(name))
            and MACHINE_VALUE.fullmatch(str(value).strip())
        ):
            yield from machine_candidates(str(value), source)


def is_named_for_change(element: _Element) -> bool:
    """Whether the names of an element speak of a change and not of publication too, as "published updated" does."""
    names = names_of(element)
    return NAMED_FOR_CHANGE.search(names) is not None and "publi" not in names.lower()


def is_marked_as_publication(element: _Element) -> bool:
    """Whether its names or a `pubdate` attribute say that this is the moment of publication."""
    return "pub" in names_of(element).lower() or element.get("pubdate") is not None


def names_of(element: _Element) -> str:
    """The names that the markup gives the element: class, id and itemprop."""
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
