"""The audit of stories that storms and loads end with."""

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
