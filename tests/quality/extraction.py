"""Runs extraction over a corpus, measures it, and lists the pages and fields that are wrong."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from shared.domain.documents import Article
from shared.domain.errors import Rejected
from tests.corpus.truth import CorpusPage
from tests.quality.scoring import BodyScore, best_body_score, field_scores, harmonic, mean, mean_where_known, table

MAX_LISTED_PAGES = 8  # worst pages, and wrong pages per field, in a report; by judgement
Extract = Callable[[bytes, str | None], Article]


@dataclass(frozen=True)
class PageResult:
    """The result of extraction for one page: the fields of an article, or the reason of a refusal."""

    page: CorpusPage
    article: dict[str, Any] = field(default_factory=dict)
    reason: str = ""

    @cached_property
    def body(self) -> BodyScore:
        return (
            best_body_score(self.page.truth, self.article["text"]) if self.article else BodyScore(0.0, 0.0, exact=False)
        )

    @cached_property
    def fields(self) -> dict[str, float]:
        return field_scores(self.page.truth, self.article) if self.article else {}


def run_page(page: CorpusPage, extract: Extract) -> PageResult:
    try:
        return PageResult(page, article=extract(page.body, page.truth.get("url")).model_dump())
    except Rejected as rejected:
        return PageResult(page, reason=str(rejected.reason))


def measured(results: list[PageResult]) -> dict[str, float]:
    """Every figure that has a floor.

    Fields are measured only where an article was found. The body of an article that was refused scores 0.
    """
    articles, others = _articles(results), _not_articles(results)
    return _body_figures(articles) | _field_figures(articles) | (_refusal_figures(others) if others else {})


def _articles(results: list[PageResult]) -> list[PageResult]:
    return [result for result in results if result.page.is_article]


def _not_articles(results: list[PageResult]) -> list[PageResult]:
    return [result for result in results if not result.page.is_article]


def _body_figures(articles: list[PageResult]) -> dict[str, float]:
    precision, recall = (mean(getattr(result.body, side) for result in articles) for side in ("precision", "recall"))
    return {
        "articles kept": mean(bool(result.article) for result in articles),
        "body F1": harmonic(precision, recall),
        "body precision": precision,
        "body recall": recall,
        "body exact": mean(result.body.exact for result in articles),
    }


def _field_figures(articles: list[PageResult]) -> dict[str, float]:
    found = [result.fields for result in articles if result.article]
    return {name: mean_where_known(found, name) for name in sorted({name for row in found for name in row})}


def _refusal_figures(others: list[PageResult]) -> dict[str, float]:
    return {
        "not-articles refused": mean(bool(result.reason) for result in others),
        "not-articles refused with the right reason": mean(result.reason in result.page.reasons for result in others),
    }


def report(results: list[PageResult], floors: Mapping[str, float]) -> str:
    """Each figure beside its floor, and then the worst bodies, the wrong fields and the wrong outcomes."""
    lines = [_figure_line(name, figure, floors.get(name)) for name, figure in measured(results).items()]
    worst = sorted(_articles(results), key=lambda result: result.body.f1)[:MAX_LISTED_PAGES]
    return "\n\n".join(
        [
            table([("measure", "measured", "floor", ""), *lines], (44, 9, 6, 6)),
            "Worst bodies\n" + table([_body_line(result) for result in worst], (28, 8, 8, 8)),
            "Wrong fields\n" + "\n".join(_field_lines(_articles(results))),
            "Wrongly kept or refused\n" + "\n".join(_outcome_lines(results)),
        ],
    )


def largest_losses(results: list[PageResult]) -> str:
    """One row per figure that is not perfect, with what it lacks to 1. The largest loss comes first."""
    losses = sorted(((1 - figure, name) for name, figure in measured(results).items() if figure < 1), reverse=True)
    return table([(name, f"-{loss:.3f}") for loss, name in losses], (44, 9))


def _figure_line(name: str, figure: float, floor: float | None) -> tuple[str, ...]:
    return (
        name,
        f"{figure:.3f}",
        "" if floor is None else f"{floor:.3f}",
        "BELOW" if floor is not None and figure < floor else "",
    )


def _body_line(result: PageResult) -> tuple[str, ...]:
    body = result.body
    return (result.page.name[:28], f"F1 {body.f1:.3f}", f"P {body.precision:.3f}", f"R {body.recall:.3f}")


def _field_lines(articles: list[PageResult]) -> list[str]:
    wrong = defaultdict(list)
    for result in articles:
        for name in (name for name, score in result.fields.items() if score < 1.0):
            wrong[name].append(result.page.name)
    return [f"{name} ({len(pages)}): {', '.join(pages[:MAX_LISTED_PAGES])}" for name, pages in sorted(wrong.items())]


def _outcome_lines(results: list[PageResult]) -> list[str]:
    lost = [f"article {result.page.name}: {result.reason}" for result in _articles(results) if result.reason]
    return lost + [
        f"{result.page.truth['reason']} {result.page.name}: {result.reason or 'taken for an article'}"
        for result in _not_articles(results)
        if result.reason not in result.page.reasons
    ]
