"""What people type is checked before anything is asked with it."""

import time
from datetime import datetime

import pytest

from infra.cli.option_values import language_code, site_name, web_address
from infra.errors import CliError
from infra.stack.periods import local_day

SITES = ["The Harrowfield Courier", "Sandhya Daily"]


@pytest.fixture
def in_berlin(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("typed", "code"), [("en", "en"), ("EN", "en"), ("pt-BR", "pt"), ("zh_Hant", "zh"), ("fil", "fil")]
)
def test_a_language_is_its_code_without_the_region(typed, code):
    assert language_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "meant"), [("english", "en (English)"), ("Germann", "de (German)"), ("xx", ""), ("", ""), ("e n", "")]
)
def test_what_is_no_code_is_refused_with_the_code_that_was_meant(typed, meant):
    with pytest.raises(CliError, match="no language's code") as refused:
        language_code(typed)
    assert meant in refused.value.todo


@pytest.mark.parametrize(
    "typed", ["notaurl", "", "ftp://example.org/x", "https://", "https://exa mple.org", "http://[::1", "//example.org"]
)
def test_what_is_no_web_address_is_refused_with_an_example(typed):
    with pytest.raises(CliError, match="no web address"):
        web_address(typed)


def test_a_web_address_is_taken_as_typed():
    assert web_address("https://example.org/a?b=ü") == "https://example.org/a?b=ü"


def test_a_site_is_found_whatever_its_case(capsys):
    assert site_name("the harrowfield COURIER", SITES) == "The Harrowfield Courier"
    assert capsys.readouterr().err == ""


def test_a_site_that_no_record_has_is_taken_with_a_warning_and_the_nearest(capsys):
    assert site_name("The Harowfield Curier", SITES) == "The Harowfield Curier"
    assert "Did you mean 'The Harrowfield Courier'?" in " ".join(capsys.readouterr().err.split())


def test_an_empty_site_is_refused():
    with pytest.raises(CliError, match="cannot be empty"):
        site_name(" ", SITES)


@pytest.mark.parametrize(
    "typed", ["2026-13-45", "2026-02-30", "1.5.2025", "", "tomorrow", "2025-5-1", "２０２５-05-01"]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(CliError, match="is no day"):
        local_day(typed)


def test_a_day_is_one_of_this_machines_zone_and_touches_two_days_of_the_table(in_berlin):
    day = local_day("2026-01-02")
    assert day.utc_days == ["2026-01-02", "2026-01-01"]
    assert day.holds("2026-01-01T23:00:00Z")
    assert not day.holds("2026-01-01T22:59:59Z")
    assert not day.holds("2026-01-02T23:00:00Z")
    assert not day.holds("2026-01-02T12:00:00")
    assert not day.holds(None)


def test_a_day_on_which_the_clocks_change_has_23_hours(in_berlin):
    day = local_day("2026-03-29")
    assert (day.until.timestamp() - day.since.timestamp()) / 3600 == 23


def test_today_ends_with_yesterday_before_it():
    assert local_day("yesterday").until == local_day("today").since
    assert local_day("today").holds(datetime.now().astimezone().isoformat())
