"""What a report in any other language than English says in numbers, by the words of its language (`fact_words`)."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from functions.enrich.stories.reading.terms import fold_word
from functions.enrich.text.fact_words import FactWords

MAX_AGE = 110  # years of a person; by judgement
HOURS, MINUTES = 24, 60  # below which the two parts of a clock time are
MAX_DAYS_AHEAD = 180  # of a date without a year before it means last year's; half a year, by judgement
THOUSANDTHS = 1_000  # in which numbers are compared, so that a row keeps them exactly
MAX_VALUE = (1 << 32) - 1  # of a number in thousandths: what four bytes of a row hold


def ages_in(text: str, words: FactWords) -> frozenset[int]:
    """`deux hommes de 24 et 31 ans et une femme (22)` → 24, 31, 22."""
    found = (int(age) for match in words.age.finditer(text) for age in match.groups() if age)
    return frozenset(age for age in found if 0 < age <= MAX_AGE)


def clock_times_in(text: str, words: FactWords) -> frozenset[int]:
    """Minutes since midnight: `vers 2 h 40` → 160."""
    return frozenset(minutes for match in words.hour.finditer(text) if (minutes := minutes_of(match)) is not None)


def minutes_of(match: re.Match[str]) -> int | None:
    """None for what is no time of day, such as `31:20`."""
    parts = [int(part) for part in match.groups() if part]
    hours, minutes = parts[0], parts[1] if len(parts) > 1 else 0
    return hours * MINUTES + minutes if hours < HOURS and minutes < MINUTES else None


def days_in(text: str, published: date, words: FactWords) -> frozenset[int]:
    """Days that a text names, as ordinals: `Samstag` is the last one until the day of publication."""
    named = {days_back(words.weekdays[match[0].casefold()], published) for match in words.weekday.finditer(text)}
    dated = {
        day_of(int(match[1]), words.months[match[2].casefold()], published) for match in words.month_day.finditer(text)
    }
    return frozenset(day.toordinal() for day in named | dated if day)


def days_back(weekday: int, published: date) -> date:
    return published - timedelta((published.weekday() - weekday) % 7)


def day_of(day: int, month: int, published: date) -> date | None:
    """`1. Januar` as the day of the year that is nearest before publication; None for `30. Februar`."""
    try:
        found = date(published.year, month, day)
        return found if (found - published).days <= MAX_DAYS_AHEAD else found.replace(year=found.year - 1)
    except ValueError:
        return None


def streets_in(text: str, words: FactWords) -> frozenset[str]:
    """`rue des Tanneurs` → `tanneur`, `in der Gerberstraße` → `gerberstraße`, folded."""
    names = (next(filter(None, match.groups())) for match in words.street.finditer(text))
    return frozenset(fold_word(name.split()[-1].strip(".'’-")) for name in names)


def counts_in(text: str, words: FactWords) -> Mapping[str, frozenset[int]]:
    """How many thousandths of what, by the folded noun: `zwölf Arbeiter, 2,4 Milliarden` → `arbeiter`: 12000, …"""
    counts: dict[str, set[int]] = {}
    for value, noun in each_count(text, words):
        counts.setdefault(fold_word(noun), set()).add(value)
    return {noun: frozenset(values) for noun, values in counts.items()}


def each_count(text: str, words: FactWords) -> Iterator[tuple[int, str]]:
    for match in words.count.finditer(text):
        yield value_of(match[1], words), match[2]


def value_of(number: str, words: FactWords) -> int:
    """In thousandths: `21.400` and `21 400` → 21400000, `2,4` → 2400, `zwölf` → 12000."""
    known = words.numbers.get(number.casefold())
    if known is not None:
        return known * THOUSANDTHS
    digits = re.sub(r"[.\s]", "", number).replace(",", ".")
    return min(MAX_VALUE, round(float(digits) * THOUSANDTHS))
