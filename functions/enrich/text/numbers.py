"""The numbers of a text, each with what it counts: what a correction changes most often."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice

from functions.enrich.text.fact_words import any_of, fact_words
from functions.enrich.text.unspaced_numbers import LANGUAGES, unspaced_numbers

MAX_NUMBERS = 40  # of a text: a report has ten; a table's rows are no news; by judgement
MAX_READ_CHARACTERS = 20_000  # of a text in which numbers are looked for; by judgement, as joining reads
ENGLISH_NUMBERS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
UP_TO_TWENTY = {word: value for value, word in enumerate(ENGLISH_NUMBERS, 2)}
TENS = {word: value * 10 for value, word in enumerate(ENGLISH_TENS, 2)}
DIGITS = {word: value for value, word in enumerate(("one", *ENGLISH_NUMBERS[:8]), 1)}
COMPOUNDS = {f"{ten}{joint}{one}": TENS[ten] + DIGITS[one] for ten in TENS for one in DIGITS for joint in "- "}
ENGLISH_VALUES = UP_TO_TWENTY | TENS | COMPOUNDS
ENGLISH_WORDS = rf"(?:{any_of(TENS)})(?:[ -](?:{any_of(DIGITS)})(?!\w))?|{any_of(UP_TO_TWENTY)}"  # 21 of `twenty-one`
NO_WORD = "(?!)"  # matches nothing
SCALES = frozenset(
    ["hundred", "thousand", "million", "billion", "per", "millionen", "milliarden", "millones", "millions"]
)
NEXT_WORD = re.compile(r" ([^\W\d_]{1,20})")


def numbers_in(text: str, language: str = "en") -> list[str]:
    """`Three people died; the damage is $84 million` → `3 people`, `$84 million`.

    Each once, in order, with the word after it, and one more after `million` or `per`. Numbers in words are read in
    English, in the languages of `words/facts`, and in Chinese and Japanese.
    """
    opening = text[:MAX_READ_CHARACTERS]
    found = unspaced_numbers(opening) if language in LANGUAGES else spaced_numbers(opening, language)
    return list(islice(dict.fromkeys(found), MAX_NUMBERS))


def spaced_numbers(text: str, language: str) -> Iterator[str]:
    values = number_words(language)
    return (describe_number(match, text, values) for match in number_pattern(language).finditer(text))


def number_words(language: str) -> Mapping[str, int]:
    return ENGLISH_VALUES if language == "en" else fact_words(language).numbers


@cache
def number_pattern(language: str) -> re.Pattern[str]:
    """A number in digits or in a word of the language, and the word or unit after it."""
    words = ENGLISH_WORDS if language == "en" else any_of(number_words(language)) or NO_WORD
    return re.compile(
        rf"""
        (?<![\w.,:/-])
        (
            \d{{1,3}}[-–]\d{{1,3}}(?![\w-])           # 2-1
            |\d{{1,3}}(?:[ \u00a0\u202f\u2009]\d{{3}}){{1,4}}(?![\d.,])       # 430 000
            |[$€£]?\d[\d.,:]{{0,20}}\d|[$€£]?\d      # 1,200, $84, 2:40, 3
            |(?:{words})(?!\w)                      # three
        )
        (?![\d/])
        (?:[ -]?(%|[ap]\.m\.|[^\W\d_]{{1,20}}))?                                    # people, %, million
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def describe_number(match: re.Match[str], text: str, values: Mapping[str, int]) -> str:
    """The number in digits, and what it counts."""
    number, unit = str(values.get(match[1].casefold(), grouped_by_commas(match[1]))), match[2] or ""
    if unit.lower() in SCALES:
        more = NEXT_WORD.match(text, match.end())
        unit = f"{unit} {more[1]}" if more else unit
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".strip()


def grouped_by_commas(digits: str) -> str:
    """`430 000` → `430,000`: what follows the first space of a number is what it counts."""
    return ",".join(digits.split())
