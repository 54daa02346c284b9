"""What a report says in numbers."""

from datetime import date

import pytest

from functions.enrich.stories.reading.facts import ages_in, clock_times_in, counts_in, days_in, streets_in

TUESDAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("the 20-year-old was hurt", {20}),
        ("Devon Marchetti, 27, was found", {27}),
        ("a boy aged 9 and Ann Lee (34)", {9, 34}),
        ("in 2026, 150-year-old trees", set()),
    ],
)
def test_ages_are_found_in_their_usual_forms(text, ages):
    assert ages_in(text) == ages


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("about 2:40 a.m. on", {160}), ("at 8 pm", {1200}), ("12:05 p.m.", {725}), ("12 am", {0}), ("at 14:20", set())],
)
def test_clock_times_are_minutes_since_midnight(text, minutes):
    assert clock_times_in(text) == minutes


def test_a_weekday_is_the_last_one_before_publication():
    assert days_in("on Saturday, and again on Tuesday", TUESDAY) == {
        date(2026, 2, 28).toordinal(),
        TUESDAY.toordinal(),
    }


def test_a_date_without_a_year_is_the_nearest_in_the_past():
    assert days_in("since Dec. 30", TUESDAY) == {date(2025, 12, 30).toordinal()}
    assert days_in("on Feb. 30", TUESDAY) == set()


def test_a_street_is_known_by_the_last_word_of_its_name():
    assert streets_in("near North Harrow Street and 45th Ave, not a street") == {"harrow", "45th"}


def test_counts_are_kept_by_their_noun():
    assert counts_in("Three men and 2 women; 1,200 people, 4 young people") == {
        "men": {3000},
        "women": {2000},
        "people": {1200000},
        "young": {4000},
    }
