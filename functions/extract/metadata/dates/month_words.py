"""Names of months in all languages that are known, and the odd ways in which lines have them."""

import re
from functools import cache

from functions.extract.lexicon import load_lines

PERSIAN_LETTERS = str.maketrans("يك", "یک")
LEVANTINE_MONTHS = {
    "كانون الثاني": "يناير",
    "تشرين الأول": "أكتوبر",
    "تشرين الثاني": "نوفمبر",
    "كانون الأول": "ديسمبر",
}
LEVANTINE_MONTH = re.compile("|".join(LEVANTINE_MONTHS))
TWO_NAMES = re.compile(r"(?<!\w)([^\W\d_]{3,12})\s?/\s?([^\W\d_]{3,12})(?!\w)")
MIN_GLUED = 3  # letters of a month's name that is looked for behind another word


def with_plain_months(line: str) -> str:
    """The line with each month in one word of its own.

    `24 نيسان / أبريل 2020` names one month twice, and in `Ann LeeFeb 16, 2026` only the layout keeps it apart.
    """
    line = LEVANTINE_MONTH.sub(lambda match: LEVANTINE_MONTHS[match[0]], part_glued_month(line))
    return TWO_NAMES.sub(lambda match: match[2] if name_one_month(match[1], match[2]) else match[0], line)


def part_glued_month(line: str) -> str:
    """`Ann LeeFeb 16, 2026` → `Ann Lee Feb 16, 2026`."""
    return glued_month().sub(" ", line)


def name_one_month(first: str, second: str) -> bool:
    return month_number(first) == month_number(second) != 0


def month_number(name: str) -> int:
    """The month's number in any language that is known, else 0; Hebrew joins its preposition.

    Persian months are often written with the Arabic forms of two letters.
    """
    name = name.casefold().strip(".").translate(PERSIAN_LETTERS)
    return months_by_name().get(name) or months_by_name().get(name.removeprefix("ב"), 0)


@cache
def months_by_name() -> dict[str, int]:
    """Numbers of the months by their names in all languages of the list."""
    return {
        name.casefold().translate(PERSIAN_LETTERS): number
        for line in load_lines("dates/month_names")
        for number, names in enumerate(line.split(), start=1)
        for name in names.split("/")
    }


@cache
def glued_month() -> re.Pattern[str]:
    """Where a month begins that stands right behind another word's small letter, with a figure after it."""
    names = {name.capitalize() for name in months_by_name() if len(name) >= MIN_GLUED and name[0].upper() != name[0]}
    months = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
    return re.compile(rf"(?<=[^\W\d_A-Z])(?=(?:{months})\.?\s\d)")
