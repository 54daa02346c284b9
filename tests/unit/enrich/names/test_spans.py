"""Labelled words side by side are one name, and "of" joins parts of a name in Romance languages."""

import pytest

from functions.enrich.names.lists import NameLists
from functions.enrich.names.model import LABELS, OF_WORDS
from functions.enrich.names.spans import find_spans
from functions.enrich.names.tokens import tokenise

SHORT = {
    "O": "O",
    "P": "B-person",
    "p": "I-person",
    "G": "B-organisation",
    "g": "I-organisation",
    "L": "B-place",
    "l": "I-place",
}
SPANISH = NameLists({"Anna": "f"}, words={"ministerio": "o"}, of_words=OF_WORDS["es"])
POLISH = NameLists({"Anna": "f"})


def names(text: str, labels: str, lists: NameLists = SPANISH) -> list[str]:
    """The names of a text whose words have these labels, one letter for each."""
    tokens = tokenise(text)
    numbers = [LABELS.index(SHORT[letter]) for letter in labels]
    return [" ".join(tokens.words[first:end]) for first, end in find_spans(tokens, numbers, lists)]


@pytest.mark.parametrize(
    ("text", "labels", "expected"),
    [
        ("Comisión Nacional Mobiliaria", "GgP", ["Comisión Nacional Mobiliaria"]),
        ("Portugal Telecom sube", "LGO", ["Portugal Telecom"]),
        ("Parque de la Ciudadela", "LOOL", ["Parque de la Ciudadela"]),
        ("Ministerio de Anna Lira", "GOPp", ["Ministerio de Anna Lira"]),
        ("Telemar de Lima", "GOL", ["Telemar", "Lima"]),
        ("Anna de Lira", "POP", ["Anna", "Lira"]),
        ("Quito y Lima", "LOL", ["Quito", "Lima"]),
    ],
)
def test_parts_of_one_name_are_joined(text: str, labels: str, expected: list[str]) -> None:
    assert names(text, labels) == expected


def test_a_first_name_behind_a_place_begins_another_name() -> None:
    assert names("Gdańska Anna Nowak", "LPp", POLISH) == ["Gdańska", "Anna Nowak"]


def test_of_joins_nothing_where_the_language_has_no_such_word() -> None:
    assert names("Gdańska do Krakowa", "LOL", POLISH) == ["Gdańska", "Krakowa"]


def test_two_words_of_a_person_behind_a_lone_place_are_another_name() -> None:
    lists = NameLists({}, places=frozenset({"Armenii"}))
    assert names("premier Armenii Nikol Paszinian", "OLPp", lists) == ["Armenii", "Nikol Paszinian"]
    assert names("klub Armenii Nikol", "OLP", lists) == ["Armenii Nikol"]
