"""A capital in the middle of a sentence belongs to the name beside it, where the language writes nouns small."""

import pytest

from functions.enrich.names import find_names
from functions.enrich.names.capitals import join_capitals
from functions.enrich.names.lists import NameLists
from functions.enrich.names.model import LABELS
from functions.enrich.names.tokens import tokenise

PLACE_OPENS = LABELS.index("B-place")


def found(text: str, language: str) -> dict[str, str]:
    return {name.text: name.kind for name in find_names(text, language)}


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "The shop is run by Carys Probert-Hughes, who said so.", "Carys Probert-Hughes"),
        ("de", "Das sagte Bahnchef Martin Seiler-Kopp am Abend.", "Martin Seiler-Kopp"),
        ("fr", "Le texte de la maire Fatoumata Diarrassouba-Lemaire a été voté.", "Fatoumata Diarrassouba-Lemaire"),
    ],
)
def test_a_double_surname_is_part_of_the_name(language: str, text: str, name: str) -> None:
    assert found(text, language)[name] == "person"


def test_german_nouns_behind_a_name_and_articles_before_one_are_no_part_of_it() -> None:
    assert "Elon Musk" in found("Später erklärte Elon Musk Reportern den Plan. Elon Musk ging.", "de")
    assert "Tweede Kamer" in found("Den Haag - De Tweede Kamer stemt donderdag over het plan.", "nl")


def test_a_noun_before_a_german_first_name_is_no_part_of_the_name() -> None:
    assert found("Dem Bericht nach kam Sprecher Stefan Brugger. Skitrainer Stefan Brugger lachte.", "de") == {
        "Stefan Brugger": "person"
    }


def test_days_beside_a_name_are_no_part_of_it() -> None:
    tokens, labels = tokenise("viajará a Sevilla Jueves"), [0, 0, PLACE_OPENS, 0]
    join_capitals(tokens, labels, NameLists({"Jueves": "k"}), "es")
    assert labels == [0, 0, PLACE_OPENS, 0]


def test_a_headline_in_capitals_is_no_one_name() -> None:
    names = found("INCENDIE À NANTES TROIS BLESSÉS\n\nUn incendie a éclaté à Nantes.", "fr")
    assert "Nantes" in names


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "L'Assemblée nationale a voté.", "Assemblée nationale"),
        ("it", "Lo segnala la Protezione civile.", "Protezione civile"),
        ("en", "Nurses at St Mary's Hospital in Leeds said so.", "St Mary's Hospital"),
        ("en", "Photo: Getty Images. The race was over by noon.", "Getty Images"),
        ("es", "La ministra de Vivienda, Lucía Arregui, dijo que no.", "Vivienda"),
        ("en", "She told the Frankfurter Allgemeine Zeitung on Monday.", "Frankfurter Allgemeine Zeitung"),
    ],
)
def test_an_organisation_keeps_its_closing_word(language: str, text: str, name: str) -> None:
    assert found(text, language)[name] == "organisation"


def test_a_role_before_a_country_is_no_part_of_its_name() -> None:
    names = found("Вчера Президент России Владимир Орлов прилетел в Казань.", "ru")
    assert (names["России"], names["Владимир Орлов"]) == ("place", "person")


def test_a_person_whose_surname_is_also_a_house_is_no_organisation_for_it() -> None:
    assert found("Amy Hall won the race, and Peter Hall came second. Amy Hall smiled.", "en")["Amy Hall"] == "person"


def test_an_article_behind_a_name_opens_a_sentence_after_a_lost_full_stop() -> None:
    names = found("Le président a visité Nantes Les habitants de Rennes attendent.", "fr")
    assert {"Nantes", "Rennes"} <= names.keys()
