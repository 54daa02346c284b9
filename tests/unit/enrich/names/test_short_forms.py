"""A person whom the text calls by parts of the name, or in other cases, is one person."""

import pytest

from functions.enrich.names import find_names


@pytest.mark.parametrize(
    ("language", "text", "name", "count"),
    [
        ("en", "Ida van der Meulen resigned. Van der Meulen joined in 2019, said Ann Clay.", "Ida van der Meulen", 2),
        ("nl", "Dat zei Femke van den Berg. Later zei minister Van den Berg niets.", "Femke van den Berg", 2),
        ("es", "Lo dijo Lucía Arregui Santos. Más tarde Arregui viajó a Sevilla.", "Lucía Arregui Santos", 2),
        ("pt", "Disse Duarte Vaz Pinto. Depois Vaz Pinto falou.", "Duarte Vaz Pinto", 2),
        ("de", "Es sprach Petra Hallstein. Später wurden Hallsteins Pläne bekannt.", "Petra Hallstein", 2),
        ("ru", "Выступил Алексей Миллер. По словам Миллера, цены растут.", "Алексей Миллер", 2),
        (
            "pl",
            "Mówiła Katarzyna Zielińska-Nowak. Rozmawiano z Katarzyną Zielińską-Nowak.",
            "Katarzyna Zielińska-Nowak",
            2,
        ),
    ],
)
def test_short_and_inflected_forms_count_for_the_person(language: str, text: str, name: str, count: int) -> None:
    people = {found.text: found.count for found in find_names(text, language) if found.kind == "person"}
    assert people.pop(name) == count
    assert people.keys() <= {"Ann Clay"}


def test_an_everyday_word_is_no_form_of_a_surname() -> None:
    [name] = find_names("Es sprach Otto Haue. Danach haues niemand, auch nicht der Haues Nachbar und das Haus.", "de")
    assert (name.text, name.count) == ("Otto Haue", 2)


def test_another_surname_with_the_same_beginning_is_another_person() -> None:
    names = {name.text for name in find_names("Es sprach Otto Weber. Anna Weberling schwieg.", "de")}
    assert names == {"Otto Weber", "Anna Weberling"}


def test_a_german_genitive_of_a_place_keeps_its_plain_form_for_records_and_rules() -> None:
    names = find_names("Israels Armee und Kubas Regierung. Paris schwieg, Tunis und Damaskus auch.", "de")
    plain = {name.text: name.plain for name in names if name.kind == "place"}
    assert (plain["Israels"], plain["Kubas"]) == ("Israel", "Kuba")
    assert all(name == plain[name] for name in plain.keys() - {"Israels", "Kubas"})
