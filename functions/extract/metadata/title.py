"""The headline a reader sees: what most of the page's declarations agree on, without the site's name."""

import re
import unicodedata
from collections.abc import Iterable

from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import inline_text

_SEPARATOR = re.compile(r"\s+[|｜\-–—·•:»›/]+\s+|\s*[|｜]\s*")
_FOLD = re.compile(r"[\W_]+")
_WEIGHTS = {"json-ld": 5.0, "meta og:title": 2.0, "visible h1": 1.0, "meta twitter:title": 0.5, "title element": 0.5}
_DOUBTED = 0.4
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")
_COLON = re.compile(r"\s*[:：]\s+")
_WORDS = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2,}")
_SHORTEST = 15


def find_headline(declared: Declared, sites: Iterable[str]) -> tuple[str, str]:
    """The headline and where it came from, both empty where the page names none."""
    known = {_folded(site) for site in sites if site}
    offered = [(source, _without_site(text, known)) for source, text in _offers(declared)]
    offered = [
        (source, _shortest(text, offered)) for source, text in offered if _folded(text) and _folded(text) not in known
    ]
    if not offered:
        return "", ""
    source, text = _elected(offered)
    text, source = _whole(text, source, offered)
    return unicodedata.normalize("NFC", _common_tail(text, offered)), source


def _elected(offered: list[tuple[str, str]]) -> tuple[str, str]:
    """What the page declares for machines that index articles wins, unless it speaks of something else than all the rest."""
    votes: dict[str, float] = {}
    for source, text in offered:
        weight = _WEIGHTS[source] * (_DOUBTED if source == "json-ld" and _is_alone(text, offered) else 1)
        votes[_folded(text)] = votes.get(_folded(text), 0) + weight
    elected = max(votes, key=votes.__getitem__)
    return next((source, text) for source, text in offered if _folded(text) == elected)


def _is_alone(text: str, offered: list[tuple[str, str]]) -> bool:
    """Whether no other offer has a word of this one, or in scripts without spaces no pair of letters."""
    pieces = _pieces(text)
    others = [other for _, other in offered if other != text]
    return len(others) > 1 and bool(pieces) and all(pieces.isdisjoint(_pieces(other)) for other in others)


def _pieces(text: str) -> set[str]:
    words = [word for word in _WORDS.findall(text.casefold()) if len(word) > 3]
    return set(words) | {letters[at : at + 2] for letters in _UNSPACED.findall(text) for at in range(len(letters) - 1)}


def _whole(text: str, source: str, offered: list[tuple[str, str]]) -> tuple[str, str]:
    """The offer that goes on where this one is cut off."""
    opening = _CUT_OFF.sub("", text)
    if opening == text:
        return text, source
    longer = (
        (other, where)
        for where, other in offered
        if not _CUT_OFF.search(other) and _folded(other).startswith(_folded(opening))
    )
    return next(longer, (text, source))


def _common_tail(text: str, offered: list[tuple[str, str]]) -> str:
    """The headline alone, where the page shows it under another kicker than it declares."""
    shown = next((other for source, other in offered if source == "visible h1"), "")
    kicker = _SEPARATOR.search(text) or _COLON.search(text)
    tail = text[kicker.end() :] if kicker else ""
    if len(tail) <= _SHORTEST or not shown.endswith(tail) or text in shown or shown == tail:
        return text
    before = shown[: -len(tail)]
    apart = before.endswith((": ", " - ", " – ", " — ", " | ", " • ")) and _pieces(before).isdisjoint(
        _pieces(text[: -len(tail)])
    )
    return tail if apart else text


def _offers(declared: Declared) -> list[tuple[str, str]]:
    offers = [
        ("visible h1", _visible(declared)),
        (
            "json-ld",
            declared.json_ld.text(declared.article.get("headline"))
            or declared.json_ld.text(declared.article.get("name")),
        ),
        ("meta og:title", declared.first("og:title")),
        ("meta twitter:title", declared.first("twitter:title")),
        ("title element", declared.title),
    ]
    return [(source, text) for source, text in offers if text]


def _visible(declared: Declared) -> str:
    """The h1 that other declarations repeat, else the only one, else the longest; without one, what microdata calls the headline."""
    texts = [
        text
        for heading in declared.headings or declared.properties.get("headline", [])[:1]
        if (text := inline_text(heading))
    ]
    others = _folded(
        " ".join([declared.first("og:title"), declared.title, declared.json_ld.text(declared.article.get("headline"))])
    )
    repeated = [text for text in texts if len(text) > 8 and _folded(text) in others]
    return (repeated or sorted(texts, key=len, reverse=True) or [""])[0]


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
        if (
            len(other) > _SHORTEST
            and len(other) < len(text)
            and text.startswith(other)
            and _SEPARATOR.match(text, len(other))
        ):
            return other
    return text


def _folded(text: str) -> str:
    return _FOLD.sub("", unicodedata.normalize("NFKC", text).casefold())
