"""`records`: lists of documents by topic, site, day or what needs attention."""

from typing import Annotated, Any

import typer

from infra.cli.command import CommandContext, add
from infra.cli.option_values import language_code, site_names
from infra.cli.screen.csv_sheet import write_sheet
from infra.cli.screen.output import err, one_line, out, outcome_word, table, when, words
from infra.errors import CliError
from infra.stack.periods import local_day, period_of_days
from infra.stack.records.documents import DAYS_BACK, DOUBTFUL, NAMES, Question, page_of, with_attributes
from infra.stack.records.stories import with_stories
from infra.stack.topics import one_of_the_topics

MAX_PASSED = 100_000  # records read past to reach a page, by judgement: half a minute, and some ten cents of reads


def register(app: typer.Typer) -> None:
    add(app, records)


def records(  # noqa: PLR0913  # each is one way to ask
    context: CommandContext,
    *,
    topic: Annotated[str | None, typer.Option(help="Documents whose first topic this is, newest first.")] = None,
    site: Annotated[str | None, typer.Option(help="Documents of this site, newest first.")] = None,
    date: Annotated[
        str | None,
        typer.Option(help="Documents processed on this day of this machine's zone: 2025-05-01, today or yesterday."),
    ] = None,
    first: Annotated[str | None, typer.Option("--from", help="Processed on this day or later.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Processed on this day or before.")] = None,
    author: Annotated[str | None, typer.Option(help="By an author with these words in the name.")] = None,
    person: Annotated[str | None, typer.Option(help="Naming a person with these words in the name.")] = None,
    organisation: Annotated[str | None, typer.Option(help="Naming an organisation, likewise.")] = None,
    place: Annotated[str | None, typer.Option(help="Naming a place, likewise.")] = None,
    language: Annotated[str | None, typer.Option(help="In this language: en, de, ar.")] = None,
    attention: Annotated[
        bool, typer.Option("--attention", help="Documents rejected, or published in doubt: a person may want to look.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many to show.")] = 20,
    page: Annotated[int, typer.Option(min=1, help="Which page of so many; documents that come in move it on.")] = 1,
    after: Annotated[str | None, typer.Option(help="For scripts: go on after the mark `after` of `--json`.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer as CSV, for a spreadsheet.")] = False,
) -> None:
    """Lists documents, newest first.

    By topic, site, day, or what needs attention; all narrowed by names, language and days. Without any of these: the
    newest processed of the last sixty days.

    Example: clipwire records --topic disaster
    Example: clipwire records --attention --page 2
    Example: clipwire records --date today --csv
    Example: clipwire records --person "Ines Halloran" --from 2025-05-01
    """
    if as_csv and context.as_json:
        raise CliError("`--csv` and `--json` are two answers.", "Choose one.")
    if attention and topic:
        raise CliError(
            "A rejected document has no topic.",
            "Ask `clipwire records --attention` alone, or with `--site` or `--date`.",
        )
    if (page - 1) * limit > MAX_PASSED:
        raise CliError(f"Page {page} is too far back.", "Ask by `--date`, or go on by `--after` in a script.")
    if date and (first or last):
        raise CliError("`--date` and `--from` are two answers to when.", "Choose one.")
    names = {"authors": author, "people": person, "organisations": organisation, "places": place}
    question = Question(
        topic=None if topic is None else one_of_the_topics(topic),
        site=None if site is None else site_names(context.target, [site])[0],
        attention=attention,
        processed=local_day(date) if date else period_of_days(first, last, DAYS_BACK),
        language=None if language is None else language_code(language),
        named={where: words for where, words in names.items() if words},
    )
    found, mark = page_of(context.target, question, limit, after, page)
    if as_csv:
        write_sheet(with_attributes(context.target, with_stories(context.target, found), NAMES))
        _say_more(mark, page)
    else:
        listed = found if attention else with_stories(context.target, found)
        context.answer({"records": listed, "after": mark}, lambda: _show(listed, mark, page, question))


def _show(found: list[dict[str, Any]], mark: str | None, page: int, question: Question) -> None:
    if found:
        out.print(rejected_table(found) if question.attention else records_table(found))
        _say_more(mark, page)
    else:
        err.print("No records answer that.")
    if question.topic:
        note = f"Asked for {question.topic} as the first topic. `clipwire search topic:{question.topic}`"
        err.print(words(f"{note} finds all that have it among theirs.", "dim"))


def _say_more(mark: str | None, page: int) -> None:
    if mark:
        err.print(words(f"There are more: add --page {page + 1}", "dim"))


def records_table(found: list[dict[str, Any]]) -> Any:  # noqa: ANN401  # a rich table
    """A story that several documents tell has their number."""
    shared = any(item.get("story_size", 1) > 1 for item in found)
    columns = ("id", "outcome", "topic", "site", "published", *(["story of"] if shared else []), "title")
    return table("", columns, (listed_cells(item, shared=shared) for item in found))


def listed_cells(item: dict[str, Any], *, shared: bool) -> list[Any]:
    *cells, title = record_cells(item)
    size = item.get("story_size", 1)
    return [item["document_id"][:8], *cells, *([str(size) if size > 1 else ""] if shared else []), title]


def record_cells(item: dict[str, Any]) -> list[Any]:
    outcome = item.get("outcome", "published")
    about = item.get("title") or item.get("source_key", "")
    topics = ", ".join(item.get("topics") or []) or item.get("topic") or item.get("reason") or ""
    return [outcome_word(outcome), topics, item.get("site") or "", when(item.get("published_at")), one_line(about)]


def rejected_table(found: list[dict[str, Any]]) -> Any:  # noqa: ANN401  # a rich table
    columns = ("id", "reason", "processed", "site", "title", "detail")
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
