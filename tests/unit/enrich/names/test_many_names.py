"""A page that names thousands of people takes time in proportion to their number."""

import sys
from itertools import count

import pytest

from functions.enrich.names import find_names

MAX_GROWTH = 2.6  # times the calls for twice the people, as for extraction in tests/quality/test_bounds.py
SYLLABLES = ["ba", "de", "gi", "ko", "lu", "ma", "ne", "pi", "ro", "su", "ta", "ve"]


def people(number: int) -> str:
    """A text with so many people, each named in full and then by another surname alone."""
    surnames = [f"{a}{b}{c}n".capitalize() for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES][: 2 * number]
    return " ".join(f"Potem Anna {surnames[2 * i]} i {surnames[2 * i + 1]}." for i in range(number))


def calls(text: str, language: str) -> int:
    made = count()
    sys.setprofile(lambda _, event, __: next(made) if event.endswith("call") else None)
    try:
        find_names(text, language)
    finally:
        sys.setprofile(None)
    return next(made)


@pytest.mark.parametrize("language", ["de", "pl", "cs"])
def test_twice_the_people_take_about_twice_the_calls(language: str) -> None:
    find_names(people(2), language)
    assert calls(people(400), language) / calls(people(200), language) < MAX_GROWTH


def test_a_run_of_capitals_as_long_as_an_article_is_read_in_bounded_memory() -> None:
    words = people(800).replace(".", "").replace(" i ", " ").replace("Potem ", "")
    assert find_names(words, "pl")
