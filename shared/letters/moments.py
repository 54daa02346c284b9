"""Times as a letter writes them, in words and with their zone."""

from datetime import datetime, tzinfo

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAY_LENGTH = 10  # characters of `2025-05-01`


def published_in_words(iso: str) -> str:
    """A time of a page, at the precision that the page gives.

    `2025-05-01` → `1 May 2025`; `2025-05-01T08:45:00` → `1 May 2025, 08:45, zone not given`;
    `2025-05-01T08:45:00+05:30` → `1 May 2025, 08:45 (UTC+05:30)`. What is no time stays as it is.
    """
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    if len(iso) <= DAY_LENGTH:
        return day_in_words(moment)
    if moment.tzinfo is None:
        return f"{day_in_words(moment)}, {moment:%H:%M}, zone not given"
    return f"{day_in_words(moment)}, {moment:%H:%M} ({offset_in_words(moment)})"


def moment_in_words(epoch_seconds: float, zone: tzinfo, name: str) -> str:
    """A moment of ours on the clock of a zone: `1 May 2025, 08:45 Europe/Berlin`."""
    moment = datetime.fromtimestamp(epoch_seconds, zone)
    return f"{day_in_words(moment)}, {moment:%H:%M} {name}"


def day_in_words(moment: datetime) -> str:
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def offset_in_words(moment: datetime) -> str:
    """`UTC`, `UTC+05:30`."""
    return "UTC" if not moment.utcoffset() else f"UTC{moment.isoformat()[-6:]}"
