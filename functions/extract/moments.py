"""Dates and times as pages write them, read to ISO 8601 at the precision they have. Nothing is guessed: no zone stays no zone."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache

from functions.extract.wordlists import load_lines

_EARLIEST = 1990
_ISO = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"(?:[T\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}\b|[A-Z]{2,5}\b)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?(?!\d)"
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_CJK = re.compile(r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]")
_NUMERIC = re.compile(r"(?<![\d.:])(?P<first>\d{1,2})(?P<mark>[./-])\s?(?P<second>\d{1,2})(?P=mark)\s?(?P<year>\d{4}|\d{2})(?![\d.])")
_DAY_NAME = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?(?:\s+de|\s+d[’']|\s+of)?[\s.,\-]+(?P<name>[^\W\d_][^\W\d_.]{1,14}(?:\.[^\W\d_])?)\.?,?(?:\s+de|\s+del)?[\s,.\-]+(?P<year>\d{4})(?!\d)"
)
_NAME_DAY = re.compile(r"(?P<name>[^\W\d_]{3,14})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?,?\s+(?P<year>\d{4})(?!\d)")
_YEAR_NAME_DAY = re.compile(r"(?P<year>\d{4})\.?\s+(?:m\.\s+)?(?P<name>[^\W\d_]{3,14})\s+(?P<day>\d{1,2})")
_CLOCK = re.compile(
    r"(?<![\d.])(?P<hour>\d{1,2})\s?(?::|\.|h|時|시|点|點)\s?(?P<minute>\d{2})(?:[:.]\d{2})?(?!\d|\.\d)\s*(?:分|분|uhr|hrs|h\b)?\s*(?P<half>[ap]\.?\s?m\b\.?|오전|오후|午前|午後|上午|下午)?"
    r"\s*\(?(?P<zone>[A-Z]{2,5}\b|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?(?!\d))?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)


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

    def iso(self) -> str:
        return self.value.replace(microsecond=0).isoformat() if isinstance(self.value, datetime) else self.value.isoformat()

    def is_possible(self, now: datetime) -> bool:
        """False for years before the web and for days that have not come."""
        return self.day.year >= _EARLIEST and self.day <= (now + timedelta(days=1)).date()


def read_declared_moment(text: str) -> Moment | None:
    """The moment that a machine-readable value holds, whatever dialect it is written in."""
    text = text.strip()[:80]
    if _EPOCH.fullmatch(text):
        return Moment(datetime.fromtimestamp(int(text[:10]), UTC))
    for pattern in (_ISO, _COMPACT):
        if match := pattern.match(text):
            return _from_parts(match)
    return _from_mail(text) or read_written_moment(text, numeric_order=None)


def read_written_moment(text: str, numeric_order: str | None) -> Moment | None:
    """The first date in a line for people, with its time of day where one follows.

    `numeric_order` is "dmy" or "mdy" for days written in figures alone; None reads them only where they can mean one day.
    """
    for finder in (_ISO, _CJK, _DAY_NAME, _NAME_DAY, _YEAR_NAME_DAY, _NUMERIC):
        for match in finder.finditer(text):
            day = _day_of(match, numeric_order)
            if day:
                if match.groupdict().get("hour"):
                    return _from_parts(match)
                return _with_clock(day, text, match)
    return None


def _day_of(match: re.Match[str], numeric_order: str | None) -> date | None:
    parts = match.groupdict()
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    if "name" in parts:
        month = _months().get(parts["name"].casefold().strip("."))
        return _valid(year, month, int(parts["day"])) if month else None
    if "first" not in parts:
        return _valid(year, int(parts["month"]), int(parts["day"]))
    first, second = int(parts["first"]), int(parts["second"])
    if first > 12 or first == second or (parts["mark"] == "." and second <= 12) or numeric_order == "dmy":
        return _valid(year, second, first)
    if second > 12 or numeric_order == "mdy":
        return _valid(year, first, second)
    return None


def _with_clock(day: date, text: str, found: re.Match[str]) -> Moment:
    """The day with the clock time that stands just after it, or just before it."""
    for part in (text[found.end() : found.end() + 40], text[max(0, found.start() - 24) : found.start()]):
        for match in _CLOCK.finditer(part):
            moment = _at(day, match)
            if moment:
                return moment
    return Moment(day)


def _at(day: date, match: re.Match[str]) -> Moment | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    half = (match["half"] or "").lower().replace(".", "").replace(" ", "")
    if half in {"pm", "오후", "午後", "下午"} and hour < 12:
        hour += 12
    elif half in {"am", "오전", "午前", "上午"} and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    written = (match["zone"] or "").strip()
    offset = _zone(written)
    unknown = written if written and offset is None and written.isupper() else ""
    return Moment(datetime(day.year, day.month, day.day, hour, minute, tzinfo=offset), unknown)


def _from_parts(match: re.Match[str]) -> Moment | None:
    day = _valid(int(match["year"]), int(match["month"]), int(match["day"]))
    if not day or not match["hour"]:
        return Moment(day) if day else None
    written = match["zone"] or ""
    offset = _zone(written)
    try:
        value = datetime(day.year, day.month, day.day, int(match["hour"]), int(match["minute"]), int(match["second"] or 0), tzinfo=offset)
    except ValueError:
        return Moment(day)
    return Moment(value, written if written and offset is None else "")


def _from_mail(text: str) -> Moment | None:
    """RFC 2822 dates, which some feeds' pages carry in their meta tags."""
    try:
        return Moment(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _zone(written: str) -> timezone | None:
    known = _zones().get(written.upper().strip())
    match = _OFFSET.fullmatch(known or written.strip())
    if not match:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes)) if minutes < 24 * 60 else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    return {
        name.casefold(): number
        for line in load_lines("month_names")
        for number, names in enumerate(line.split(), start=1)
        for name in names.split("/")
    }


@cache
def _zones() -> dict[str, str]:
    return dict(line.split() for line in load_lines("zone_offsets"))
