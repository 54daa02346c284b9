"""A day, or a time of a day, at the precision and in the zone in which it was written."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

MIN_YEAR = 1990  # a year; no page of the web is older, what says so is a default value
ZONE_STEP = 1_800  # seconds; all zones but those of quarter hours, which two declarations rarely disagree in
MIN_ZONE = -12 * 3600  # seconds from UTC, the westernmost zone
MAX_ZONE = 14 * 3600  # seconds from UTC, the easternmost zone


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a time of a day; `zone` is the abbreviation that was written where it does not name one offset."""

    value: date | datetime
    zone: str = ""

    @property
    def has_time(self) -> bool:
        return isinstance(self.value, datetime)

    @property
    def day(self) -> date:
        return self.value.date() if isinstance(self.value, datetime) else self.value

    @property
    def is_midnight(self) -> bool:
        return isinstance(self.value, datetime) and (self.value.hour, self.value.minute, self.value.second) == (0, 0, 0)

    @property
    def lacks_offset(self) -> bool:
        """Whether this is a wall clock, with no zone or with a name of several zones."""
        return isinstance(self.value, datetime) and self.value.tzinfo is None

    def in_zone_of(self, other: "Moment") -> "Moment | None":
        """The same wall clock, in the zone in which the other moment is the same instant.

        None where the two are not half hours apart, or no zone is so far from UTC.
        """
        mine, theirs = self.value, other.value
        if not (isinstance(mine, datetime) and isinstance(theirs, datetime)) or mine.tzinfo or not theirs.tzinfo:
            return None
        if abs(mine.toordinal() - theirs.toordinal()) > 1:
            return None
        if mine.replace(microsecond=0) == theirs.replace(microsecond=0, tzinfo=None):
            return other
        ahead = (mine - theirs.astimezone(UTC).replace(tzinfo=None)).total_seconds()
        if ahead % ZONE_STEP or not MIN_ZONE <= ahead <= MAX_ZONE:
            return None
        return Moment(mine.replace(tzinfo=timezone(timedelta(seconds=ahead))))

    def is_utc(self) -> bool:
        """Whether the moment is told in UTC, which is how programs tell it wherever the page is written."""
        return isinstance(self.value, datetime) and self.value.utcoffset() == timedelta(0)

    def is_same_instant(self, other: "Moment") -> bool:
        """Whether both are the same minute of the world's time; False where one has no zone."""
        mine, theirs = self.value, other.value
        if not (isinstance(mine, datetime) and isinstance(theirs, datetime) and mine.tzinfo and theirs.tzinfo):
            return False
        return abs(mine - theirs) < timedelta(minutes=1)

    def iso(self) -> str:
        """ISO 8601 to the second, or the day alone."""
        if isinstance(self.value, datetime):
            return self.value.replace(microsecond=0).isoformat()
        return self.value.isoformat()

    def is_possible(self, now: datetime) -> bool:
        """False for years before the web and for days that have not come."""
        return self.day.year >= MIN_YEAR and self.day <= (now + timedelta(days=1)).date()
