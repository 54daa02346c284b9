"""Who wrote the article: the people that the page declares or shows as its authors, else the agency, else the site."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.etree import XPath, _Element

from functions.extract.lexicon import load_lines, load_words
from functions.extract.metadata.authors.byline_parser import (
    DATES,
    could_be_name,
    distinct,
    folded_name,
    name_of_one,
    opening,
    split_names,
)
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import elements, inline_text
from functions.extract.text import clean

_NAMED = re.compile(
    "author|byline|by-line|writer|autor|auteur|reporter|journalist|signature|firma|penulis|kirjoittaja|skribent",
    re.IGNORECASE,
)
_INNER = XPath(
    ".//*[@rel='author' or @itemprop='name' or @itemprop='author' or contains(@class,'author-name') or contains(@class,'author__name') or"
    " contains(@class,'authorName') or contains(@class,'byline-name') or contains(@class,'byline__name')]"
)
_NOT_AUTHORS = re.compile(
    r"comment|bio\b|biograph|related|share|social|follow|avatar|image|photo|more|list|disclaimer|title\b|job|role|position|twitter|email",
    re.IGNORECASE,
)
_LONGEST_BYLINE = 160
_LONGEST_NAMES = 300
_MOST_SEEN = 40


def find_authors(declared: Declared, sites: Iterable[str], beside: Iterable[list[str]]) -> tuple[list[str], str]:
    """The names in the page's order and where they came from; `beside` are those in lines beside the text."""
    accounts = distinct(_in_json_ld(declared, "author", of_accounts=True))
    known = {folded_name(site) for site in [*sites, *accounts]}
    fallback: tuple[list[str], str] = ([], "")
    for source, names in _declared_names(declared):
        authors = distinct(names)
        people = [name for name in authors if folded_name(name) not in known]
        if people:
            return people, source
        fallback = fallback if fallback[0] else (authors, source if authors else "")
    people = [name for name in distinct(_visible(declared)) if folded_name(name) not in known]
    if people:
        return people, "visible byline"
    for names in beside:
        people = [name for name in distinct(names) if folded_name(name) not in known]
        if people:
            return people, "line beside the text"
    creators = distinct([name for key in ("creator", "contributor") for name in _in_json_ld(declared, key)])
    return next((found for found in ((creators, "json-ld"), (accounts, "json-ld"), fallback) if found[0]), ([], ""))


def _declared_names(declared: Declared) -> Iterable[tuple[str, list[str]]]:
    yield "json-ld", _in_json_ld(declared, "author")
    for name in load_lines("authors/author_metas"):
        yield f"meta {name}", [part for value in declared.meta.get(name, []) for part in split_names(value)]
    label = declared.first("twitter:label1")
    if label and opening().match(f"{label} "):
        yield "meta twitter:data1", split_names(declared.first("twitter:data1"))


def _in_json_ld(declared: Declared, key: str, *, of_accounts: bool = False) -> list[str]:
    """The article's authors; those that are only the account a site publishes with are left for when nobody else is named."""
    items = list(declared.json_ld.items(declared.article.get(key)))
    return [
        name for item in items if _is_account(declared, item) == of_accounts for name in _structured(declared, item)
    ]


def _is_account(declared: Declared, item: object) -> bool:
    address = declared.json_ld.address(item).rstrip("/")
    return "/author/" in address and address.rpartition("/")[2].casefold() in load_words("authors/author_placeholders")


def _structured(declared: Declared, item: object) -> list[str]:
    """The names in one author of JSON-LD: a node has one name, a bare string may list several."""
    if isinstance(item, str):
        return split_names(clean(item))
    if not isinstance(item, dict):
        return []
    name: object = item.get("name")
    if isinstance(name, list):
        return [part for entry in name if isinstance(entry, str) for part in split_names(clean(entry))]
    if isinstance(name, dict):
        return _structured(declared, name)
    text = clean(name) if isinstance(name, str) else ""
    if not text and isinstance(item.get("givenName"), str):
        text = f"{item['givenName']} {item.get('familyName') or ''}".strip()
    return name_of_one(text)


def _visible(declared: Declared) -> list[str]:
    """Names from the first element that says it holds the author, and from its likes beside it."""
    found: list[str] = []
    first: _Element | None = None
    last: _Element | None = None
    for element in islice(_named(declared.body), _MOST_SEEN):
        if first is not None and (not _are_alike(first, element) or _is_inside(element, last)):
            continue
        if _NOT_AUTHORS.search(f"{element.get('class') or ''} {element.get('id') or ''}") or _inside_comment(element):
            continue
        names = _names_of(element)
        if names:
            first, last = (element if first is None else first), element
            found += names
    return found


def _named(body: _Element) -> Iterator[_Element]:
    """Elements that say that they hold an author, by class, relation or property."""
    return (
        element
        for element in body.iter("*")
        if _NAMED.search((element.get("class") or "")[:_LONGEST_NAMES]) or _is_exact(element)
    )


def _is_exact(element: _Element) -> bool:
    return element.get("rel") == "author" or "author" in (element.get("itemprop") or element.get("data-testid") or "")


def _names_of(element: _Element) -> list[str]:
    inner = [text for part in elements(_INNER, element) if 2 < len(text := inline_text(part)) < _LONGEST_BYLINE]
    for texts in (inner, [inline_text(element)]):
        lines = [DATES.split(text)[0] for text in texts if len(text) <= _LONGEST_BYLINE * 2]
        names = [name for line in lines for name in split_names(line) if could_be_name(name)]
        if names:
            return names
    return []


def _are_alike(first: _Element, other: _Element) -> bool:
    """Whether two elements look the same and stand side by side, or each in one of two that do."""
    if any(first.get(name) != other.get(name) for name in ("class", "itemprop", "rel")) or first.tag != other.tag:
        return False
    above, beside = first.getparent(), other.getparent()
    return above is beside or (above is not None and beside is not None and above.getparent() is beside.getparent())


def _is_inside(element: _Element, outer: _Element | None) -> bool:
    return any(ancestor is outer for ancestor in element.iterancestors())


def _inside_comment(element: _Element) -> bool:
    return any("comment" in (ancestor.get("class") or "").lower() for ancestor in element.iterancestors())
