"""Countries and a few great cities by list, in any script, also in another case in Cyrillic."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from functions.enrich.lexicon import load_lines
from shared.domain.documents import NameKind

CYRILLIC_WITH_CASES = frozenset(["ru", "uk", "bg", "sr", "mk", "be"])
_CASE_ENDING = re.compile(r"[аеёиоуыэюяйьъіїє]{0,2}$")
_INDECLINABLE = re.compile("[оуиюеэ]$")  # Перу, Конго, Чили: the same in every case
_ENDINGS = r"[аеёиоуыэюяйьіїємхв]{0,3}"
_UNSPACED = frozenset(["zh", "ja", "th"])


class ListedName(NamedTuple):
    """One place where a text has a listed name, or one that its surroundings give away."""

    text: str
    kind: NameKind


def find_countries(text: str, code: str) -> Iterator[ListedName]:
    pattern, names = country_pattern(code)
    if pattern:
        for match in pattern.finditer(text):
            yield ListedName(names[match["stem"] or match["name"]], "place")


def listed_country(name: str, language: str) -> str:
    """The form of the list for a country in another case, `Россия` for `России`.

    Nothing where it is no other form of a listed one.
    """
    pattern, names = country_pattern(language)
    match = pattern.fullmatch(name) if pattern else None
    listed = names[match["stem"] or match["name"]] if match else ""
    return "" if listed == name else listed


@cache
def listed_countries(code: str) -> tuple[str, ...]:
    """The language's names of countries and great cities."""
    rows = (line.partition(": ") for line in load_lines("countries"))
    names = next((names for language, _, names in rows if language == code), "")
    return tuple(filter(None, names.split("|")))


@cache
def country_pattern(code: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """Matches the language's names of countries; and the listed name by what stands in the text."""
    listed = listed_countries(code)
    if not listed:
        return None, {}
    inflected = {
        name for name in listed if code in CYRILLIC_WITH_CASES and " " not in name and not _INDECLINABLE.search(name)
    }
    names = {_CASE_ENDING.sub("", name) if name in inflected else name: name for name in listed}
    choice = alternatives(names)
    if code in _UNSPACED:
        return re.compile(f"(?P<stem>)(?P<name>{choice})"), names
    prefix = "(?:[وبلكف])?" if code in {"ar", "fa", "ur"} else ""
    tail = r"(?:[은는이가을를의에와과도로]|에서|으로)?" if code == "ko" else ""
    stems = alternatives([stem for stem, name in names.items() if name in inflected]) or "(?!)"
    return re.compile(
        rf"(?<!\w)(?<!-){prefix}(?:(?P<stem>{stems}){_ENDINGS}|(?P<name>{choice}){tail})(?!\w)(?!-)"
    ), names


def alternatives(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
