"""Moments as ISO 8601 in UTC, to the second: `2025-05-01T03:15:00Z`."""

from datetime import UTC, datetime

SECONDS_A_DAY = 86_400  # leap seconds are not counted


def iso_utc(epoch_seconds: float) -> str:
    return datetime.fromtimestamp(int(epoch_seconds), UTC).isoformat().replace("+00:00", "Z")


def sortable_utc(iso: str) -> str:
    """An ISO 8601 date or time as one in UTC that sorts.

    A date counts from midnight, a wall clock without zone as UTC.
    """
    moment = datetime.fromisoformat(iso)
    zoned = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return zoned.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def expiry(epoch_seconds: float, days: int) -> int | None:
    """When an item kept for so many days goes, in epoch seconds; None where it is kept for ever (0 days)."""
    return int(epoch_seconds) + days * SECONDS_A_DAY if days > 0 else None
