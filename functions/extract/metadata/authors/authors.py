"""Who wrote the article: the people that the page declares or shows as its authors, else the agency, else the site."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.etree import XPath, _Element

from functions.extract.found import Found
from functions.extract.lexicon import load_lines, load_words
from functions.extract.metadata.authors.byline_parser import (
    DATES,
    byline_opening,
    could_be_name,
    distinct_names,
    folded_name,
    parse_byline,
    parse_declared_name,
)
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import elements, inline_text
from functions.extract.text import clean

AUTHOR_CLASSES = re.compile(
    "author|byline|by-line|writer|autor|auteur|reporter|journalist|signature|firma|penulis|kirjoittaja|skribent",
    re.IGNORECASE,
)
NAMES_INSIDE = XPath(
    ".//*[@rel='author' or @itemprop='name' or @itemprop='author' or contains(@class,'author-name')"
    " or contains(@class,'author__name') or contains(@class,'authorName') or contains(@class,'byline-name')"
    " or contains(@class,'byline__name')]"
)
NOT_AUTHOR_CLASSES = re.compile(
    r"comment|bio\b|biograph|related|share|social|follow|avatar|image|photo|more|list|disclaimer"
    r"|title\b|job|role|position|twitter|email",
    re.IGNORECASE,
)
MAX_BYLINE = 160
MAX_CLASSES = 300
MAX_ELEMENTS = 40


def find_authors(declared: Declared, sites: Iterable[str], beside: Iterable[list[str]]) -> Found[list[str]]:
    """The names in the page's order; `beside` are those in lines beside the text."""
    accounts = distinct_names(names_in_json_ld(declared, "author", of_accounts=True))
    known = {folded_name(site) for site in [*sites, *accounts]}
    fallback: Found[list[str]] = Found([], "")
    for source, names in declared_names(declared):
        authors = distinct_names(names)
        people = [name for name in authors if folded_name(name) not in known]
        if people:
            return Found(people, source)
        fallback = fallback if fallback.value else Found(authors, source if authors else "")
    people = [name for name in distinct_names(visible_names(declared)) if folded_name(name) not in known]
    if people:
        return Found(people, "visible byline")
    for names in beside:
        people = [name for name in distinct_names(names) if folded_name(name) not in known]
        if people:
            return Found(people, "line beside the text")
    creators = distinct_names([name for key in ("creator", "contributor") for name in names_in_json_ld(declared, key)])
    last_resorts = (Found(creators, "json-ld"), Found(accounts, "json-ld"), fallback)
    return next((found for found in last_resorts if found.value), fallback)


def declared_names(declared: Declared) -> Iterable[tuple[str, list[str]]]:
    yield "json-ld", names_in_json_ld(declared, "author")
    for name in load_lines("authors/author_metas"):
        yield f"meta {name}", [part for value in declared.meta.get(name, []) for part in parse_byline(value)]
    label = declared.first("twitter:label1")
    if label and byline_opening().match(f"{label} "):
        yield "meta twitter:data1", parse_byline(declared.first("twitter:data1"))


def names_in_json_ld(declared: Declared, key: str, *, of_accounts: bool = False) -> list[str]:
    """The names under one key of the article; accounts that a site publishes with apart, for when nobody else is named."""
    items = list(declared.json_ld.items(declared.article.get(key)))
    return [
        name
        for item in items
        if is_site_account(declared, item) == of_accounts
        for name in names_of_json_ld_author(declared, item)
    ]


def is_site_account(declared: Declared, item: object) -> bool:
    address = declared.json_ld.address(item).rstrip("/")
    return "/author/" in address and address.rpartition("/")[2].casefold() in load_words("authors/author_placeholders")


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


def visible_names(declared: Declared) -> list[str]:
    """Names from the first element that says it holds the author, and from its likes beside it."""
    found: list[str] = []
    first: _Element | None = None
    last: _Element | None = None
    for element in islice(author_elements(declared.body), MAX_ELEMENTS):
        if first is not None and (not are_alike(first, element) or is_inside(element, last)):
            continue
        if NOT_AUTHOR_CLASSES.search(f"{element.get('class') or ''} {element.get('id') or ''}") or is_inside_comment(
            element
        ):
            continue
        names = names_in_element(element)
        if names:
            first, last = (element if first is None else first), element
            found += names
    return found


def author_elements(body: _Element) -> Iterator[_Element]:
    """Elements that say that they hold an author, by class, relation or property."""
    return (
        element
        for element in body.iter("*")
        if AUTHOR_CLASSES.search((element.get("class") or "")[:MAX_CLASSES]) or is_declared_author(element)
    )


def is_declared_author(element: _Element) -> bool:
    return element.get("rel") == "author" or "author" in (element.get("itemprop") or element.get("data-testid") or "")


def names_in_element(element: _Element) -> list[str]:
    inner = [text for part in elements(NAMES_INSIDE, element) if 2 < len(text := inline_text(part)) < MAX_BYLINE]
    for texts in (inner, [inline_text(element)]):
        lines = [DATES.split(text)[0] for text in texts if len(text) <= MAX_BYLINE * 2]
        names = [name for line in lines for name in parse_byline(line) if could_be_name(name)]
        if names:
            return names
    return []


def are_alike(first: _Element, other: _Element) -> bool:
    """Whether two elements look the same and stand side by side, or each in one of two that do."""
    if any(first.get(name) != other.get(name) for name in ("class", "itemprop", "rel")) or first.tag != other.tag:
        return False
    above, beside = first.getparent(), other.getparent()
    return above is beside or (above is not None and beside is not None and above.getparent() is beside.getparent())


def is_inside(element: _Element, outer: _Element | None) -> bool:
    return any(ancestor is outer for ancestor in element.iterancestors())


def is_inside_comment(element: _Element) -> bool:
    return any("comment" in (ancestor.get("class") or "").lower() for ancestor in element.iterancestors())
