"""Counting the stored records by one of their values, in the files of the days."""

from collections.abc import Mapping
from typing import NamedTuple

from infra.stack.periods import Period
from infra.stack.questions.day_files import DayFileReader, connect

MAX_GROUPS = 100  # that are counted apart, by judgement: more fill no screen usefully


class CountedValue(NamedTuple):
    """Where a value stands: the table, its column, and which rows count."""

    table: str
    column: str
    condition: str = "TRUE"


COUNTED: Mapping[str, CountedValue] = {
    "topic": CountedValue("topics", "topic", "is_first"),
    "site": CountedValue("records", "site", "outcome = 'published'"),
    "language": CountedValue("records", "language", "outcome = 'published'"),
    "day": CountedValue("records", "day", "outcome = 'published'"),
    "reason": CountedValue("rejections", "reason"),
    "rule": CountedValue("matches", "rule"),
}


def count_records(reader: DayFileReader, by: str, period: Period) -> dict[str, int]:
    """How many records of the period have each value, the most frequent first; days in their order, newest first."""
    table, column, condition = COUNTED[by]
    paths = [str(path) for _, path in reader.fetch_in_order(reader.days(table, period.utc_days))]
    if not paths:
        return {}
    order = "1 DESC" if by == "day" else "2 DESC, 1"
    counted = connect().execute(
        f"SELECT coalesce({column}, ''), count(*) FROM read_parquet(?, hive_types = {{'day': VARCHAR}})"  # noqa: S608  # our own names
        f" WHERE {condition} GROUP BY 1 ORDER BY {order} LIMIT {MAX_GROUPS}",
        [paths],
    )
    return dict(counted.fetchall())
