"""Names in languages without a model, by lists and rules."""

import pytest

from functions.enrich.names import find_names


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "tr",
            "Belediye Başkanı Ayşe Yıldırım konuştu. Yıldırım'ın sözleri İstanbul'da duyuldu.",
            {("Ayşe Yıldırım", 2), ("İstanbul", 1)},
        ),
        (
            "sv",
            "I Göteborg talade Anna-Karin Öberg. Öbergs förslag var nytt.",
            {("Anna-Karin Öberg", 2), ("Göteborg", 1)},
        ),
        ("fi", "Pääministeri Petteri Korpi puhui. Korven ja Korpin mukaan.", {("Petteri Korpi", 3)}),
        ("hu", "Szerdán Kovács Zoltán beszélt. Kovács szerint esik.", {("Kovács Zoltán", 2)}),
        (
            "cs",
            "Mluvila Jana Nováková. S Janou Novákovou mluvil i Zbyněk Horák.",
            {("Jana Nováková", 2), ("Zbyněk Horák", 1)},
        ),
        (
            "id",
            "Kata Presiden Prabowo Santoso, Bank Indonesia tenang.",
            {("Prabowo Santoso", 1), ("Bank Indonesia", 1), ("Indonesia", 1)},
        ),
        ("vi", "Hôm qua Phạm Minh Chính nói. Ông Chính nói thêm.", {("Phạm Minh Chính", 2)}),
        ("sw", "Rais Samia Suluhu Hassan alizuru Arusha.", {("Samia Suluhu Hassan", 1), ("Arusha", 1)}),
        ("no", "Jonas Støre møtte Erna Solberg i Bergen.", {("Jonas Støre", 1), ("Erna Solberg", 1), ("Bergen", 1)}),
        ("uk", "Приїхала Олена Коваленко. За словами Коваленко, тихо.", {("Олена Коваленко", 2)}),
    ],
)
def test_people_are_found_and_counted_in_languages_without_a_model(
    language: str, text: str, expected: set[tuple[str, int]]
) -> None:
    assert {(name.text, name.count) for name in find_names(text, language)} == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "På tisdagen kom regnet. Under Vintern blir det kallt."),
        ("tr", "Salı günü yağmur yağdı. Bugün okullar kapalı."),
        ("hu", "Szerdán esett. Pénteken a Parlament zárva."),
        ("ro", "Marți a plouat. Citește și: Ce se schimbă."),
    ],
)
def test_days_and_heads_of_sentences_are_no_names_in_languages_without_a_model(language: str, text: str) -> None:
    assert find_names(text, language) == []
