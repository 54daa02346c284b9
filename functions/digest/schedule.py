"""When a digest's windows end: each day at one time of a zone's clock, or at each full hour."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared.domain.digests import Digest

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

# Seconds after the end of a window until it is looked at. What was told within it is noted by then: notify holds a
# claim for 90 s, and notes what waits for a digest before it sends.
GRACE_SECONDS = 90


def last_end(digest: Digest, now: datetime) -> datetime:
    """The newest end of a window that is not after `now`, in UTC."""
    if digest.rhythm == "hourly":
        return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    zone = ZoneInfo(digest.zone)
    today = now.astimezone(zone).date()
    ends = (local_time(digest, today + DAY * days, zone) for days in (1, 0, -1))
    return next(end for end in ends if end <= now)


def window_before(digest: Digest, end: datetime) -> datetime:
    """The end of the window before the one that ends here: where that one begins."""
    return last_end(digest, end - timedelta(seconds=1))


def local_time(digest: Digest, day: date, zone: ZoneInfo) -> datetime:
    """The digest's time on one day of its zone, in UTC.

    A time that the clock skips (02:30 when summer time begins) is as long after midnight as on other days, so 03:30; of
    one that comes twice the first is meant. So there is one window a day, of 23 to 25 hours.
    """
    return datetime.combine(day, time.fromisoformat(digest.at), zone).astimezone(UTC)
