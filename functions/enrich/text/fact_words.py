"""How the news of a language writes days, ages, clock times, streets and numbers, by `words/facts/LANGUAGE.txt`.

A line of such a file is a kind, a colon, and forms apart by commas. Of weekdays, months and numbers the place in the
line says which one it is (numbers begin with two), and its forms stand apart by `/`; `-` stands for one that is left
out, since its word has another meaning. `stem` is how many letters of a word are compared, where endings change much.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from functions.enrich.lexicon import FOLDER, load_lines

LEFT_OUT = "-"  # in place of a form
FIRST_NUMBER = 2  # `one` is an article in most languages
NEVER = re.compile(r"(?!)")
CAPITALISED = r"\w[\w'’.-]{1,30}(?:\s(?=[A-ZÀ-ÞА-ЯŁŚŻ])\w[\w'’.-]{1,30})?"  # Harrow, or Saint Brendan
VALUE = r"\d{1,3}(?:[.\s]\d{3}){1,4}(?!\d)|\d{1,15}(?:,\d{1,15})?"  # 21.400, 9 000, 2,4


@dataclass(frozen=True)
class FactWords:
    """The patterns of a language, and which weekday, month or number a folded form means."""

    weekdays: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    weekday: re.Pattern[str] = NEVER
    month_day: re.Pattern[str] = NEVER
    age: re.Pattern[str] = NEVER
    hour: re.Pattern[str] = NEVER
    street: re.Pattern[str] = NEVER
    count: re.Pattern[str] = NEVER
    roundup_title: re.Pattern[str] = NEVER
    guide_title: re.Pattern[str] = NEVER
    stem: int | None = None


@cache
def languages_with_facts() -> frozenset[str]:
    """Codes of the languages that have such a file: all in which stories are judged, but English."""
    return frozenset(path.stem for path in (FOLDER / "facts").glob("*.txt"))


@cache
def fact_words(language: str) -> FactWords:
    """The words of a language; those of a language without a file match nothing."""
    if language not in languages_with_facts():
        return FactWords()
    kinds = {kind.strip(): split(forms) for kind, _, forms in (line.partition(":") for line in lines_of(language))}
    weekdays, months = places_of(kinds["weekdays"], 0), places_of(kinds["months"], 1)
    numbers = places_of(kinds["numbers"], FIRST_NUMBER)
    return FactWords(
        weekdays=weekdays,
        months=months,
        numbers=numbers,
        weekday=whole_words(weekdays),
        month_day=re.compile(rf"\b(\d{{1,2}})\.?\s(?:de\s)?({any_of(months)})\b", re.IGNORECASE),
        age=age_pattern(kinds["ages"]),
        hour=hour_pattern(kinds.get("clock before", ()), kinds.get("clock after", ())),
        street=street_pattern(kinds),
        count=re.compile(
            rf"(?<![\w.,:/-])({VALUE}|{any_of(numbers)})\s(?:[^\W\d_]{{1,20}}\s)??([^\W\d_]{{3,20}})", re.IGNORECASE
        ),
        roundup_title=whole_words(kinds["round-ups"]),
        guide_title=whole_words(kinds["guides"]),
        stem=int(kinds["stem"][0]) if "stem" in kinds else None,
    )


def lines_of(language: str) -> Sequence[str]:
    return load_lines(f"facts/{language}")


def split(forms: str) -> Sequence[str]:
    return [form.strip() for form in forms.split(",")]


def places_of(entries: Sequence[str], first: int) -> Mapping[str, int]:
    """`["dois/duas", "três"]` from 2 → `{"dois": 2, "duas": 2, "três": 3}`."""
    forms = ((form.casefold(), place) for place, entry in enumerate(entries, first) for form in entry.split("/"))
    return {form: place for form, place in forms if form != LEFT_OUT}


def any_of(forms: Iterable[str]) -> str:
    """The forms as alternatives, the longest first."""
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


def whole_words(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(forms)})(?!\w)", re.IGNORECASE)


def age_pattern(forms: Sequence[str]) -> re.Pattern[str]:
    """`24 ans`, `24 et 31 ans`, `24-jähriger`, `(24)`, `(24, 31)`."""
    return re.compile(
        rf"""
        (?<![\d.,])(\d{{1,3}})(?:,?\s\w{{1,3}}\s(\d{{1,3}}))?[\s-]?(?:{any_of(forms)})(?!\w)
        |\((\d{{1,2}})(?:(?:,\s|\s\w{{1,3}}\s)(\d{{1,2}}))?\)
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def hour_pattern(before: Sequence[str], after: Sequence[str]) -> re.Pattern[str]:
    """`2.40 Uhr`, `20h15`, `20 h 15`, `23:05`, and full hours beside a word for the hour: `11 Uhr`, `a las 9`."""
    minutes = r"(?<![\d.,:])(\d{1,2})(?:[:.]|\s?h\s?)(\d\d)(?![\d:%]|[.,]\d)"
    alone = [r"(?<![\d.,:])(\d{1,2})\s?h(?!\w)"]
    alone += [rf"(?<![\d.,:])(\d{{1,2}})\s(?:{any_of(after)})(?!\w)"] if after else []
    alone += [rf"(?<!\w)(?:{any_of(before)})\s(\d{{1,2}})(?![\d:%]|[.,]\d|\s?%)"] if before else []
    return re.compile("|".join([minutes, *alone]), re.IGNORECASE)


def street_pattern(kinds: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """`Gerberstraße` by its ending, `rue des Tanneurs` by the word before it."""
    patterns = []
    if "street endings" in kinds:
        patterns.append(rf"\b(\w{{3,30}}(?:{any_of(kinds['street endings'])}))\b")
    if "street before" in kinds:
        joints = any_of(kinds.get("street joints", ()))
        joint = rf"(?:(?:{joints})\s?)?" if joints else ""
        patterns.append(rf"(?<!\w)(?:{any_of(kinds['street before'])})\s{joint}((?=[A-ZÀ-ÞА-ЯŁŚŻ]){CAPITALISED})")
    return re.compile("|".join(patterns)) if patterns else NEVER
