"""The headline a reader sees: what most of the page's declarations agree on, without the site's name."""

import re
import unicodedata
from collections.abc import Iterable

from functions.extract.found import Found
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import inline_text

SEPARATOR = re.compile(r"\s+[|｜\-–—·•:»›/]+\s+|\s*[|｜]\s*")
FOLDED_AWAY = re.compile(r"[\W_]+")
WEIGHTS = {"json-ld": 5.0, "meta og:title": 2.0, "visible h1": 1.0, "meta twitter:title": 0.5, "title element": 0.5}
DOUBTED = 0.4  # what is left of the weight of a JSON-LD headline that shares no word with the rest (by judgement)
CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")
COLON = re.compile(r"\s*[:：]\s+")
WORDS = re.compile(r"[^\W_]+")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2,}")
MIN_HEADLINE = 15  # letters; what is shorter is a kicker or a section (by judgement)
MIN_REPEATED = 9  # letters of an h1 that count as repeated where another declaration holds them
MIN_WORD = 4  # letters of a word that two texts must share to speak of one thing


def find_title(declared: Declared, sites: Iterable[str]) -> Found[str]:
    """The headline, empty where the page names none."""
    known = {folded_title(site) for site in sites if site}
    offered = [(source, without_site_name(text, known)) for source, text in title_candidates(declared)]
    offered = [
        (source, without_tail(text, offered))
        for source, text in offered
        if folded_title(text) and folded_title(text) not in known
    ]
    if not offered:
        return Found("", "")
    source, text = elect_title(offered)
    text, source = complete_title(text, source, offered)
    return Found(unicodedata.normalize("NFC", without_kicker(text, offered)), source)


def elect_title(offered: list[tuple[str, str]]) -> tuple[str, str]:
    """What the page declares for machines that index articles wins, unless it speaks of something else than all the rest."""
    votes: dict[str, float] = {}
    for source, text in offered:
        weight = WEIGHTS[source] * (DOUBTED if source == "json-ld" and speaks_of_something_else(text, offered) else 1)
        votes[folded_title(text)] = votes.get(folded_title(text), 0) + weight
    elected = max(votes, key=votes.__getitem__)
    return next((source, text) for source, text in offered if folded_title(text) == elected)


def speaks_of_something_else(text: str, offered: list[tuple[str, str]]) -> bool:
    """Whether no other offer has a word of this one, or in scripts without spaces no pair of letters."""
    pieces = word_pieces(text)
    others = [other for _, other in offered if other != text]
    return len(others) > 1 and bool(pieces) and all(pieces.isdisjoint(word_pieces(other)) for other in others)


def word_pieces(text: str) -> set[str]:
    words = [word for word in WORDS.findall(text.casefold()) if len(word) >= MIN_WORD]
    return set(words) | {letters[at : at + 2] for letters in UNSPACED.findall(text) for at in range(len(letters) - 1)}


def complete_title(text: str, source: str, offered: list[tuple[str, str]]) -> tuple[str, str]:
    """The offer that goes on where this one is cut off."""
    opening = CUT_OFF.sub("", text)
    if opening == text:
        return text, source
    longer = (
        (other, where)
        for where, other in offered
        if not CUT_OFF.search(other) and folded_title(other).startswith(folded_title(opening))
    )
    return next(longer, (text, source))


def without_kicker(text: str, offered: list[tuple[str, str]]) -> str:
    """The headline alone, where the page shows it under another kicker than it declares."""
    shown = next((other for source, other in offered if source == "visible h1"), "")
    kicker = SEPARATOR.search(text) or COLON.search(text)
    tail = text[kicker.end() :] if kicker else ""
    if len(tail) <= MIN_HEADLINE or not shown.endswith(tail) or text in shown or shown == tail:
        return text
    before = shown[: -len(tail)]
    apart = before.endswith((": ", " - ", " – ", " — ", " | ", " • ")) and word_pieces(before).isdisjoint(
        word_pieces(text[: -len(tail)])
    )
    return tail if apart else text


def title_candidates(declared: Declared) -> list[tuple[str, str]]:
    offers = [
        ("visible h1", visible_title(declared)),
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


def visible_title(declared: Declared) -> str:
    """The h1 that other declarations repeat, else the only one, else the longest; without one, what microdata calls the headline."""
    texts = [
        text
        for heading in declared.headings or declared.properties.get("headline", [])[:1]
        if (text := inline_text(heading))
    ]
    others = folded_title(
        " ".join([declared.first("og:title"), declared.title, declared.json_ld.text(declared.article.get("headline"))])
    )
    repeated = [text for text in texts if len(text) >= MIN_REPEATED and folded_title(text) in others]
    return (repeated or sorted(texts, key=len, reverse=True) or [""])[0]


def without_site_name(text: str, known: set[str]) -> str:
    """The text without leading or trailing parts that name the site."""
    while True:
        parts = list(SEPARATOR.finditer(text))
        if parts and folded_title(text[parts[-1].end() :]) in known:
            text = text[: parts[-1].start()]
        elif parts and folded_title(text[: parts[0].start()]) in known:
            text = text[parts[0].end() :]
        elif (colon := text.find(": ")) > 0 and folded_title(text[:colon]) in known:
            text = text[colon + 2 :]
        else:
            return text.strip()


def without_tail(text: str, offered: list[tuple[str, str]]) -> str:
    """Another offer that this one only adds a separated tail to."""
    for _, other in offered:
        if (
            len(other) > MIN_HEADLINE
            and len(other) < len(text)
            and text.startswith(other)
            and SEPARATOR.match(text, len(other))
        ):
            return other
    return text


def folded_title(text: str) -> str:
    return FOLDED_AWAY.sub("", unicodedata.normalize("NFKC", text).casefold())
