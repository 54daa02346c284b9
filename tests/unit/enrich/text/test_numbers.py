"""The numbers of a text with what they count."""

import pytest

from functions.enrich.text.numbers import MAX_NUMBERS, numbers_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Three people died and 1,200 fled.", ["3 people", "1,200 fled"]),
        ("It costs $84 million euros, or 9 per cent.", ["$84 million euros", "9 per cent"]),
        ("Rates rose 4.5% to 12.", ["4.5%", "12"]),
        ("The 2-1 win at 2:40 a.m.", ["2-1 win", "2:40 a.m."]),
        ("12 hurt, 12 hurt", ["12 hurt"]),
        ("no numbers", []),
    ],
)
def test_a_number_is_given_with_its_noun_or_unit(text, numbers):
    assert numbers_in(text) == numbers


def test_number_words_of_other_languages_are_left_alone():
    assert numbers_in("Ten hat 12 Boote.", "de") == ["12 Boote"]


def test_a_table_of_numbers_is_cut():
    assert len(numbers_in(" ".join(map(str, range(1_000))))) == MAX_NUMBERS
