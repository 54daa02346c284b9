"""Dates are read as written, and nothing is guessed."""

from datetime import UTC, datetime

import pytest

from functions.extract.metadata.dates.parser import parse_machine_date, parse_text_date


def written(text: str, order: str | None = None) -> str:
    moment = parse_text_date(text, order)
    return moment.iso() if moment else ""


def declared(text: str) -> str:
    moment = parse_machine_date(text)
    return moment.iso() if moment else ""


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-05-01T08:45:00+05:30", "2024-05-01T08:45:00+05:30"),
        ("2024-05-01T08:45:12.345Z", "2024-05-01T08:45:12+00:00"),
        ("2024-05-01 08:45", "2024-05-01T08:45:00"),
        ("20240501T084500Z", "2024-05-01T08:45:00+00:00"),
        ("2024-05-01", "2024-05-01"),
        ("Wed, 01 May 2024 08:45:00 +0200", "2024-05-01T08:45:00+02:00"),
        ("1714553100", "2024-05-01T08:45:00+00:00"),
        ("1714553100000", "2024-05-01T08:45:00+00:00"),
        ("Wed May 01 2024 08:45:00 GMT+0200 (Central European Summer Time)", "2024-05-01T08:45:00+02:00"),
        ("Wed May 01 08:45:00 CEST 2024", "2024-05-01T08:45:00+02:00"),
        ("2024-05-01T08:45:00+02:00[Europe/Vienna]", "2024-05-01T08:45:00+02:00"),
        ("2024-05-01 08:45:00 PM", "2024-05-01T20:45:00"),
        ("2024-05-01 12:05 a.m.", "2024-05-01T00:05:00"),
        ("2024-05-01T08:45:00+5:30", "2024-05-01T08:45:00+05:30"),
        ("2024-05-01T08:45:00 0200", "2024-05-01T08:45:00+02:00"),
        ("2024-05-01T24:00:00", "2024-05-02T00:00:00"),
        ("9999-12-31T24:00:00", "9999-12-31"),
        ("2024-05-01 08:45 CEST", "2024-05-01T08:45:00+02:00"),
        ("2024-05-01 08:45 von", "2024-05-01T08:45:00"),
        ("yesterday", ""),
    ],
)
def test_machine_dates_keep_their_precision(text: str, iso: str) -> None:
    assert declared(text) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("01 May,2025 08:45 AM IST", "2025-05-01T08:45:00"),
        ("Published 7:07 PM EST Nov 19, 2019", "2019-11-19T19:07:00-05:00"),
        ("17:41 JST, October 13, 2024", "2024-10-13T17:41:00+09:00"),
        ("Stand: 28. April 2023, 05:00 Uhr", "2023-04-28T05:00:00"),
        ("Publié le 30 août 2023 à 14h52", "2023-08-30T14:52:00"),
        ("12 de marzo de 2024", "2024-03-12"),
        ("1 сентября 2021", "2021-09-01"),
        ("2025年1月14日 01時28分", "2025-01-14T01:28:00"),
        ("12 marca 2024, godz. 14:05", "2024-03-12T14:05:00"),
        ("no date in 12 words", ""),
        ("Thứ năm, 14/3/2024, 10:22 (GMT+7)", "2024-03-14T10:22:00+07:00"),
        ("Ngày 1 tháng 5 năm 2024", "2024-05-01"),
        ("14.03.2024. u 10:22", "2024-03-14T10:22:00"),
        ("14.03.2024 в 10:22 МСК", "2024-03-14T10:22:00+03:00"),
        ("Πέμπτη, 14 Μαρ 2024 10:22 μμ", "2024-03-14T22:22:00"),
        ("14 במרץ 2024, 10:22", "2024-03-14T10:22:00"),
        ("الخميس 14/مارس/2024 - 10:22 م", "2024-03-14T22:22:00"),
        ("14 كانون الأول 2024", "2024-12-14"),
        ("١٤ مارس ٢٠٢٤ - ١٠:٢٢", "2024-03-14T10:22:00"),
        ("۲۴ اسفند ۱۴۰۲ - ۱۰:۲۲", "2024-03-14T10:22:00"),
        ("۱۴۰۳/۱/۱", "2024-03-20"),
        ("2 تير 1403 - 12:09", "2024-06-22T12:09:00"),
        ("১৪ মার্চ ২০২৪, ১০:২২", "2024-03-14T10:22:00"),
        ("14 மார்ச் 2024, 10:22", "2024-03-14T10:22:00"),
        ("14 มี.ค. 2567 10:22 น.", "2024-03-14T10:22:00"),
        ("14 มี.ค. 67 10:22 น.", "2024-03-14T10:22:00"),
        ("วันที่ 14 มีนาคม พ.ศ. 2567", "2024-03-14"),
        ("14 Mac 2024, 10:22 malam", "2024-03-14T22:22:00"),
        ("令和6年3月14日 10時22分", "2024-03-14T10:22:00"),
        ("2024年3月14日 午後10:22", "2024-03-14T22:22:00"),
        ("2024.03.14. 오후 10:22", "2024-03-14T22:22:00"),
        ("2024. gada 14. marts, 10:22", "2024-03-14T10:22:00"),
        ("2024 m. kovo 14 d. 10:22", "2024-03-14T10:22:00"),
    ],
)
def test_dates_for_people_are_read_in_their_language(text: str, iso: str) -> None:
    assert written(text) == iso


def test_an_ambiguous_zone_stays_wall_clock_and_is_named() -> None:
    moment = parse_text_date("01 May,2025 08:45 AM IST", None)
    assert moment is not None
    assert moment.zone == "IST"


def test_days_in_figures_follow_the_language_or_stay_unread() -> None:
    assert written("04/05/2024", "dmy") == "2024-05-04"
    assert written("04/05/2024", "mdy") == "2024-04-05"
    assert written("04/05/2024") == ""
    assert written("25/05/2024") == "2024-05-25"


def test_the_future_and_the_first_year_are_impossible() -> None:
    now = datetime(2024, 5, 1, tzinfo=UTC)
    future, ancient = parse_machine_date("2031-01-01"), parse_machine_date("0001-01-01")
    assert future is not None
    assert ancient is not None
    assert not future.is_possible(now)
    assert not ancient.is_possible(now)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Lou ParkFeb 16, 2026", "2026-02-16"),
        ("Lou ParkApril 8, 2024", "2024-04-08"),
        ("24 نيسان / أبريل 2020", "2020-04-24"),
        ("5 Mai/May 2020", "2020-05-05"),
        ("3 / 4 March 2024", "2024-03-04"),
        ("March / April 2024, 5 copies", ""),
    ],
)
def test_a_month_is_read_behind_another_word_and_where_it_is_named_twice(text: str, iso: str) -> None:
    assert written(text) == iso
