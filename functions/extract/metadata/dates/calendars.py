"""Days of the calendars that news is dated in: Gregorian, Buddhist, Solar Hijri."""

from datetime import date, timedelta

BUDDHIST_YEARS = range(2450, 2650)  # 1907 to 2106
BUDDHIST_LEAD = 543  # years ahead of the Gregorian calendar
SOLAR_YEARS = range(1350, 1500)  # 1971 to 2121
SOLAR_EPOCH = 1300  # year whose first day is 21 March 1921
SOLAR_EPOCH_DAY = date(1921, 3, 21)
SOLAR_MONTHS = 12  # of a Solar Hijri year
LONG_MONTHS = 6  # the first six months have 31 days, the others 30
LEAP_CYCLE = 33  # years; in each the same ones are leap years
LEAP_YEARS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})  # of the cycle; true from 1921 to 2121


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day; years past 2450 are Buddhist, those from 1350 to 1500 Solar Hijri. None if there is none."""
    if year in SOLAR_YEARS:
        return solar_hijri_day(year, month, day)
    try:
        return date(year - BUDDHIST_LEAD if year in BUDDHIST_YEARS else year, month, day)
    except ValueError:
        return None


def solar_hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Solar Hijri one; a leap year has one day more at its end."""
    if not (1 <= month <= SOLAR_MONTHS and 1 <= day <= (31 if month <= LONG_MONTHS else 30)):
        return None
    leaps = sum(1 for past in range(SOLAR_EPOCH, year) if past % LEAP_CYCLE in LEAP_YEARS)
    before = (month - 1) * 30 + min(month - 1, LONG_MONTHS)
    return SOLAR_EPOCH_DAY + timedelta(days=(year - SOLAR_EPOCH) * 365 + leaps + before + day - 1)
