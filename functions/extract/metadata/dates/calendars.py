"""Days of the calendars that news is dated in: Gregorian, Buddhist, Solar Hijri."""

from datetime import date, timedelta

_BUDDHIST = range(2450, 2650)
_BUDDHIST_LEAD = 543
_SOLAR = range(1350, 1500)
_SOLAR_MONTHS = 12
_LONG_MONTHS = 6
_CYCLE = 33
_LEAPS_OF_CYCLE = frozenset({1, 5, 9, 13, 17, 22, 26, 30})


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day; years past 2450 are Buddhist, those from 1350 to 1500 Solar Hijri. None where there is no such day."""
    if year in _SOLAR:
        return _solar_day(year, month, day)
    try:
        return date(year - _BUDDHIST_LEAD if year in _BUDDHIST else year, month, day)
    except ValueError:
        return None


def _solar_day(year: int, month: int, day: int) -> date | None:
    """Counted from 21 March 1921, the first day of 1300: six months of 31 days, then of 30, a leap day at the year's end."""
    if not (1 <= month <= _SOLAR_MONTHS and 1 <= day <= (31 if month <= _LONG_MONTHS else 30)):
        return None
    leaps = sum(1 for past in range(1300, year) if past % _CYCLE in _LEAPS_OF_CYCLE)
    before = (month - 1) * 30 + min(month - 1, _LONG_MONTHS)
    return date(1921, 3, 21) + timedelta(days=(year - 1300) * 365 + leaps + before + day - 1)
