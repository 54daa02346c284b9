"""Extraction over the whole corpus stays above the floors in `floors.json`.

A floor is lowered only on purpose, and the commit says why.
"""

import json
from pathlib import Path

import pytest

from functions.extract.page_text import extract_article
from tests.corpus.truth import read_corpus
from tests.quality.extraction import PageResult, measured, report, run_page

FLOORS: dict[str, float] = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["extraction"]


@pytest.fixture(scope="module")
def results() -> list[PageResult]:
    return [run_page(page, extract_article) for page in read_corpus()]


@pytest.mark.parametrize("name", FLOORS)
def test_extraction_does_not_fall_below_its_floor(results: list[PageResult], name: str) -> None:
    assert measured(results)[name] >= FLOORS[name], f"{name} fell below its floor\n\n{report(results, FLOORS)}"


def test_every_figure_has_a_floor(results: list[PageResult]) -> None:
    assert set(measured(results)) == set(FLOORS)


def test_the_report_names_the_worst_pages_beside_the_floors(results: list[PageResult]) -> None:
    worst = min((result for result in results if result.page.is_article), key=lambda result: result.body.f1)
    shown = report(results, dict.fromkeys(FLOORS, 1.01))
    assert worst.page.name in shown
    assert shown.count("BELOW") == len(FLOORS)
