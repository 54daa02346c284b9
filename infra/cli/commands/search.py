"""`search`: the stored records by the query language of rules."""

from itertools import islice
from typing import Annotated, Any

import typer

from infra.cli.command import CommandContext, add
from infra.cli.option_values import checked_query, language_code, site_names
from infra.cli.screen.output import err, out, plain, when, words
from infra.stack.periods import period_of_days
from infra.stack.questions.day_files import day_files
from infra.stack.questions.record_search import Finding, RecordSearch, SearchTerms
from infra.stack.topics import one_of_the_topics

DAYS_BACK = 3_660  # that a search reads before its last day where it has no first one: more than there are


def register(app: typer.Typer) -> None:
    add(app, search, takes_dashes=True)


def search(  # noqa: PLR0913  # each narrows the search
    context: CommandContext,
    query: Annotated[
        str, typer.Argument(help="Words, phrases, prefixes, nearness, fields, AND, OR, NOT, as in a rule.")
    ],
    *,
    first: Annotated[str | None, typer.Option("--from", help="The first day: 2025-05-01, today or yesterday.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last day.")] = None,
    site: Annotated[str | None, typer.Option(help="Of this site.")] = None,
    topic: Annotated[str | None, typer.Option(help="With this topic among theirs.")] = None,
    language: Annotated[str | None, typer.Option(help="In this language: en, de, ar.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many to show.")] = 20,
) -> None:
    """Searches the texts of all records, newest first.

    Each finding comes with the sentence that matched. On AWS, records of the last hour may be missing.

    Example: clipwire search 'flood* AND NOT cricket' --from 2025-05-01
    Example: clipwire search '"split shifts" OR strike' --language en --limit 5
    """
    checked_query(query, "searched for")
    terms = SearchTerms(
        site=None if site is None else site_names(context.target, [site])[0],
        topic=None if topic is None else one_of_the_topics(topic),
        language=None if language is None else language_code(language),
        processed=period_of_days(first, last, DAYS_BACK),
    )
    with day_files(context.target) as reader:
        records = RecordSearch(reader, query, terms)
        found = list(islice(records.findings(), limit + 1))
    if records.searched == 0:
        err.print(
            "No texts of these days are there to search: the stack writes them hourly, if `TextsInTables` is true."
        )
    more = len(found) > limit
    shown = found[:limit]
    context.answer({"matches": [vars(finding) for finding in shown], "more": more}, lambda: show(shown, more=more))


def show(found: list[Finding], *, more: bool) -> None:
    if not found:
        err.print("No record matches that.")
    for finding in found:
        out.print(heading_of(finding))
        out.print(words(f"          {plain(finding.sentence)}", "italic"), soft_wrap=True)
    if more:
        err.print(words("There are more: raise --limit, or add --to", "dim"))


def heading_of(finding: Finding) -> Any:  # noqa: ANN401  # a line of rich
    told = "  ".join(filter(None, (when(finding.published_at), finding.site, finding.topic)))
    return (
        words(f"{finding.document_id[:8]}  ", "cyan")
        .append_text(words(finding.title, "bold"))
        .append_text(words(f"  {told}", "dim"))
    )
