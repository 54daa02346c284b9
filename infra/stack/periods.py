"""A stretch of time that a person named by days, and the table's days (UTC) that it touches."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from infra.errors import CliError

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` up to but without `until`, both with a zone."""

    since: datetime
    until: datetime

    @property
    def utc_days(self) -> list[str]:
        """The days of the by-day index that the period touches, newest first."""
        last, first = (self.until - timedelta(microseconds=1)).astimezone(UTC), self.since.astimezone(UTC)
        count = (last.date() - first.date()).days + 1
        return [f"{last.date() - timedelta(days=back)}" for back in range(count)]

    def holds(self, iso: object) -> bool:
        """Whether an ISO time with a zone lies in the period."""
        try:
            return self.since <= datetime.fromisoformat(str(iso)) < self.until
        except (ValueError, TypeError):  # no time, or one without a zone
            return False


def local_day(named: str) -> Period:
    """The day of this machine's zone that is called `2025-05-01`, `today` or `yesterday`; raises `CliError`."""
    today = datetime.now().astimezone().date()
    day = {"today": today, "yesterday": today - timedelta(days=1)}.get(named) or date_of(named)
    return Period(start_of(day), start_of(day + timedelta(days=1)))


def period_of_days(first: str | None, last: str | None, days_back: int) -> Period | None:
    """From the first day up to and with the last one; None where neither is named.

    Without a last day it goes on to today; without a first one it begins so many days before its end.
    """
    if first is None and last is None:
        return None
    until = local_day(last or "today").until
    since = local_day(first).since if first else until - timedelta(days=days_back)
    if since >= until:
        raise CliError(f"{first} is after {last or 'today'}.", "Give the earlier day as `--from`.")
    return Period(since, until)


def date_of(named: str) -> date:
    try:
        if _DAY.fullmatch(named):
            return date.fromisoformat(named)
    except ValueError:
        pass
    raise CliError(f"{named!r} is no day.", "Write it as 2025-05-01, today or yesterday.")


def start_of(day: date) -> datetime:
    """Midnight in this machine's zone, by the zone's rules of that day."""
    return datetime.combine(day, time()).astimezone()
