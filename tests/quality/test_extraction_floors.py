"""Extraction over the whole corpus, held to floors.json. Floors are lowered only on purpose, with the reason in the commit.

`python -m pytest tests/quality -s -k prints` shows the whole table.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from functions.extract.page_text import extract_article
from shared.domain.errors import Rejected
from tests.corpus.truth import CorpusPage, read_corpus
from tests.quality.scoring import BodyScore, best_body_score, field_scores, harmonic, mean, mean_where_known, table

FLOORS: dict[str, float] = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["extraction"]
WORST = 8


@dataclass(frozen=True)
class PageResult:
    """What extraction made of one page: an article's fields, or the reason that it was rejected for."""

    page: CorpusPage
    article: dict[str, Any] = field(default_factory=dict)
    reason: str = ""

    @cached_property
    def body(self) -> BodyScore:
        return best_body_score(self.page.truth, self.article["text"]) if self.article else BodyScore(0.0, 0.0, exact=False)

    @cached_property
    def fields(self) -> dict[str, float]:
        return field_scores(self.page.truth, self.article) if self.article else {}


def _run(page: CorpusPage) -> PageResult:
    try:
        return PageResult(page, article=extract_article(page.body, page.truth["url"]).model_dump())
    except Rejected as rejected:
        return PageResult(page, reason=str(rejected.reason))


@pytest.fixture(scope="module")
def results() -> list[PageResult]:
    return [_run(page) for page in read_corpus()]


def _articles(results: list[PageResult]) -> list[PageResult]:
    return [result for result in results if result.page.is_article]


def _not_articles(results: list[PageResult]) -> list[PageResult]:
    return [result for result in results if not result.page.is_article]


def measured(results: list[PageResult]) -> dict[str, float]:
    """Every figure that has a floor. Fields are measured where an article was found; a false alarm costs the body all."""
    articles, others = _articles(results), _not_articles(results)
    found = [result.fields for result in articles if result.article]
    precision, recall = (mean(getattr(result.body, side) for result in articles) for side in ("precision", "recall"))
    return {
        "body F1": harmonic(precision, recall),
        "body precision": precision,
        "body recall": recall,
        "body exact": mean(result.body.exact for result in articles),
        **{name: mean_where_known(found, name) for name in sorted({name for row in found for name in row})},
        "articles kept": mean(bool(result.article) for result in articles),
        "not-articles refused": mean(bool(result.reason) for result in others),
        "not-articles refused with the right reason": mean(result.reason in result.page.reasons for result in others),
    }


def report(results: list[PageResult]) -> str:
    """Each figure beside its floor, then the pages that cost most."""
    figures = measured(results)
    lines = [(name, f"{figure:.3f}", f"{FLOORS[name]:.3f}", "" if figure >= FLOORS[name] else "BELOW") for name, figure in figures.items()]
    return "\n\n".join(
        [
            table([("measure", "measured", "floor", ""), *lines], (44, 9, 6, 6)),
            "Worst bodies\n" + table([_body_line(result) for result in _worst_bodies(results)], (28, 6, 6, 6)),
            "Wrong fields\n" + "\n".join(_field_lines(_articles(results))),
            "Wrongly kept or refused\n" + "\n".join(_outcome_lines(results)),
        ],
    )


def _worst_bodies(results: list[PageResult]) -> list[PageResult]:
    return sorted(_articles(results), key=lambda result: result.body.f1)[:WORST]


def _body_line(result: PageResult) -> tuple[str, ...]:
    body = result.body
    return (result.page.name, f"F {body.f1:.3f}", f"P {body.precision:.3f}", f"R {body.recall:.3f}")


def _field_lines(articles: list[PageResult]) -> list[str]:
    wrong = defaultdict(list)
    for result in articles:
        for name in (name for name, score in result.fields.items() if score < 1.0):
            wrong[name].append(result.page.name)
    return [f"{name} ({len(pages)}): {', '.join(pages[:WORST])}" for name, pages in sorted(wrong.items())]


def _outcome_lines(results: list[PageResult]) -> list[str]:
    lost = [f"article {result.page.name}: {result.reason}" for result in _articles(results) if result.reason]
    return lost + [
        f"{result.page.truth['reason']} {result.page.name}: {result.reason or 'taken for an article'}"
        for result in _not_articles(results)
        if result.reason not in result.page.reasons
    ]


@pytest.mark.parametrize("name", FLOORS)
def test_extraction_does_not_fall_below_its_floor(results: list[PageResult], name: str) -> None:
    assert measured(results)[name] >= FLOORS[name], f"{name} fell below its floor\n\n{report(results)}"


def test_every_figure_has_a_floor_and_prints_beside_it(results: list[PageResult]) -> None:
    assert set(measured(results)) == set(FLOORS)
    print(f"\n{report(results)}")  # noqa: T201  (shown by -s, and by pytest where the test fails)
