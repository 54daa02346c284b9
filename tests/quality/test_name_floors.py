"""Names in articles that were written for this project.

Their people, firms and places do not exist, so only the context can tell what a name is.
"""

import json
from pathlib import Path

import pytest

from functions.enrich.names.find import find_names
from functions.enrich.names.model import model_languages
from infra.training.names.marked import read_marked
from tests.quality.articles import read_articles, read_names

MIN_F1 = 0.77  # of names with their kinds; 0.804 was measured (decision 0005)
MIN_F1_OF_TEXTS = 0.85  # of names whatever their kind; 0.884 was measured (decision 0005)
SENTENCES = Path(__file__).with_name("names")
FLOORS = json.loads((SENTENCES / "floors.json").read_text(encoding="utf-8"))

Named = set[tuple[str, str]]


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Named, Named]]:
    """For each article the names that were found, and the true ones."""
    truth = read_names()
    return [
        ({(name.text.casefold(), name.kind) for name in find_names(article.text)}, truth[article.event, article.writer])
        for article in read_articles()
    ]


def f1(pairs: list[tuple[set, set]]) -> float:
    hits = sum(len(found & true) for found, true in pairs)
    return 2 * hits / sum(len(found) + len(true) for found, true in pairs)


def test_names_and_their_kinds_are_right(pairs: list[tuple[Named, Named]]) -> None:
    assert f1(pairs) >= MIN_F1, f"F1 {f1(pairs):.3f}"


def test_names_are_found_whatever_their_kind(pairs: list[tuple[Named, Named]]) -> None:
    texts = [({text for text, _ in found}, {text for text, _ in true}) for found, true in pairs]
    assert f1(texts) >= MIN_F1_OF_TEXTS, f"F1 {f1(texts):.3f}"


def test_every_article_has_its_truth() -> None:
    assert {(article.event, article.writer) for article in read_articles()} == set(read_names())


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_names_in_sentences_kept_from_training_are_found_in_every_language(language: str) -> None:
    """Forty sentences per language, written beside those that teach the model and never shown to it."""
    sentences = read_marked(SENTENCES / f"{language}.txt")
    marked = [{(s.text[start:end].casefold(), kind) for start, end, kind in s.names} for s in sentences]
    names = [{(name.text.casefold(), name.kind) for name in find_names(s.text, language)} for s in sentences]
    texts = [
        ({text for text, _ in found}, {text for text, _ in true}) for found, true in zip(names, marked, strict=True)
    ]
    kinds = f1(list(zip(names, marked, strict=True)))
    assert kinds >= FLOORS[language]["F1"], f"F1 {kinds:.3f}"
    assert f1(texts) >= FLOORS[language]["found"], f"found {f1(texts):.3f}"


def test_every_model_has_a_floor() -> None:
    assert set(FLOORS) | {"en"} == model_languages()


def test_no_kept_sentence_teaches() -> None:
    for language in FLOORS:
        taught = (
            Path(f"infra/training/names/languages/{language}/sentences.txt").read_text(encoding="utf-8").splitlines()
        )
        assert not set(taught) & set((SENTENCES / f"{language}.txt").read_text(encoding="utf-8").splitlines())
