"""The numbers of a text, each with what it counts: what a correction changes most often."""

import re

MAX_NUMBERS = 40  # of a text: a report has ten; a table's rows are no news; by judgement
MAX_READ_CHARACTERS = 20_000  # of a text in which numbers are looked for; by judgement, as joining reads
NUMBER_WORDS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
VALUES = {word: str(value) for value, word in enumerate(NUMBER_WORDS, 2)}
NUMBER = re.compile(
    rf"""
    (?<![\w.,:/-])
    (
        \d{{1,3}}[-–]\d{{1,3}}(?![\w-])           # 2-1
        |[$€£]?\d[\d.,:]{{0,20}}\d|[$€£]?\d      # 1,200, $84, 2:40, 3
        |\b(?:{"|".join(NUMBER_WORDS)})\b         # three
    )
    (?![\d/])
    (?:[ -]?(%|[ap]\.m\.|[^\W\d_]{{1,20}}))?                                    # people, %, million
    """,
    re.VERBOSE | re.IGNORECASE,
)
SCALES = frozenset(
    ["hundred", "thousand", "million", "billion", "per", "millionen", "milliarden", "millones", "millions"]
)
NEXT_WORD = re.compile(r" ([^\W\d_]{1,20})")


def numbers_in(text: str, language: str = "en") -> list[str]:
    """`Three people died; the damage is $84 million` → `3 people`, `$84 million`.

    Each once, in order, with the word after it, and one more after `million` or `per`. Number words are English.
    """
    found: dict[str, None] = {}
    opening = text[:MAX_READ_CHARACTERS]
    for match in NUMBER.finditer(opening):
        if match[1][-1].isdigit() or language == "en":
            found[describe_number(match, opening)] = None
            if len(found) == MAX_NUMBERS:
                break
    return list(found)


def describe_number(match: re.Match[str], text: str) -> str:
    """The number in digits, and what it counts."""
    number, unit = VALUES.get(match[1].lower(), match[1]), match[2] or ""
    if unit.lower() in SCALES:
        more = NEXT_WORD.match(text, match.end())
        unit = f"{unit} {more[1]}" if more else unit
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".strip()
