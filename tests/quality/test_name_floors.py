"""Names in articles written for this project, whose people, firms and places do not exist: what is found is found by context."""

import pytest

from functions.enrich.names.find import find_names
from tests.quality.articles import read_articles, read_names

LEAST_F1 = 0.77
LEAST_FOUND = 0.85

Named = set[tuple[str, str]]


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Named, Named]]:
    """For each article what was found and what is true."""
    truth = read_names()
    return [
        ({(name.text.casefold(), name.kind) for name in find_names(article.text)}, truth[article.event, article.writer])
        for article in read_articles()
    ]


def f1(pairs: list[tuple[set, set]]) -> float:
    hits = sum(len(found & true) for found, true in pairs)
    return 2 * hits / sum(len(found) + len(true) for found, true in pairs)


def test_names_and_their_kinds_are_right(pairs: list[tuple[Named, Named]]) -> None:
    assert f1(pairs) >= LEAST_F1, f"F1 {f1(pairs):.3f}"


def test_names_are_found_whatever_their_kind(pairs: list[tuple[Named, Named]]) -> None:
    texts = [({text for text, _ in found}, {text for text, _ in true}) for found, true in pairs]
    assert f1(texts) >= LEAST_FOUND, f"F1 {f1(texts):.3f}"


def test_every_article_has_its_truth() -> None:
    assert {(article.event, article.writer) for article in read_articles()} == set(read_names())
