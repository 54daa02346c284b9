"""Round-ups and guides, which only their copies join."""

import pytest

from functions.enrich.stories.reading.guides import is_guide
from functions.enrich.stories.reading.roundups import is_roundup
from functions.enrich.stories.reading.terms import words_of


@pytest.mark.parametrize(
    "title",
    [
        "How to choose a bike",
        "12 Best Mailchimp Alternatives in 2026",
        "Wine for Beginners",
        "The history of coffee",
        "Tips for working parents",
        "Landscape photography: a complete guide",
    ],
)
def test_a_title_of_advice_is_a_guides(title):
    assert is_guide(title, [])


@pytest.mark.parametrize(
    "title",
    [
        "Teen charged in shooting death of best friend",
        "Harrowfield beat Portmouth 2-1",
        "Council votes to rebuild breakwater",
        "Police receive tips in quadruple shooting",
    ],
)
def test_a_title_of_news_is_none(title):
    assert not is_guide(title, words_of("Anyone who saw it is asked to call. If you filmed it, you can help."))


def test_a_text_that_speaks_to_its_reader_is_a_guide():
    text = "If you want good coffee, you need a grinder. Buy your beans fresh, and your cup is better. You will see."
    assert is_guide("Coffee", words_of(f"{text} Take your time, and you learn."))


@pytest.mark.parametrize(
    ("title", "streets", "times", "expected"),
    [
        ("Weekend violence: nine wounded", 0, 0, True),
        ("Morning briefing", 0, 0, True),
        ("Four shot in separate incidents", 0, 0, True),
        ("Nine wounded in Port Cassel", 6, 5, True),
        ("Three wounded in Port Cassel", 6, 2, False),
    ],
)
def test_a_round_up_says_so_or_lists_many_places_and_times(title, streets, times, expected):
    assert is_roundup(title, streets, times) is expected


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "Guerre : qui sont les oligarques sanctionnés ?"),
        ("es", "Consejos para ahorrar"),
        ("de", "Rezept der Woche"),
    ],
)
def test_a_title_that_asks_or_advises_is_a_guides_in_other_languages(language, title):
    assert is_guide(title, [], language)
    assert not is_guide("Drei Verletzte nach Schüssen", [], language)


@pytest.mark.parametrize(
    ("language", "title"),
    [("de", "Polizeibericht vom Montag"), ("fr", "Revue de presse de mardi"), ("pl", "Horoskop na niedzielę")],
)
def test_round_ups_say_so_in_other_languages(language, title):
    assert is_roundup(title, 0, 0, language)
    assert not is_roundup("Pożar papierni: dwunastu rannych", 0, 0, language)


@pytest.mark.parametrize(
    "title",
    [
        "Five things you missed this week: mayor quits, bus crash, record pumpkin",
        "Stories you may have missed",
        "In case you missed it: the week's best pictures",
        "This week in politics",
        "The month in review",
        "Evening update: storm nears the coast",
        "Monday's headlines",
        "Council news in brief",
        "Mayor resigns, and other stories",
    ],
)
def test_a_title_of_several_stories_is_a_round_up(title):
    assert is_roundup(title, 0, 0)


@pytest.mark.parametrize(
    "title",
    [
        "Third shooting this week in Port Cassel",
        "Man is given a year in prison",
        "Hospital missed the signs that you know",
        "Headlines of the evening paper are read aloud",
    ],
)
def test_a_title_of_one_story_is_no_round_up(title):
    assert not is_roundup(title, 0, 0)
