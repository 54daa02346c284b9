"""What a report says in numbers."""

from datetime import date

import pytest

from functions.enrich.stories.reading.facts import ages_in, clock_times_in, counts_in, days_in, streets_in
from functions.enrich.text.fact_words import fact_words, languages_with_facts

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


@pytest.mark.parametrize(
    ("language", "text", "ages"),
    [
        (
            "de",
            "zwei Männer im Alter von 24 und 31 Jahren, eine 22-jährige Frau, ein 16 Jahre alter Junge (9)",
            {24, 31, 22, 16, 9},
        ),
        ("fr", "deux hommes de 24 et 31 ans et une femme (22)", {24, 31, 22}),
        ("es", "un joven de 20 años", {20}),
        ("pl", "27-letni mężczyzna i kobieta w wieku 24 lat", {27, 24}),
        ("ru", "двое мужчин 24 и 31 года и 22-летняя женщина", {24, 31, 22}),
        ("nl", "een 22-jarige vrouw", {22}),
        ("fr", "après 300 ans, 12 hommes", set()),
        ("xx", "24 und 31 Jahre", set()),
    ],
)
def test_ages_are_found_by_the_words_of_the_language(language, text, ages):
    assert ages_in(text, language) == ages


@pytest.mark.parametrize(
    ("language", "text", "minutes"),
    [
        ("de", "gegen 2.40 Uhr und um 11 Uhr", {160, 660}),
        ("fr", "vers 2 h 40, à 20h15 et à 9 h", {160, 1215, 540}),
        ("es", "hacia las 6.20 y a las 9", {380, 540}),
        ("ru", "около 20:15 и в 12 часов", {1215, 720}),
        ("de", "6,10 Meter, 2:1, 31:20 und am 3.2.2026", set()),
    ],
)
def test_clock_times_are_found_by_the_words_of_the_language(language, text, minutes):
    assert clock_times_in(text, language) == minutes


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("de", "am Samstagabend", {date(2026, 2, 28)}),
        ("pl", "w sobotę i 1 marca", {date(2026, 2, 28), date(2026, 3, 1)}),
        ("es", "el 30 de diciembre", {date(2025, 12, 30)}),
        ("fr", "le 30 février", set()),
    ],
)
def test_days_are_found_by_the_words_of_the_language(language, text, days):
    assert days_in(text, TUESDAY, language) == {day.toordinal() for day in days}


@pytest.mark.parametrize(
    ("language", "text", "streets"),
    [
        ("de", "in der Gerberstraße", {"gerberstraße"}),
        ("fr", "rue des Tanneurs, au quai", {"tanneur"}),
        ("pl", "przy ulicy Garbarskiej", {"garbarskiej"}),
        ("es", "la calle Mayor y una calle cortada", {"mayor"}),
    ],
)
def test_streets_are_known_by_their_endings_or_the_word_before_them(language, text, streets):
    assert {street.replace("ss", "ß") for street in streets_in(text, language)} == streets


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        ("de", "zwölf Arbeiter, 2,4 Milliarden Euro", {"arbeiter": {12000}, "milliarden": {2400}}),
        ("fr", "21 400 spectateurs et deux hommes", {"spectateur": {21400000}, "homme": {2000}}),
        ("it", "sono sei giorni", {}),
        ("ru", "трое раненых", {"раненых": {3000}}),
    ],
)
def test_counts_are_read_by_the_words_of_the_language(language, text, counts):
    assert counts_in(text, language) == counts


@pytest.mark.parametrize("language", sorted(languages_with_facts()))
def test_each_file_of_words_names_all_days_months_and_numbers(language):
    words = fact_words(language)
    assert set(words.weekdays.values()) == set(range(7))
    assert set(words.months.values()) == set(range(1, 13))
    assert set(words.numbers.values()) >= set(range(2, 21)) - {6}


@pytest.mark.parametrize("language", ["de", "en", "pl"])
@pytest.mark.parametrize("text", ["9" * 5_000 + " people", "111 " * 5_000, "1,1" * 5_000 + " x people"])
def test_a_number_without_end_is_no_count_and_raises_nothing(language, text):
    assert all(0 <= value < 2**32 for values in counts_in(text, language).values() for value in values)
