"""When a digest is due: once a day by a zone's clock, also on the days on which the clock is changed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.digest.schedule import last_end, window_before
from shared.domain.digests import Digest, name_of_digest

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Sao_Paulo",
]
MOMENTS = st.integers(1_262_400_000, 2_050_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)  # 2010 to 2034
DIGESTS = st.builds(
    Digest, name=st.just("d"), views=st.just(["everything"]), zone=st.sampled_from(ZONES),
    at=st.times().map(lambda time: f"{time:%H:%M}"),
)  # fmt: skip


def berlin(at: str = "07:00") -> Digest:
    return Digest(name="d", views=["topic:sport"], at=at, zone="Europe/Berlin")


def utc(iso: str) -> datetime:
    return datetime.fromisoformat(iso).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-01-15T05:59:59", "2026-01-14T06:00:00"),
        ("2026-01-15T06:00:00", "2026-01-15T06:00:00"),
        ("2026-07-15T05:00:00", "2026-07-15T05:00:00"),
        ("2026-07-15T04:59:59", "2026-07-14T05:00:00"),
    ],
)
def test_a_daily_window_ends_at_its_time_on_the_zones_clock(now, end):
    assert last_end(berlin(), utc(now)) == utc(end)


def test_the_days_on_which_the_clock_changes_have_windows_of_23_and_25_hours():
    spring, autumn = last_end(berlin(), utc("2026-03-29T12:00:00")), last_end(berlin(), utc("2026-10-25T12:00:00"))
    assert spring - window_before(berlin(), spring) == timedelta(hours=23)
    assert autumn - window_before(berlin(), autumn) == timedelta(hours=25)


def test_a_time_that_the_clock_skips_is_as_long_after_midnight_as_on_other_days():
    assert last_end(berlin("02:30"), utc("2026-03-29T12:00:00")) == utc("2026-03-29T01:30:00")


def test_of_a_time_that_comes_twice_the_first_is_meant():
    assert last_end(berlin("02:30"), utc("2026-10-25T12:00:00")) == utc("2026-10-25T00:30:00")


def test_an_hourly_window_ends_at_the_full_hour():
    digest = Digest(name="d", views=["everything"], rhythm="hourly")
    assert last_end(digest, utc("2026-01-15T06:59:59")) == utc("2026-01-15T06:00:00")
    assert window_before(digest, utc("2026-01-15T06:00:00")) == utc("2026-01-15T05:00:00")


@given(digest=DIGESTS, now=MOMENTS)
def test_windows_follow_each_other_without_gap_or_overlap_and_last_about_a_day(digest, now):
    """Samoa left out a whole day in 2011, so that one window there has two."""
    end = last_end(digest, now)
    before = window_before(digest, end)
    assert end <= now < end + timedelta(hours=49)
    assert last_end(digest, end) == end
    assert timedelta(hours=0) < end - before <= timedelta(hours=49)
    assert last_end(digest, end - timedelta(seconds=1)) == before


def test_who_asks_for_the_same_shares_one_digest():
    name = name_of_digest(["topic:sport", "rule:ferries"], [], "daily", "07:00", "Europe/Berlin")
    assert name == "rule:ferries topic:sport daily 07:00 Europe/Berlin"
    assert name == name_of_digest(["rule:ferries", "topic:sport"], [], "daily", "07:00", "Europe/Berlin")


def test_a_long_name_is_cut_and_stays_one_of_its_own():
    names = {name_of_digest([f"rule:{'x' * 150}{n}"], [], "hourly", "", "") for n in range(3)}
    assert len(names) == 3
    assert max(map(len, names)) <= 120
