"""Dates and times as pages write them, read to ISO 8601 at the precision they have. Nothing is guessed: no zone stays no zone."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache

from functions.extract.lexicon import load_lines
from functions.extract.metadata.dates.calendars import calendar_day

_EARLIEST = 1990
_HALF_AN_HOUR = 1800
_ISO = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"(?:[T\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}\b|[A-Z]{2,5}\b)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?(?!\d)"
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_CJK = re.compile(
    r"(?:(?P<year>\d{4})|(?P<era>令和|平成)\s*(?P<reign>\d{1,2}|元))\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]"
)
_ERAS = {"令和": 2018, "平成": 1988}
_NUMERIC = re.compile(
    r"(?<![\d.:])(?P<first>\d{1,2})(?P<mark>[./-])\s?(?P<second>\d{1,2})(?P=mark)\s?(?P<year>\d{4}|\d{2})(?![\d:]|\.\d)"
)
_TILL_MONTH = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s*(?:,|năm|/)?\s*(?P<year>\d{4})", re.IGNORECASE
)
_NAME = r"[^\s\d.,:;/|()\-–—]{2,15}"
_DAY_NAME = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?(?:\s+de|\s+d[’']|\s+of)?[\s.,/\-]+"
    rf"(?P<name>{_NAME}(?:\.[^\W\d_])?)\.?,?(?:/{_NAME})?(?:\s+de|\s+del|\s+พ\.ศ\.)?[\s,.\-/]+(?P<year>\d{{4}}|(?<=\.\s)\d{{2}}(?=\s))(?!\d)"
)
_NAME_DAY = re.compile(rf"(?P<name>{_NAME})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?,?\s+(?P<year>\d{{4}})(?!\d)")
_YEAR_NAME_DAY = re.compile(rf"(?P<year>\d{{4}})\.?\s+(?:m\.\s+)?(?P<name>{_NAME})\s+(?P<day>\d{{1,2}})")
_YEAR_DAY_NAME = re.compile(rf"(?P<year>\d{{4}})\.\s+gada\s+(?P<day>\d{{1,2}})\.\s+(?P<name>{_NAME})")
_MACHINE = re.compile(
    rf"(?:{_NAME}\s+)?(?P<name>[A-Z][a-z]{{2}})\s+(?P<day>\d{{1,2}})\s+(?P<early>\d{{4}}\s+)?(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}}):(?P<second>\d{{2}})"
    r"\s*(?:GMT)?(?P<zone>[+-]\d{4}|[A-Z]{2,5}\b)?(?P<late>\s+\d{4})?"
)
_AFTERNOON = frozenset(
    {"pm", "오후", "午後", "下午", "晚上", "μμ", "مساء", "م", "بظ", "अपराह्न", "petang", "malam", "ch"}
)
_MORNING = frozenset({"am", "오전", "午前", "上午", "凌晨", "早上", "πμ", "صباح", "ص", "قظ", "पूर्वाह्न", "pagi", "sa"})
_HALF = (
    r"[ap]\.?\s?m\b\.?|[πμ]\.?\s?μ\b\.?|오전|오후|午前|午後|上午|下午|晚上|صباح|مساء|[صم]\b|[قب]\.ظ"
    r"|पूर्वाह्न|अपराह्न|petang|malam|pagi|(?:sa|ch)\b"
)
_CLOCK = re.compile(
    rf"(?:(?P<before>오전|오후|午前|午後|上午|下午|凌晨|早上|晚上)\s*)?(?<![\d.])(?P<hour>\d{{1,2}})\s?(?::|\.|h|時|시|点|點)\s?(?P<minute>\d{{2}})"
    rf"(?:[:.]\d{{2}})?(?!\d|\.\d)\s*(?:分|분|uhr|hrs|h\b)?\s*(?P<half>{_HALF})?"
    r"\s*\(?(?P<zone>(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)|[A-ZА-Я]{2,5}\b)?",
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

    @property
    def lacks_zone(self) -> bool:
        return isinstance(self.value, datetime) and self.value.tzinfo is None and not self.zone

    def in_zone_of(self, other: "Moment") -> "Moment | None":
        """The same wall clock, in the zone in which the other moment is the same instant; None where the two are not half hours apart."""
        mine, theirs = self.value, other.value
        if not (isinstance(mine, datetime) and isinstance(theirs, datetime)) or mine.tzinfo or not theirs.tzinfo:
            return None
        if mine.replace(microsecond=0) == theirs.replace(microsecond=0, tzinfo=None):
            return other
        ahead = (mine - theirs.astimezone(UTC).replace(tzinfo=None)).total_seconds()
        if ahead % _HALF_AN_HOUR or not -12 * 3600 <= ahead <= 14 * 3600:
            return None
        return Moment(mine.replace(tzinfo=timezone(timedelta(seconds=ahead))))

    def iso(self) -> str:
        return (
            self.value.replace(microsecond=0).isoformat()
            if isinstance(self.value, datetime)
            else self.value.isoformat()
        )

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
    return _from_machine(text) or _from_mail(text) or read_written_moment(text, numeric_order=None)


def read_written_moment(text: str, numeric_order: str | None) -> Moment | None:
    """The first date in a line for people, with its time of day where one follows.

    `numeric_order` is "dmy" or "mdy" for days written in figures alone; None reads them only where they can mean one day.
    """
    if not any(map(str.isdigit, text)):
        return None
    text = _LEVANTINE.sub(lambda match: _IN_ONE_WORD[match[0]], text)
    for finder in _FINDERS:
        for match in finder.finditer(text):
            day = _day_of(match, numeric_order)
            if day:
                return _from_parts(match, day) if match.groupdict().get("hour") else _with_clock(day, text, match)
    return None


_IN_ONE_WORD = {"كانون الثاني": "يناير", "تشرين الأول": "أكتوبر", "تشرين الثاني": "نوفمبر", "كانون الأول": "ديسمبر"}
_LEVANTINE = re.compile("|".join(_IN_ONE_WORD))
_FINDERS = (_ISO, _CJK, _DAY_NAME, _NAME_DAY, _YEAR_NAME_DAY, _YEAR_DAY_NAME, _TILL_MONTH, _NUMERIC)


def _day_of(match: re.Match[str], numeric_order: str | None) -> date | None:
    parts = match.groupdict()
    if "name" in parts:
        month = _month(parts["name"])
        return calendar_day(_year(parts), month, int(parts["day"])) if month else None
    if "first" not in parts:
        return calendar_day(_year(parts), int(parts["month"]), int(parts["day"]))
    first, second = int(parts["first"]), int(parts["second"])
    if first > 12 or first == second or (parts["mark"] == "." and second <= 12) or numeric_order == "dmy":
        return calendar_day(_year(parts), second, first)
    if second > 12 or numeric_order == "mdy":
        return calendar_day(_year(parts), first, second)
    return None


def _year(parts: dict[str, str]) -> int:
    """The year as written: in full, by its last two figures, or of a Japanese era. Thai short years count from 2500."""
    if not parts["year"]:
        return _ERAS[parts["era"]] + (1 if parts["reign"] == "元" else int(parts["reign"]))
    year = int(parts["year"])
    if len(parts["year"]) > 2:
        return year
    return year + (2500 if "\u0e00" <= parts.get("name", "a")[0] <= "\u0e7f" else 2000)


def _month(name: str) -> int:
    """The month's number in any language that is known, else 0; Hebrew joins its preposition."""
    name = name.casefold().strip(".")
    return _months().get(name) or _months().get(name.removeprefix("ב"), 0)


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
    half = re.sub(r"[.\s]", "", (match["before"] or match["half"] or "").lower())
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    written = (match["zone"] or "").strip()
    offset = _zone(written)
    unknown = written if written and offset is None and written.isupper() else ""
    return Moment(datetime(day.year, day.month, day.day, hour, minute, tzinfo=offset), unknown)


def _from_parts(match: re.Match[str], day: date | None = None) -> Moment | None:
    day = day or calendar_day(int(match["year"]), int(match["month"]), int(match["day"]))
    if not day or not match["hour"]:
        return Moment(day) if day else None
    written = match["zone"] or ""
    offset = _zone(written)
    try:
        value = datetime(
            day.year,
            day.month,
            day.day,
            int(match["hour"]),
            int(match["minute"]),
            int(match["second"] or 0),
            tzinfo=offset,
        )
    except ValueError:
        return Moment(day)
    return Moment(value, written if written and offset is None else "")


def _from_mail(text: str) -> Moment | None:
    """RFC 2822 dates, which some feeds' pages carry in their meta tags."""
    try:
        return Moment(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _from_machine(text: str) -> Moment | None:
    """Dates as programs print them: "Thu Mar 14 2024 10:22:00 GMT+0100", "Thu Mar 14 10:22:00 CET 2024"."""
    match = _MACHINE.match(text)
    year, month = match and (match["early"] or match["late"]), match and _month(match["name"])
    day = calendar_day(int(year), month, int(match["day"])) if match and year and month else None
    return _from_parts(match, day) if match and day else None


def _zone(written: str) -> timezone | None:
    known = _zones().get(written.upper().strip())
    match = _OFFSET.fullmatch(known or written.strip())
    if not match:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes)) if minutes < 24 * 60 else None


@cache
def _months() -> dict[str, int]:
    return {
        name.casefold(): number
        for line in load_lines("dates/month_names")
        for number, names in enumerate(line.split(), start=1)
        for name in names.split("/")
    }


@cache
def _zones() -> dict[str, str]:
    return dict(line.split() for line in load_lines("dates/zone_offsets"))
