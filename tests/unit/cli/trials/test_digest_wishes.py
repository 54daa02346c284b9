"""What people ask of digests and mutes, in their words."""

from datetime import UTC, datetime

import pytest

from infra.cli.commands.alerts import digest_lines
from infra.cli.commands.mute import moment_of
from infra.cli.trials.digest_subscription import Clock, in_words, wished_digest
from infra.errors import CliError
from infra.stack.readers.digests import views_asked_for
from infra.stack.readers.mutes import view_named

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAILY = Clock("daily", "07:00", "Europe/Berlin")


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("30m", "2026-11-26T12:30:00+00:00"),
        ("8h", "2026-11-26T20:00:00+00:00"),
        ("3d", "2026-11-29T12:00:00+00:00"),
        ("2026-12-01T07:00+01:00", "2026-12-01T06:00:00+00:00"),
    ],
)
def test_a_mute_ends_after_a_span_or_at_a_time(typed, moment):
    assert moment_of(typed, NOW).astimezone(UTC).isoformat() == moment


def test_a_day_without_a_zone_begins_at_midnight_of_this_machine():
    assert moment_of("2026-12-01", NOW) == datetime(2026, 12, 1).astimezone()  # just what is meant


@pytest.mark.parametrize(
    "typed",
    [
        "soon",
        "8 hours",
        "2026-13-01",
        "2026-11-26T11:00+00:00",
        "2025-01-01",
        "-3d",
        "0m",
        "0001-01-01",
        "9999-12-31T23:59-12:00",
    ],
)
def test_a_mute_that_is_over_or_no_time_is_refused_with_an_example(typed):
    with pytest.raises(CliError) as trouble:
        moment_of(typed, NOW)
    assert trouble.value.todo


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("everything", "everything"),
        ("topic:sport", "topic:sport"),
        ("rule:north korea@The Post: Evening", "rule:north korea@The Post: Evening"),
        ("everything@Post", "everything@Post"),
    ],
)
def test_a_view_is_named_by_what_it_asks_for(typed, name):
    assert view_named(typed).text == name


@pytest.mark.parametrize(
    "typed", ["sport", "topic:", "topic:sports-news", "site:Post", "", "everything:all", "topic:sport@"]
)
def test_what_is_no_view_is_refused(typed):
    with pytest.raises(CliError):
        view_named(typed)


def test_a_digest_is_of_each_topic_and_rule_on_each_site():
    assert views_asked_for(["sport"], ["ferries"], ["Post", "Courier"]) == [
        "topic:sport@Post", "topic:sport@Courier", "rule:ferries@Post", "rule:ferries@Courier", "rule:*@Post",
        "rule:*@Courier",
    ]  # fmt: skip
    assert views_asked_for([], [], []) == ["everything"]
    assert views_asked_for([], [], ["Post"]) == ["everything@Post"]


def test_a_digest_with_too_many_views_is_refused():
    with pytest.raises(CliError, match="up to 100"):
        views_asked_for(["sport", "arts"], [], [f"site {number}" for number in range(51)])


def test_a_digest_says_what_it_is_in_words():
    digest = wished_digest(["sport"], [], ["en"], [], clock=DAILY)
    assert digest.name == "topic:sport en daily 07:00 Europe/Berlin"
    assert in_words(digest.model_dump()) == "day at 07:00 Europe/Berlin with news of topic:sport in en"


@pytest.mark.parametrize(
    ("at", "zone"), [("7:00", "UTC"), ("24:00", "UTC"), ("07:00", "Berlin"), ("07:00", "../etc/passwd"), ("07:00", "")]
)
def test_a_time_or_zone_that_there_is_not_is_refused(at, zone):
    with pytest.raises(CliError, match="no time of day"):
        wished_digest([], [], [], [], clock=Clock("daily", at, zone))


def test_what_is_over_the_hours_limit_is_shown_in_a_terminal_story_by_story():
    stories = [{"title": "Bridge falls"}, {"title": "\x1b[2Jferry sinks"}]
    said = digest_lines({"kind": "digest", "view": "everything", "until": "2026-05-02T05:00:00Z", "stories": stories})
    assert "2 over the hour's limit of everything" in said.plain
    assert said.plain.splitlines()[1].strip() == "Bridge falls"
    assert "\x1b" not in said.plain
