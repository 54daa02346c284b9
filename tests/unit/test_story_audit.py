"""The audit of stories and alerts that storms and loads end with."""

import pytest

from tests.chaos.ledger_audit import repeated_alerts
from tests.chaos.story_audit import audit_stories


def record(story: str) -> dict[str, str]:
    return {"outcome": "published", "story_id": story}


def alert(number: str, story: str, *views: str) -> dict[str, object]:
    return {"alert_id": number, "kind": "new", "story_id": story, "first_for": list(views)}


def test_copies_of_one_subject_in_one_story_that_was_told_once_are_as_they_should_be():
    verdict = audit_stories(
        {"a": 1, "b": 1, "c": 2, "gone": 3},
        {"a": record("s"), "b": record("s"), "c": record("t"), "gone": {"outcome": "deleted"}},
        [alert("1", "s", "everything"), alert("1", "s", "everything"), alert("2", "s"), alert("3", "t", "everything")],
    )
    assert (verdict.copies, verdict.apart, verdict.joined_wrongly) == (1, 0, [])
    assert verdict.alerts_a_story == 1.0


def test_copies_in_two_stories_and_two_subjects_in_one_are_found():
    apart = audit_stories({"a": 1, "b": 1}, {"a": record("s"), "b": record("t")}, [])
    assert apart.apart == 1
    joined = audit_stories({"a": 1, "b": 2}, {"a": record("s"), "b": record("s")}, [])
    assert joined.joined_wrongly == ["s: [1, 2]"]


def told(kind: str, *views: str) -> dict[str, object]:
    return {"title": "Ferry back", "kind": kind, "first_for": list(views)}


@pytest.mark.parametrize(
    ("alerts", "repeats"),
    [
        ([told("new", "everything")], 0),
        ([told("new", "everything"), told("new", "everything")], 1),
        ([told("updated"), told("updated")], 1),
        ([told("new", "everything", "rule:a"), told("new", "rule:b")], 0),
        ([told("new", "everything", "rule:a"), told("new", "rule:a", "rule:b")], 1),
        ([told("new", "everything"), told("updated")], 1),
        ([told("new", "everything"), told("withdrawn", "everything"), told("new", "everything")], 0),
    ],
)
def test_a_reader_who_heard_twice_is_found_and_a_rule_made_since_is_not(alerts, repeats):
    assert len(list(repeated_alerts(alerts))) == repeats
