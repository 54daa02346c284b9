"""Bylines become names."""

import pytest

from functions.extract.byline import split_names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By ANN LEE and Bo Ek, Staff Writers", ["Ann Lee", "Bo Ek"]),
        ("Von Jörg Müller und Eva Kranz", ["Jörg Müller", "Eva Kranz"]),
        ("Par Éléonore Vasseur (à Port-Salin)", ["Éléonore Vasseur"]),
        ("Mina Osei, Health correspondent", ["Mina Osei"]),
        ("Lou Park; Kim Day", ["Lou Park", "Kim Day"]),
        ("作者：陆晚舟", ["陆晚舟"]),
        ("서은결 기자", ["서은결"]),
        ("Ana de la Cruz https://a.example/ana @ana", ["Ana de la Cruz"]),
        ("JEAN-PAUL O'NEILL", ["Jean-Paul O'Neill"]),
        ("AFP", ["AFP"]),
        ("Staff Reporter", []),
        ("admin", []),
    ],
)
def test_a_byline_is_split_into_names_without_roles_and_links(line: str, names: list[str]) -> None:
    assert split_names(line) == names
