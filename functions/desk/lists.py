"""Lists that go on over the partitions of an index, for example from day to day."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from functions.desk.ports import DeskRecords, LinePage, ListName, RecordLine
from functions.desk.request import Mark

MAX_DAYS_BACK = 60  # days that a list without a question looks back, as in the command line; one query each
PAGE_SIZE = 20  # lines of one view, by judgement: what a widget of a screen's height shows with some scrolling


def days_back(newest: date, count: int = MAX_DAYS_BACK) -> list[str]:
    """`2025-05-02` → 2025-05-02, 2025-05-01 and so on."""
    return [f"{newest - timedelta(days=back)}" for back in range(count)]


def days_from(newest: date, after: Mark | None, count: int = MAX_DAYS_BACK) -> list[str]:
    """So many days, newest first, from the mark's day on."""
    try:
        marked = date.fromisoformat((after or {}).get("processed_on", ""))
    except ValueError:
        marked = newest
    return days_back(min(marked, newest), count)


def mark_before(day: str) -> Mark:
    """The mark of a list that goes on with the day before this one."""
    return {"processed_on": f"{date.fromisoformat(day) - timedelta(days=1)}"}


def today(now: float) -> date:
    return datetime.fromtimestamp(now, UTC).date()


def pages_of_days(records: DeskRecords, days: Sequence[str], after: Mark | None, limit: int) -> Iterator[LinePage]:
    """Pages of what was processed on these days; those of the first day from the mark on."""
    for number, day in enumerate(days):
        yield from pages_of(records, "day", day, after if number == 0 else None, limit)


def pages_of(records: DeskRecords, name: ListName, value: str, after: Mark | None, limit: int) -> Iterator[LinePage]:
    """Pages of one partition, from the mark on."""
    while True:
        page = records.page(name, value, after, limit)
        yield page
        after = page.after
        if after is None:
            return


def newest_lines(records: DeskRecords, newest: date, after: Mark | None, limit: int = PAGE_SIZE) -> LinePage:
    """The newest records of any kind, over as many days as it takes to fill a view."""
    lines: list[RecordLine] = []
    days = days_from(newest, after)
    for page in pages_of_days(records, days, after, limit):
        lines += page.lines
        if len(lines) >= limit:
            return LinePage(lines, mark_of_day(lines[-1]))
    return LinePage(lines, mark_before(days[-1]))


def mark_of_day(line: RecordLine) -> Mark:
    """The key of a line in the index of days."""
    processed_at = line.processed_at or ""
    return {"processed_on": processed_at[:10], "processed_at": processed_at, "document_id": line.document_id}
