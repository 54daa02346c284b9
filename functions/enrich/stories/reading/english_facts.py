"""What a report says in numbers: ages, clock times, days, addresses, and how many of what. English.

Two reports of one event agree in such facts, and reports of two similar events do not. The columns of the regular
expressions are by the manner of English news, in the United States and Britain.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from functions.enrich.stories.reading.terms import fold_word

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBER_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
MAX_AGE = 110  # years of a person; by judgement
TWO_DIGITS = 2  # of an age where nothing says `year-old`
MAX_DAYS_AHEAD = 180  # of a date without a year before it means last year's; half a year, by judgement
THOUSANDTHS = 1_000  # in which numbers are compared, so that a row keeps them exactly
MAX_VALUE = (1 << 32) - 1  # of a number in thousandths: what four bytes of a row hold
MINUTES_A_DAY = 24 * 60  # of a clock time

CLOCK_TIME = re.compile(r"\b(\d{1,2})(?::(\d\d))?\s?([ap])\.?\s?m\b", re.IGNORECASE)
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
MONTH_DAY = re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? (\d{1,2})\b")
SHORT_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
STREET = re.compile(
    r"""
    \b(\d+(?:st|nd|rd|th)|[A-Z][\w'.]{1,30})\                  # Main, 45th
    (?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Ln|Court|Ct|Place|Pl|Way
    |Highway|Hwy|Parkway|Circle|Terrace|Pike|Square)\b
    """,
    re.VERBOSE,
)
COUNT = re.compile(
    rf"""
    (?<![\w.,:/$-])
    (\d[\d,]{{0,20}}(?:\.\d{{1,15}})?|{"|".join(NUMBER_WORDS[1:])})   # 3, 1,200, 4.5, three
    [ -](?:[a-z]{{1,20}}\ )??([a-z]{{3,20}})                   # people, or `young people`, whose first word is left out
    """,
    re.VERBOSE | re.IGNORECASE,
)


def ages_in(text: str) -> frozenset[int]:
    """`Sims, 20, shot a 9-year-old` → 20, 9."""
    found = {int(match[0]) for match in SHORT_NUMBER.finditer(text) if is_age(text, match)}
    return frozenset(age for age in found if 0 < age <= MAX_AGE)


def is_age(text: str, number: re.Match[str]) -> bool:
    """`20-year-old`, `Sims, 20, was`, `aged 9`, `Sims (20)`. It looks at numbers alone, which is five times as fast."""
    before, after = text[max(0, number.start() - 6) : number.start()], text[number.end() : number.end() + 9]
    if after.replace(" ", "-") == "-year-old":
        return True
    if len(number[0]) > TWO_DIGITS:
        return False
    between_commas = before.endswith(", ") and after.startswith(",")
    return between_commas or before.endswith((" aged ", " age ")) or (before.endswith("(") and after.startswith(")"))


def clock_times_in(text: str) -> frozenset[int]:
    """Minutes since midnight: `about 3:15 a.m.` → 195."""
    return frozenset(minutes_of(match) for match in CLOCK_TIME.finditer(text))


def minutes_of(match: re.Match[str]) -> int:
    hours = int(match[1]) % 12 + (12 if match[3].lower() == "p" else 0)
    return (hours * 60 + int(match[2] or 0)) % MINUTES_A_DAY


def days_in(text: str, published: date) -> frozenset[int]:
    """Days that a text names, as ordinals: `Saturday` is the last one until the day of publication."""
    named = {published - timedelta(days_back(match[0], published)) for match in WEEKDAY.finditer(text)}
    dated = {day_of(match, published) for match in MONTH_DAY.finditer(text)}
    return frozenset(day.toordinal() for day in named | dated if day)


def days_back(weekday: str, published: date) -> int:
    return (published.weekday() - WEEKDAYS.index(weekday.lower())) % len(WEEKDAYS)


def day_of(match: re.Match[str], published: date) -> date | None:
    """`Jan. 1` as the day of the year that is nearest before publication; None for `Feb. 30`."""
    try:
        day = date(published.year, MONTHS.index(match[1].lower()) + 1, int(match[2]))
        return day if (day - published).days <= MAX_DAYS_AHEAD else day.replace(year=day.year - 1)
    except ValueError:
        return None


def streets_in(text: str) -> frozenset[str]:
    """The last word of each street's name, folded: `near Versailles Avenue and 5th St` → `versaille`, `5th`."""
    return frozenset(fold_word(match[1].rstrip(".")) for match in STREET.finditer(text))


def counts_in(text: str) -> Mapping[str, frozenset[int]]:
    """How many thousandths of what, by the folded noun: `Three men, 2.5 miles` → `men`: 3000, `mile`: 2500."""
    counts: dict[str, set[int]] = {}
    for value, noun in each_count(text):
        counts.setdefault(fold_word(noun), set()).add(value)
    return {noun: frozenset(values) for noun, values in counts.items()}


def each_count(text: str) -> Iterator[tuple[int, str]]:
    for match in COUNT.finditer(text):
        yield value_of(match[1]), match[2]


def value_of(number: str) -> int:
    """In thousandths: `1,200` → 1200000, `twelve` → 12000."""
    lowered = number.lower()
    if lowered in NUMBER_WORDS:
        return NUMBER_WORDS.index(lowered) * THOUSANDTHS
    return min(MAX_VALUE, round(float(lowered.replace(",", "")) * THOUSANDTHS))
