"""Counts of terms, and what stands for terms in the table."""

import pytest

from functions.enrich.stories.lookup import LANGUAGES
from functions.enrich.stories.reading.term_counts import (
    MAX_DOCUMENTS,
    TermCounts,
    background,
    decode_count,
    encode_count,
    starting_counts,
)
from functions.enrich.stories.reading.terms import has_digit, headline_of, term_of
from infra.training.stories.background import count_terms


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Boy, 4, shot in car - WMC News - Memphis", "Boy, 4, shot in car"),
        ("Police: two hurt on Harrow Street", "two hurt on Harrow Street"),
        ("Self-driving car stops", "Self-driving car stops"),
        ("Weather | News", "Weather"),
    ],
)
def test_a_headline_has_no_tail_of_its_site(title, headline):
    assert headline_of(title) == headline


def test_forms_of_a_word_are_one_term():
    assert term_of("Victims") == term_of("victim") == term_of("VICTIM’S")
    assert term_of("Zürich") == term_of("Zurich")
    assert has_digit(term_of("AR-15")) or has_digit(term_of("15"))
    assert not has_digit(term_of("rifle"))


def test_a_new_stack_knows_the_common_words():
    counts = starting_counts("en")
    assert counts.rarity(term_of("the")) < 1 < counts.rarity(term_of("police")) < counts.rarity(term_of("breakwater"))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_a_new_stack_starts_from_was_counted_in_the_texts_as_they_are(language):
    counted = count_terms(language)
    assert counted.to_bytes() == background(language), "run `python -m infra.training.stories.background`"


def test_only_the_beginning_of_a_word_counts_where_endings_change_much():
    assert term_of("рабочих", 6) == term_of("рабочие", 6) != term_of("работа", 6)
    assert term_of("Arbeiter") != term_of("Arbeit")


def test_counts_survive_their_packing():
    counts = TermCounts()
    for number in range(MAX_DOCUMENTS // 4):
        counts.add({1, 2} if number % 50 else {1, 2, 3})
    again = TermCounts.from_bytes(counts.to_bytes())
    assert again.documents == counts.documents
    assert again.rarity(3) == counts.rarity(3)
    assert again.rarity(1) == pytest.approx(counts.rarity(1), abs=0.02)


def test_every_code_stands_for_its_count():
    assert [encode_count(decode_count(code)) for code in range(256)] == list(range(256))


def test_counts_are_halved_before_they_grow_past_their_codes():
    counts = TermCounts(documents=MAX_DOCUMENTS)
    counts.cells[1] = MAX_DOCUMENTS
    counts.add({1})
    assert counts.documents == MAX_DOCUMENTS / 2 + 1
    assert counts.cells[1] == MAX_DOCUMENTS / 2 + 1
