"""One turn of the export: the files of each day that changed are written anew, whole."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Protocol

from functions.export.ports import DayFiles, EnabledRules, ExportState, HistoryByDay, RecordsByDay, ToldStories
from functions.export.rows import history_row, record_row, rule_row
from shared.domain.documents import Record
from shared.domain.history import HistoryLine, with_changes
from shared.domain.told import NEVER_TOLD, story_of
from shared.telemetry import Telemetry
from shared.times import SECONDS_A_DAY, iso_utc

SECONDS_TO_SPARE = 120  # before the function's time-out; by judgement: a day of 10,000 records takes some 40 s
# Lines of the last hour and a half are read again at the next turn: an index may show a record some seconds late, the
# clocks of workers differ, and alerts are sent after their record is written. By judgement.
SECONDS_READ_AGAIN = 5_400
RECORDS_A_READ = 100  # records whose stories are read at once: as many as DynamoDB gives a call
# A record expires at its second and is removed by DynamoDB within two days, so its day is looked at on four.
DAYS_AFTER_EXPIRY = 4
Row = Mapping[str, Any]


class TableFiles(Protocol):
    """Makes the files of a day: bytes by table, for each table that has rows."""

    def __call__(self, rows: Mapping[str, Iterable[Row]]) -> Mapping[str, bytes]:
        """The rows are those of each source, `record_rows`, `history_rows` and `rule_rows`; each is read once."""


@dataclass(frozen=True)
class ExportDays:
    """Collaborators of the export. A turn that stops anywhere is finished by the next one."""

    records: RecordsByDay
    history: HistoryByDay
    rules: EnabledRules
    told: ToldStories
    files: DayFiles
    tables: TableFiles
    telemetry: Telemetry
    retention_days: int = 0
    with_text: bool = True
    now: Callable[[], float] = time.time

    def run(self, seconds_left: Callable[[], float], *, everything: bool = False) -> ExportState:
        """Writes the files of all days that changed since the last turn, newest first, as far as time allows."""
        begun = self.now()
        state = self.files.load_state()
        due = self.every_day() if everything or not state.seen_until else self.changed_days(state, begun)
        state = ExportState(seen_until=iso_utc(begun), due=sorted({*state.due, *due}, reverse=True))
        self.files.save_state(state)
        while state.due and seconds_left() > SECONDS_TO_SPARE:
            self.write_day(state.due[0])
            state = state.model_copy(update={"due": state.due[1:]})
            self.files.save_state(state)
        self.telemetry.log.info("exported", extra={"days_left": len(state.due)})
        return state

    def every_day(self) -> set[str]:
        """Each day with records or files: what the first turn writes, and one that is asked for everything."""
        return {*self.records.days(), *self.files.days()}

    def changed_days(self, state: ExportState, now: float) -> set[str]:
        """The days of every version that ended since the last turn, and of all older versions of its document."""
        days = self.expired_days(now)
        for line in self.lines_since(state.seen_until, now):
            days |= days_of_line(line)
            if line.replaced:
                for older in self.history.lines(line.document_id):
                    days |= days_of_line(older)
        return days

    def lines_since(self, seen_until: str, now: float) -> Iterator[HistoryLine]:
        since = iso_utc(epoch_of(seen_until) - SECONDS_READ_AGAIN)
        for day in days_between(since[:10], iso_utc(now)[:10]):
            yield from self.history.noted_on(day, since if day == since[:10] else "")

    def expired_days(self, now: float) -> set[str]:
        """The days whose records have just expired, if they still have files."""
        if self.retention_days == 0:
            return set()
        past = (now - (self.retention_days + back) * SECONDS_A_DAY for back in range(DAYS_AFTER_EXPIRY))
        return {iso_utc(moment)[:10] for moment in past} & self.files.days()

    def write_day(self, day: str) -> None:
        rows = {
            "record_rows": self.record_rows(day),
            "history_rows": self.history_rows(day),
            "rule_rows": map(rule_row, self.rules.enabled()) if day == iso_utc(self.now())[:10] else (),
        }
        self.files.replace(day, self.tables(rows))
        self.telemetry.count("DaysExported")

    def record_rows(self, day: str) -> Iterator[Row]:
        """The day's records, each with what its readers were told."""
        records = self.standing_records(day)
        while part := list(islice(records, RECORDS_A_READ)):
            stories = self.told.find_many({story_of(record) for record in part})
            for record in part:
                story = stories.get(story_of(record))
                told = story.of(record.document_id) if story else NEVER_TOLD
                yield record_row(record, with_text=self.with_text, told=told)

    def standing_records(self, day: str) -> Iterator[Record]:
        """The day's records but for those that have expired and are not removed yet."""
        now = self.now()
        return (record for record in self.records.of_day(day) if not record.expires_at or record.expires_at > now)

    def history_rows(self, day: str) -> Iterator[Row]:
        """The lines that were noted on the day, each with what changed since the line before it."""
        for line in self.history.noted_on(day):
            lines = self.history.lines(line.document_id) if line.replaced else [line]
            changes = {told.entry: changed for told, changed in with_changes(lines)}
            yield history_row(line, changes.get(line.entry, []))


def days_of_line(line: HistoryLine) -> set[str]:
    """The day under which the version stood, those on which it ended and its line was written.

    A line whose alert was late counts as written on the day of the alert, and is to go from the day before.
    """
    return {day for day in (line.recorded_on, line.ended_at[:10], line.noted_at[:10]) if day}


def days_between(first: str, last: str) -> Iterator[str]:
    """Every day from the first to the last, as `2026-05-01`."""
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield f"{day}"
        day += timedelta(days=1)


def epoch_of(iso: str) -> float:
    return datetime.fromisoformat(iso).timestamp()
