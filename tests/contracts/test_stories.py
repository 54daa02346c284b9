"""What every store of stories promises."""

import uuid
from dataclasses import replace

import pytest

from shared.adapters.dynamodb_stories import MAX_FOUND_UNDER_A_KEY, DynamoDbStories
from shared.domain.stories import StoryDecision, StoryRow
from tests.fakes import FakeStories

DAY = "2026-03-02"
WEEK = ("2026-02-23", "2026-03-09")
DECISION = StoryDecision("5" * 32, 0.991, "both say Velden", "6" * 32)


@pytest.fixture(scope="session")
def stories_table(clients) -> str:
    name = f"stories-{uuid.uuid4().hex[:8]}"
    clients("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "key", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in ("key", "at")],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


@pytest.fixture
def dynamodb(clients, stories_table) -> DynamoDbStories:
    return DynamoDbStories(clients("dynamodb"), stories_table)


@pytest.fixture(params=["fake", "dynamodb"])
def stories(request):
    return FakeStories() if request.param == "fake" else request.getfixturevalue("dynamodb")


@pytest.fixture
def row() -> StoryRow:
    """A document of its own, under keys of its own."""
    name = uuid.uuid4().hex
    return StoryRow(name, "0A", DAY, (f"en:{name[:6]}", f"url:{name[6:20]}"), bytes(range(256)))


def found(stories, row: StoryRow, *days: str) -> dict[str, list[str]]:
    return {key: list(ids) for key, ids in stories.look_up(row.keys, *(days or WEEK)).items()}


def test_an_entered_document_is_found_under_each_of_its_keys(stories, row):
    assert stories.enter(row) == row
    assert found(stories, row) == {key: [row.document_id] for key in row.keys}
    assert stories.fetch([row.document_id, "0" * 32]) == [row]


def test_a_document_of_another_week_is_not_found(stories, row):
    stories.enter(row)
    assert found(stories, row, "2026-03-03", "2026-03-10") == {key: [] for key in row.keys}
    assert found(stories, row, "2026-02-20", DAY) == {key: [row.document_id] for key in row.keys}


def test_the_first_decision_stands(stories, row):
    stories.enter(row)
    assert stories.decide(row.document_id, DECISION) == DECISION
    assert stories.decide(row.document_id, StoryDecision("7" * 32)) == DECISION
    assert stories.fetch([row.document_id]) == [replace(row, decision=DECISION)]


def test_a_document_that_is_entered_again_keeps_its_decision_and_loses_its_old_keys(stories, row):
    stories.enter(row)
    stories.decide(row.document_id, DECISION)
    again = replace(
        row, sequencer="0B", keys=(row.keys[0], f"en:{row.document_id[20:26]}"), sketch=b"other", day="2026-03-01"
    )
    assert stories.enter(again) == replace(again, decision=DECISION)
    assert found(stories, again) == {key: [row.document_id] for key in again.keys}
    assert found(stories, row)[row.keys[1]] == []


def test_an_older_version_changes_nothing(stories, row):
    stories.enter(replace(row, sequencer="0B"))
    assert stories.enter(replace(row, keys=("en:ffffff",), sketch=b"older")) == replace(row, sequencer="0B")
    assert stories.fetch([row.document_id]) == [replace(row, sequencer="0B")]


def test_a_removed_document_is_not_found_and_one_that_is_gone_can_be_removed(stories, row):
    stories.enter(row)
    stories.remove(row.document_id, row.sequencer)
    stories.remove(row.document_id, row.sequencer)
    assert found(stories, row) == {key: [] for key in row.keys}
    assert stories.fetch([row.document_id]) == []


def test_removing_an_older_version_leaves_the_newer_one(stories, row):
    stories.enter(replace(row, sequencer="0B"))
    stories.remove(row.document_id, row.sequencer)
    assert stories.fetch([row.document_id]) == [replace(row, sequencer="0B")]


def test_a_decision_of_a_document_that_is_gone_is_given_back_and_kept_nowhere(stories, row):
    assert stories.decide(row.document_id, DECISION) == DECISION
    assert stories.fetch([row.document_id]) == []


def test_the_newest_documents_are_found_under_a_common_key(stories, row):
    names = [uuid.uuid4().hex for _ in range(MAX_FOUND_UNDER_A_KEY + 2)]
    for place, name in enumerate(names):
        day = f"2026-03-{3 if place else 2:02}"
        stories.enter(replace(row, document_id=name, keys=row.keys[:1], day=day))
    newest = found(stories, row)[row.keys[0]]
    assert len(newest) == MAX_FOUND_UNDER_A_KEY
    assert names[0] not in newest


def test_counts_are_replaced_only_by_whoever_read_them(stories, row):
    language = row.document_id[:8]
    assert stories.read_counts(language) is None
    assert stories.write_counts(language, b"one", 0)
    assert not stories.write_counts(language, b"two", 0)
    assert stories.write_counts(language, b"three", 1)
    stored = stories.read_counts(language)
    assert (stored.packed, stored.revision) == (b"three", 2)
