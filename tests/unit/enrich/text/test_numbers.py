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
        (
            "It cost 430 000 kronor and 12\u00a0000 hours in 2026 450 times.",
            ["430,000 kronor", "12,000 hours", "2026", "450 times"],
        ),
        ("Twenty-one died, forty were hurt and ninety two fled.", ["21 died", "40 were", "92 fled"]),
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
        ("zh", "爆炸造成八人受伤，三百二十名居民、二十辆车，一般第三次", ["8 人", "320 名", "20 辆"]),
        ("zh", "建于1987年，被罚两万元，约5万元", ["1987 年", "20000 元", "5万 元"]),
        ("ja", "乗客11人けが、1,200人が避難、3.2％、二人", ["11 人", "1,200 人", "3.2 ％", "2 人"]),
    ],
)
def test_numbers_in_words_are_read_in_other_languages(language, text, numbers):
    assert numbers_in(text, language) == numbers


def test_number_words_of_another_language_are_left_alone():
    assert numbers_in("Ten hat 12 Boote.", "de") == ["12 Boote"]
    assert numbers_in("Tolv mænd og 3 kvinder", "da") == ["3 kvinder"]


def test_a_table_of_numbers_is_cut():
    assert len(numbers_in(" ".join(map(str, range(1_000))))) == MAX_NUMBERS
