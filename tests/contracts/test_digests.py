"""What every store of digests, and every reader of a story's pages, promises."""

import uuid
from dataclasses import replace

import pytest

from functions.digest.dynamodb_members import DynamoDbMembers
from shared.adapters.dynamodb_digests import DynamoDbDigests
from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.adapters.dynamodb_views import DynamoDbViews
from shared.domain.digests import Digest, WaitingStory, Window, partition_of
from shared.domain.documents import Outcome, Record
from shared.ports import HeldAlert
from tests.fakes import FakeDigests, FakeLedger, FakeMembers, FakeViews

RECORD = Record(
    document_id="", outcome=Outcome.PUBLISHED, sequencer="01", source_bucket="pages", source_key="incoming/a.html",
    processed_at="2026-11-26T07:00:00Z", pipeline_version="1", title="Bridge falls", site="Post", url="https://post.example/a",
)  # fmt: skip


@pytest.fixture(params=["fake", "dynamodb"])
def stores(request):
    """The digests beside the views that notify writes to."""
    if request.param == "fake":
        views = FakeViews()
        return FakeDigests(views), views
    client, name = request.getfixturevalue("clients")("dynamodb"), f"views-{uuid.uuid4().hex[:8]}"
    client.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "view", "KeyType": "HASH"}, {"AttributeName": "entry", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("view", "entry")],
        BillingMode="PAY_PER_REQUEST",
    )
    return DynamoDbDigests(client, name), DynamoDbViews(client, name)


@pytest.fixture(params=["fake", "dynamodb"])
def members(request):
    """A ledger, and the members of its stories."""
    if request.param == "fake":
        ledger = FakeLedger()
        return ledger, FakeMembers(ledger)
    client, name = request.getfixturevalue("clients")("dynamodb"), f"records-{uuid.uuid4().hex[:8]}"
    keys = [{"AttributeName": "story_id", "KeyType": "HASH"}, {"AttributeName": "timeline_at", "KeyType": "RANGE"}]
    client.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "document_id", "KeyType": "HASH"}],
        AttributeDefinitions=[
            {"AttributeName": key, "AttributeType": "S"} for key in ("document_id", "story_id", "timeline_at")
        ],
        GlobalSecondaryIndexes=[
            {"IndexName": "by-story", "KeySchema": keys, "Projection": {"ProjectionType": "ALL"}},
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    return DynamoDbRecords(client, name), DynamoDbMembers(client, name)


def digest(name: str = "daily", **wishes) -> Digest:
    return Digest(name=name, views=["topic:sport", "rule:ferries"], zone="Europe/Berlin", **wishes)


def held(view: str, story: str, document: str, **said) -> HeldAlert:
    return HeldAlert(view, story, document, "a" * 32, "2026-11-26T07:00:00Z", **said)


def test_a_digest_is_found_again_and_its_views_know_of_it(stores):
    digests, views = stores
    digests.save(digest(languages=["en"], rhythm="hourly", begun_at="2026-11-26T07:00:00Z"))
    assert digests.digests() == [digest(languages=["en"], rhythm="hourly", begun_at="2026-11-26T07:00:00Z")]
    assert {name: asked.digests for name, asked in views.asked().items()} == {
        "topic:sport": ("daily",),
        "rule:ferries": ("daily",),
    }
    assert sorted(asked.view for asked in digests.asked_views()) == ["rule:ferries", "topic:sport"]


def test_views_keep_the_other_digests_when_one_ends(stores):
    digests, views = stores
    digests.save(digest())
    digests.save(digest("other"))
    digests.drop(digest())
    assert [known.name for known in digests.digests()] == ["other"]
    assert {asked.digests for asked in views.asked().values()} == {("other",)}


def test_what_waits_is_given_by_story_as_it_was_held_first(stores):
    digests, views = stores
    views.hold(held("topic:sport", "s2", "d1"))
    views.hold(held("topic:sport", "s1", "d2", kind="corrected"))
    views.hold(held("topic:sport", "s1", "d2"))
    views.hold(held("topic:crime", "s3", "d3"))
    window, waiting = digests.load("topic:sport")
    at = "2026-11-26T07:00:00Z"
    assert window == Window(partition="topic:sport")
    assert waiting == [
        WaitingStory(story_id="s1", document_id="d2", kind="corrected", held_at=at, alert_id="a" * 32),
        WaitingStory(story_id="s2", document_id="d1", held_at=at, alert_id="a" * 32),
    ]


def test_what_was_told_is_removed_and_nothing_else(stores):
    digests, views = stores
    for number in range(30):
        views.hold(held("topic:sport", f"s{number:02}", "d"))
    _, waiting = digests.load("topic:sport")
    digests.remove("topic:sport", waiting[:29])
    digests.remove("topic:sport", waiting[:29])
    assert digests.load("topic:sport")[1] == waiting[29:]


def test_what_is_held_of_a_page_while_its_letter_goes_out_waits_for_the_next_one(stores):
    digests, views = stores
    views.hold(held("topic:sport", "s1", "d1"))
    _, waiting = digests.load("topic:sport")
    gone = replace(held("topic:sport", "s1", "d1", kind="withdrawn", language="en"), alert_id="b" * 32)
    views.hold(gone)
    digests.remove("topic:sport", waiting)
    [left] = digests.load("topic:sport")[1]
    assert (left.kind, left.alert_id, left.language) == ("withdrawn", "b" * 32, "en")


def test_a_letter_is_written_only_where_nobody_wrote_it_in_between(stores):
    digests, views = stores
    views.hold(held("topic:sport", "s1", "d1"))
    first, waiting = digests.load("topic:sport")
    begun = first.after(until="2026-11-26T08:00:00Z", part=1, waiting=list(waiting), claimed_until=5)
    assert digests.replace(begun)
    assert not digests.replace(first.after(until="2026-11-26T09:00:00Z"))
    assert digests.load("topic:sport") == (begun, waiting)
    assert digests.replace(begun.after(is_sent=True, told=list(waiting)))


def test_a_digest_that_ends_takes_along_what_waits_for_it(stores):
    digests, views = stores
    digests.save(digest())
    views.hold(held(partition_of("daily"), "s1", "d1"))
    digests.replace(Window(partition=partition_of("daily")).after(part=1))
    digests.drop(digest())
    assert digests.load(partition_of("daily")) == (Window(partition=partition_of("daily")), [])


def test_the_pages_of_a_story_come_newest_first(members):
    ledger, pages = members
    for number, story in enumerate(["s1", "s2", "s1"]):
        ledger.write(
            RECORD.model_copy(
                update={"document_id": f"d{number}", "story_id": story, "timeline_at": f"2026-11-2{number}T07:00:00Z"}
            )
        )
    found = pages.of("s1")
    assert [(page.document_id, page.title, page.site, page.url) for page in found] == [
        ("d2", "Bridge falls", "Post", "https://post.example/a"),
        ("d0", "Bridge falls", "Post", "https://post.example/a"),
    ]
    assert pages.of("s9") == []
