"""The headline a reader sees: what most of the page's declarations agree on, without the site's name."""

import re
import unicodedata
from collections.abc import Iterable

from lxml.etree import _Element

from functions.extract.declared import Declared
from functions.extract.dom import texts
from functions.extract.json_ld import clean

_SEPARATOR = re.compile(r"\s+[|｜\-–—·•:»›/]+\s+|\s*[|｜]\s*")
_OPENS = re.compile(r"[\w\"'«„“‘(¿¡]")
_CLOSES = re.compile(r"[^\W\u3040-\u9fff]$|[.!?:»”\"']$")
_LONGEST_LINE = 5_000
_FOLD = re.compile(r"[\W_]+")
_WEIGHTS = {"json-ld": 4.0, "meta og:title": 2.0, "visible h1": 1.0, "meta twitter:title": 0.5, "title element": 0.5}


def find_headline(declared: Declared, sites: Iterable[str]) -> tuple[str, str]:
    """The headline and where it came from, both empty where the page names none."""
    known = {_folded(site) for site in sites if site}
    offered = [(source, _without_site(text, known)) for source, text in _offers(declared)]
    offered = [(source, _shortest(text, offered)) for source, text in offered if _folded(text) and _folded(text) not in known]
    votes: dict[str, float] = {}
    for source, text in offered:
        votes[_folded(text)] = votes.get(_folded(text), 0) + _WEIGHTS[source]
    if not votes:
        return "", ""
    elected = max(votes, key=votes.__getitem__)
    source, text = next((source, text) for source, text in offered if _folded(text) == elected)
    return unicodedata.normalize("NFC", text), source


def _offers(declared: Declared) -> list[tuple[str, str]]:
    offers = [
        ("visible h1", _visible(declared)),
        ("json-ld", declared.json_ld.text(declared.article.get("headline")) or declared.json_ld.text(declared.article.get("name"))),
        ("meta og:title", declared.first("og:title")),
        ("meta twitter:title", declared.first("twitter:title")),
        ("title element", declared.title),
    ]
    return [(source, text) for source, text in offers if text]


def _visible(declared: Declared) -> str:
    """The h1 that other declarations repeat, else the only one, else the longest."""
    texts = [text for heading in declared.headings if (text := inline_text(heading))]
    others = _folded(" ".join([declared.first("og:title"), declared.title, declared.json_ld.text(declared.article.get("headline"))]))
    repeated = [text for text in texts if len(text) > 8 and _folded(text) in others]
    return (repeated or sorted(texts, key=len, reverse=True) or [""])[0]


def inline_text(element: _Element) -> str:
    """The element's text; parts that only the layout keeps apart get a space between them."""
    parts: list[str] = []
    length = 0
    for part in texts(element):
        if parts and _OPENS.match(part) and _CLOSES.search(parts[-1][-2:]):
            parts.append(" ")
        parts.append(part)
        length += len(part)
        if length > _LONGEST_LINE:
            break
    return clean("".join(parts))


def _without_site(text: str, known: set[str]) -> str:
    """The text without leading or trailing parts that name the site."""
    while True:
        parts = list(_SEPARATOR.finditer(text))
        if parts and _folded(text[parts[-1].end() :]) in known:
            text = text[: parts[-1].start()]
        elif parts and _folded(text[: parts[0].start()]) in known:
            text = text[parts[0].end() :]
        elif (colon := text.find(": ")) > 0 and _folded(text[:colon]) in known:
            text = text[colon + 2 :]
        else:
            return text.strip()


def _shortest(text: str, offered: list[tuple[str, str]]) -> str:
    """Another offer that this one only adds a separated tail to."""
    for _, other in offered:
        if len(other) > 15 and len(other) < len(text) and text.startswith(other) and _SEPARATOR.match(text, len(other)):
            return other
    return text


def _folded(text: str) -> str:
    return _FOLD.sub("", unicodedata.normalize("NFKC", text).casefold())
