"""How many records there are of each kind, over the days of the dashboard's time range."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from functions.desk.lists import days_back, pages_of
from functions.desk.ports import DeskRecords, RecordLine

MAX_COUNTED = 20_000  # records of one view, by judgement: 30 MB of the index, some 8 s
LINES_A_READ = 1_000  # of an index, some 1.5 MB
DEFAULT_DAYS = 7  # where the dashboard names no time range
MAX_DAYS = 31  # of a time range, by judgement: one query each


@dataclass
class Counts:
    """Records by day of processing, outcome, first topic, site and reason. `is_whole`: nothing was left out."""

    days: Sequence[str]
    records: int = 0
    is_whole: bool = True
    by_day: Counter[str] = field(default_factory=Counter)
    by_outcome: Counter[str] = field(default_factory=Counter)
    by_topic: Counter[str] = field(default_factory=Counter)
    by_site: Counter[str] = field(default_factory=Counter)
    by_reason: Counter[str] = field(default_factory=Counter)

    def add(self, day: str, line: RecordLine) -> None:
        self.records += 1
        self.by_day[day] += 1
        self.by_outcome[line.outcome] += 1
        for counter, value in ((self.by_topic, line.topic), (self.by_site, line.site), (self.by_reason, line.reason)):
            if value:
                counter[value] += 1

    def tables(self) -> Mapping[str, Counter[str]]:
        """What is shown as bars, by its heading."""
        return {
            "Outcomes": self.by_outcome,
            "Topics": self.by_topic,
            "Sites": self.by_site,
            "Reasons of rejection": self.by_reason,
        }


def count_records(records: DeskRecords, days: Sequence[str]) -> Counts:
    """Counts what was processed on these days, newest first, up to a bound."""
    counts = Counts(days)
    for day in days:
        for page in pages_of(records, "day", day, None, LINES_A_READ):
            for line in page.lines:
                counts.add(day, line)
            if counts.records >= MAX_COUNTED:
                counts.is_whole = False
                return counts
    return counts


def counted_days(asked: tuple[str, str] | None, newest: date) -> list[str]:
    """The days of a time range, newest first, at most 31."""
    if asked is None:
        return days_back(newest, DEFAULT_DAYS)
    first, last = (date.fromisoformat(day) for day in asked)
    last = min(last, newest)
    return days_back(last, max(1, min((last - first) // timedelta(days=1) + 1, MAX_DAYS)))
