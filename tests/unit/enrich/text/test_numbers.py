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


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("de", "Zwölf Arbeiter verletzt", ["12 Arbeiter"]),
        ("fr", "Douze ouvriers, dix-sept blessés", ["12 ouvriers", "17 blessés"]),
        ("ru", "Трое раненых и 2 машины", ["3 раненых", "2 машины"]),
        ("it", "Sei qui, due volte", ["2 volte"]),
    ],
)
def test_numbers_in_words_are_read_in_other_languages(language, text, numbers):
    assert numbers_in(text, language) == numbers


def test_number_words_of_another_language_are_left_alone():
    assert numbers_in("Ten hat 12 Boote.", "de") == ["12 Boote"]
    assert numbers_in("Tolv mænd og 3 kvinder", "da") == ["3 kvinder"]


def test_a_table_of_numbers_is_cut():
    assert len(numbers_in(" ".join(map(str, range(1_000))))) == MAX_NUMBERS
