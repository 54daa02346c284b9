"""The views that a record belongs to, by their names."""

import pytest

from shared.domain.documents import Outcome, Record
from shared.domain.views import MAX_VIEWS_BYTES, View, parse_view, views_of


def record(**fields) -> Record:
    return Record(
        document_id="d", outcome=Outcome.PUBLISHED, sequencer="1", source_bucket="pages", source_key="incoming/a.html",
        processed_at="2026-11-24T12:00:00Z", pipeline_version="1", **fields,
    )  # fmt: skip


def test_a_record_belongs_to_everything_its_topics_and_rules_each_with_and_without_its_site():
    assert views_of(record(topics=["sport"], rules=["dams"], site="Post")) == [
        "everything", "everything@Post", "topic:sport", "topic:sport@Post", "rule:dams", "rule:dams@Post",
    ]  # fmt: skip
    assert views_of(record()) == ["everything"]


def test_more_rules_than_have_room_are_one_view_for_all_who_asked_for_a_rule():
    found = views_of(record(rules=[f"rule {number:04}" for number in range(2_000)], site="Post"))
    assert found[-2:] == ["rule:*", "rule:*@Post"]
    assert sum(len(view) for view in found) < MAX_VIEWS_BYTES + 100
    assert views_of(record(rules=["dams"], rules_unlisted=7))[-1] == "rule:*"


def test_the_name_of_a_long_site_is_cut_alike_for_records_and_for_who_asks():
    assert View("everything", site="x" * 200).text == "everything@" + "x" * 80


@pytest.mark.parametrize("view", [View("everything"), View("topic", "sport", "a@b: c"), View("rule", "dams")])
def test_a_view_is_read_from_its_name(view):
    assert parse_view(view.text) == view


@pytest.mark.parametrize("text", ["", "sport", "topic:", "everything:x", "site:Post", "rule"])
def test_what_is_no_view_is_refused(text):
    with pytest.raises(ValueError, match="no view"):
        parse_view(text)
