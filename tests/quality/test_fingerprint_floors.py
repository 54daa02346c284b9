"""Near-duplicates on syndicated copies and on other reports of the same events.

The floors are lowered only on purpose.
"""

from itertools import combinations

import pytest

from functions.enrich.text.fingerprint import MIN_DUPLICATE_SIMILARITY, fingerprint, is_near_duplicate, similarity
from tests.quality.articles import Written, read_articles
from tests.quality.copies import copies, in_one_house

ARTICLES = read_articles()
LEAST_RECALL = 0.99
LEAST_PRECISION = 0.99
MARGIN = 0.07

Pair = tuple[str, str]


def _copied() -> list[Pair]:
    """Each article with every copy of it."""
    return [(fingerprint(article.text), fingerprint(copy)) for article in ARTICLES for _, copy in copies(article)]


def _apart() -> list[Pair]:
    """Every two articles, bare and as one site would frame both; among them rival reports of one event with the same quotation."""
    bare = {article: fingerprint(article.text) for article in ARTICLES}
    framed = {article: fingerprint(in_one_house(article)) for article in ARTICLES}
    return [(prints[a], prints[b]) for prints in (bare, framed) for a, b in combinations(ARTICLES, 2)]


@pytest.fixture(scope="module")
def copied() -> list[Pair]:
    return _copied()


@pytest.fixture(scope="module")
def apart() -> list[Pair]:
    return _apart()


def test_there_are_enough_pairs_of_both_sorts(copied: list[Pair], apart: list[Pair]) -> None:
    rivals = [(a, b) for a, b in combinations(ARTICLES, 2) if a.event == b.event]
    assert len(copied) >= 300
    assert len(apart) >= 1400
    assert len(rivals) >= 12


def test_copies_are_found_and_others_are_left_alone(copied: list[Pair], apart: list[Pair]) -> None:
    hits = sum(is_near_duplicate(a, b) for a, b in copied)
    false = sum(is_near_duplicate(a, b) for a, b in apart)
    assert hits / len(copied) >= LEAST_RECALL, f"found {hits} of {len(copied)} copies"
    assert hits / (hits + false) >= LEAST_PRECISION, f"{false} of {len(apart)} pairs apart were joined"


def test_the_threshold_stands_clear_of_both_sorts(copied: list[Pair], apart: list[Pair]) -> None:
    assert min(similarity(a, b) for a, b in copied) >= MIN_DUPLICATE_SIMILARITY + MARGIN
    assert max(similarity(a, b) for a, b in apart) <= MIN_DUPLICATE_SIMILARITY - MARGIN


def test_two_papers_copies_of_one_article_are_known_as_one() -> None:
    pairs = [
        pair for article in ARTICLES for pair in combinations([fingerprint(copy) for _, copy in copies(article)], 2)
    ]
    assert sum(is_near_duplicate(a, b) for a, b in pairs) / len(pairs) >= LEAST_RECALL


def test_rival_reports_with_the_same_quotation_stay_apart() -> None:
    rivals: list[tuple[Written, Written]] = [(a, b) for a, b in combinations(ARTICLES, 2) if a.event == b.event]
    assert not [a.event for a, b in rivals if is_near_duplicate(fingerprint(a.text), fingerprint(b.text))]
