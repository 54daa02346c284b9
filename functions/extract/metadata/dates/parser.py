"""Dates and times as pages write them, parsed at the precision they have. Nothing is guessed: no zone stays no zone."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache

from functions.extract.lexicon import load_lines
from functions.extract.metadata.dates.calendars import calendar_day
from functions.extract.metadata.dates.moment import Moment
from functions.extract.metadata.dates.month_words import month_number, with_plain_months
from functions.extract.metadata.dates.patterns import (
    AFTERNOON,
    CLOCK,
    COMPACT_DATE,
    EPOCH,
    ISO_DATE,
    MORNING,
    OFFSET,
    PROGRAM_DATE,
    TEXT_DATES,
)
from functions.extract.text import THAI

MAX_MACHINE_DATE = 80  # characters; the longest form, a program's with its zone in words, has some 65
CLOCK_AFTER = 40  # characters after a day in which its time of day may stand, by judgement
CLOCK_BEFORE = 24  # characters before a day in which its time of day may stand, by judgement
MONTHS = 12  # of a year
NOON = 12  # hour
MAX_HOUR = 23  # of a day
MAX_MINUTE = 59  # of an hour
DAY_MINUTES = 24 * 60  # minutes; a zone is less than a day from UTC
ERA_STARTS = {"令和": 2018, "平成": 1988}  # the year before the first of each Japanese era
MAX_SHORT_YEAR = 2  # figures of a year that is written without its century
SHORT_THAI_CENTURY = 2500  # year; Thai pages shorten 2567 of the Buddhist calendar to 67
SHORT_CENTURY = 2000  # year
THAI_LETTER = re.compile(f"[{THAI}]")


def parse_machine_date(text: str) -> Moment | None:
    """The moment that a machine-readable value holds, whatever dialect it is written in."""
    text = text.strip()[:MAX_MACHINE_DATE]
    if EPOCH.fullmatch(text):
        return Moment(datetime.fromtimestamp(int(text[:10]), UTC))
    for pattern in (ISO_DATE, COMPACT_DATE):
        if match := pattern.match(text):
            return moment_of_parts(match)
    return parse_program_date(text) or parse_mail_date(text) or parse_text_date(text, numeric_order=None)


def parse_text_date(text: str, numeric_order: str | None) -> Moment | None:
    """The first date in a line for people, with its time of day where one follows.

    `numeric_order` is "dmy" or "mdy" for days written in figures alone; None reads them only where they can mean one
    day.
    """
    if not any(map(str.isdigit, text)):
        return None
    text = with_plain_months(text)
    for pattern in TEXT_DATES:
        for match in pattern.finditer(text):
            day = day_of_parts(match, numeric_order)
            if day:
                has_clock = match.groupdict().get("hour")
                return moment_of_parts(match, day) if has_clock else add_clock(day, text, match)
    return None


def day_of_parts(match: re.Match[str], numeric_order: str | None) -> date | None:
    """The day that the parts of a pattern name; None where there is no such day, or figures leave it open."""
    parts = match.groupdict()
    if "name" in parts:
        month = month_number(parts["name"])
        return calendar_day(full_year(parts), month, int(parts["day"])) if month else None
    if "first" not in parts:
        return calendar_day(full_year(parts), int(parts["month"]), int(parts["day"]))
    first, second = int(parts["first"]), int(parts["second"])
    is_dotted = parts["mark"] == "." and second <= MONTHS
    if first > MONTHS or first == second or is_dotted or numeric_order == "dmy":
        return calendar_day(full_year(parts), second, first)
    if second > MONTHS or numeric_order == "mdy":
        return calendar_day(full_year(parts), first, second)
    return None


def full_year(parts: dict[str, str]) -> int:
    """The year as written: in full, by its last two figures, or of a Japanese era."""
    if not parts["year"]:
        return ERA_STARTS[parts["era"]] + (1 if parts["reign"] == "元" else int(parts["reign"]))
    year = int(parts["year"])
    if len(parts["year"]) > MAX_SHORT_YEAR:
        return year
    return year + (SHORT_THAI_CENTURY if THAI_LETTER.match(parts.get("name", "")) else SHORT_CENTURY)


def add_clock(day: date, text: str, found: re.Match[str]) -> Moment:
    """The day with the clock time that stands just after it, or just before it."""
    after = text[found.end() : found.end() + CLOCK_AFTER]
    before = text[max(0, found.start() - CLOCK_BEFORE) : found.start()]
    for part in (after, before):
        for match in CLOCK.finditer(part):
            moment = moment_of_clock(day, match)
            if moment:
                return moment
    return Moment(day)


def moment_of_clock(day: date, match: re.Match[str]) -> Moment | None:
    """The day at a time of the 24-hour or 12-hour clock; None where there is no such time."""
    hour, minute = hour_of_day(int(match["hour"]), match["before"] or match["half"]), int(match["minute"])
    if hour > MAX_HOUR or minute > MAX_MINUTE:
        return None
    written = (match["zone"] or "").strip()
    offset = zone_offset(written)
    ambiguous = written if written and offset is None and written.isupper() else ""
    return Moment(datetime(day.year, day.month, day.day, hour, minute, tzinfo=offset), ambiguous)


def hour_of_day(hour: int, half: str | None) -> int:
    """The hour of the 24-hour clock; `half` is what says that the 12-hour clock is meant: "p.m.", "午後"."""
    half = re.sub(r"[.\s]", "", (half or "").lower())
    if half in AFTERNOON and hour < NOON:
        return hour + NOON
    return 0 if half in MORNING and hour == NOON else hour


def moment_of_parts(match: re.Match[str], day: date | None = None) -> Moment | None:
    """The moment of a pattern that includes the time of day; the day alone where there is no such time."""
    day = day or calendar_day(int(match["year"]), int(match["month"]), int(match["day"]))
    if not day or not match["hour"]:
        return Moment(day) if day else None
    written = match["zone"] or ""
    offset = zone_offset(written)
    hour = hour_of_day(int(match["hour"]), match.groupdict().get("half"))
    minute, second = int(match["minute"]), int(match["second"] or 0)
    ends_day = (hour, minute, second) == (MAX_HOUR + 1, 0, 0)  # 24:00:00
    try:
        value = datetime(day.year, day.month, day.day, 0 if ends_day else hour, minute, second, tzinfo=offset)
        value += timedelta(days=1 if ends_day else 0)
    except (ValueError, OverflowError):
        return Moment(day)
    return Moment(value, written if written and offset is None else "")


def parse_mail_date(text: str) -> Moment | None:
    """RFC 2822 dates, which some feeds' pages carry in their meta tags."""
    try:
        return Moment(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def parse_program_date(text: str) -> Moment | None:
    """Dates as programs print them: "Thu Mar 14 2024 10:22:00 GMT+0100", "Thu Mar 14 10:22:00 CET 2024"."""
    match = PROGRAM_DATE.match(text)
    year, month = match and (match["early"] or match["late"]), match and month_number(match["name"])
    day = calendar_day(int(year), month, int(match["day"])) if match and year and month else None
    return moment_of_parts(match, day) if match and day else None


def zone_offset(written: str) -> timezone | None:
    """The offset of a zone written in figures, or by an abbreviation that means one offset; else None."""
    known = offsets_by_zone().get(written.upper().strip())
    match = OFFSET.fullmatch(known or written.strip()) or OFFSET.fullmatch(f"+{written.strip()}")
    if not match:
        return None
    minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
    return timezone(timedelta(minutes=-minutes if match["sign"] == "-" else minutes)) if minutes < DAY_MINUTES else None


@cache
def offsets_by_zone() -> dict[str, str]:
    """Offsets by the abbreviations of zones."""
    return dict(line.split() for line in load_lines("dates/zone_offsets"))
