"""`records`: lists of documents by topic, site, day or what needs attention."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from functions.enrich.record import DOUBTFUL
from infra.cli.command import CommandContext, add
from infra.cli.csv_sheet import write_sheet
from infra.cli.output import err, one_line, out, outcome_word, table, when, words
from infra.errors import CliError
from infra.stack.documents import Question, page_of
from infra.stack.topics import one_of_the_topics

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def register(app: typer.Typer) -> None:
    add(app, records)


def records(  # noqa: PLR0913  # each is one way to ask
    context: CommandContext,
    *,
    topic: Annotated[str | None, typer.Option(help="Documents whose first topic this is, newest first.")] = None,
    site: Annotated[str | None, typer.Option(help="Documents of this site, newest first.")] = None,
    date: Annotated[
        str | None, typer.Option(help="Documents processed on this day (UTC): 2025-05-01, today or yesterday.")
    ] = None,
    attention: Annotated[
        bool, typer.Option("--attention", help="Documents rejected, or published in doubt: a person may want to look.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many to show.")] = 20,
    after: Annotated[str | None, typer.Option(help="Go on after the mark that the list before ended with.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer as CSV, for a spreadsheet.")] = False,
) -> None:
    """Lists documents, newest first.

    By topic, site, day, or what needs attention. Without any of these: the newest processed.

    Example: clipwire records --topic disaster
    Example: clipwire records --attention --page 2
    Example: clipwire records --date today --csv
    """
    if as_csv and context.as_json:
        raise CliError("`--csv` and `--json` are two answers.", "Choose one.")
    if attention and topic:
        raise CliError(
            "A rejected document has no topic.",
            "Ask `clipwire records --attention` alone, or with `--site` or `--date`.",
        )
    question = Question(one_of_the_topics(topic) if topic else None, site, parse_day(date), attention)
    found, mark = page_of(context.target, question, limit, after)
    if as_csv:
        write_sheet(found)
        _say_more(mark)
    else:
        context.answer({"records": found, "after": mark}, lambda: _show(found, mark, attention=attention))


def parse_day(date: str | None) -> str | None:
    today = datetime.now(UTC).date()
    named = {None: None, "today": f"{today}", "yesterday": f"{today - timedelta(days=1)}"}
    if date in named:
        return named[date]
    if not date or not _DAY.fullmatch(date):
        raise CliError(f"{date!r} is no day.", "Write it as 2025-05-01, today or yesterday.")
    return date


def _show(found: list[dict[str, Any]], mark: str | None, *, attention: bool) -> None:
    if not found:
        err.print("No records answer that.")
        return
    out.print(rejected_table(found) if attention else records_table(found))
    _say_more(mark)


def _say_more(mark: str | None) -> None:
    if mark:
        err.print(words(f"More: add --after {mark}", "dim"))


def records_table(found: list[dict[str, Any]]) -> Any:  # noqa: ANN401  # a rich table
    columns = ("id", "outcome", "topic", "site", "published", "title")
    return table("", columns, ([item["document_id"][:8], *record_cells(item)] for item in found))


def record_cells(item: dict[str, Any]) -> list[Any]:
    outcome = item.get("outcome", "published")
    about = item.get("title") or item.get("source_key", "")
    topics = ", ".join(item.get("topics") or []) or item.get("topic") or item.get("reason") or ""
    return [outcome_word(outcome), topics, item.get("site") or "", when(item.get("published_at")), one_line(about)]


def rejected_table(found: list[dict[str, Any]]) -> Any:  # noqa: ANN401  # a rich table
    columns = ("id", "reason", "processed", "site", "page", "detail")
    return table("", columns, map(attention_cells, found))


def attention_cells(item: dict[str, Any]) -> list[Any]:
    """A rejected record has its reason and detail; one published in doubt has its probability instead."""
    said = item.get("detail") or ""
    if item.get("attention") == DOUBTFUL:
        said = f"Probability of an article: {item.get('extraction_confidence', 0):.2f}."
    return [
        item["document_id"][:8],
        item.get("reason") or item.get("attention", ""),
        when(item.get("processed_at")),
        item.get("site") or "",
        item.get("title") or item.get("url") or item.get("source_key", ""),
        said,
    ]
