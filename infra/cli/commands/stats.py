"""`stats`: how many records there are by one of their values."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from infra.cli.command import CommandContext, add
from infra.cli.screen.output import err, out, plain, table
from infra.errors import CliError
from infra.stack.periods import Period, period_of_days
from infra.stack.questions.day_files import day_files
from infra.stack.questions.record_counts import COUNTED, count_records

BAR_COLUMNS = 30  # of the longest bar, by judgement
DAYS_BACK = 30  # that are counted where no day is named, by judgement: a month


def register(app: typer.Typer) -> None:
    add(app, stats)


def stats(
    context: CommandContext,
    by: Annotated[str, typer.Option(help="What is counted: topic, site, language, day, reason or rule.")] = "topic",
    first: Annotated[
        str | None, typer.Option("--from", help="The first day: 2025-05-01, today or yesterday. Default: 30 days ago.")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last day.")] = None,
) -> None:
    """Counts records by topic, site, day and so on.

    Days are those on which a record was processed. On AWS, the counts are at most an hour behind the records.

    Example: clipwire stats
    Example: clipwire stats --by reason --from 2025-05-01
    """
    if by not in COUNTED:
        raise CliError(f"Nothing is counted by {by!r}.", f"Choose one of {', '.join(COUNTED)}.")
    with day_files(context.target) as reader:
        counts = count_records(reader, by, period_of_days(first, last, DAYS_BACK) or last_days())
    context.answer({"by": by, "counts": counts}, lambda: show(by, counts))


def last_days() -> Period:
    now = datetime.now(UTC)
    return Period(now - timedelta(days=DAYS_BACK), now + timedelta(minutes=1))


def show(by: str, counts: dict[str, int]) -> None:
    if not counts:
        err.print("No records of these days.")
        return
    out.print(table("", (by, "records", ""), rows_with_bars(counts)))


def rows_with_bars(counts: dict[str, int]) -> Iterator[tuple[str, str, str]]:
    """Each value with its number and a bar; the longest bar has thirty columns, and none is without one."""
    most = max(counts.values())
    for value, number in counts.items():
        yield plain(value) or "(none)", f"{number:,}", "█" * max(1, round(BAR_COLUMNS * number / most))
