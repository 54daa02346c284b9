"""What every alert ledger and every table of views promises."""

import time
import uuid

import pytest

from shared.adapters.dynamodb_told import DynamoDbTold
from shared.adapters.dynamodb_views import DynamoDbViews, held_entry, key_of
from shared.domain.errors import Misconfigured
from shared.domain.facts import Facts
from shared.domain.told import Claim, Told, ToldDocument
from shared.ports import AskedView, HeldAlert
from tests.fakes import FakeAlertLedger, FakeViews
from tests.pipeline import Clock

STORY = uuid.uuid4().hex
CLAIM = Claim(alert_id="a" * 32, kind="new", until=2, since=1, contents=["c"], fresh=["everything", "topic:sport@Post"])
DOCUMENT = ToldDocument(
    version="0A",
    content="c" * 16,
    alert_id="b" * 32,
    sent_at="2026-11-26T07:00:00Z",
    language="en",
    site="Post",
    url="https://post.example/a",
    views=["everything", "everything@Post", "topic:sport@Other"],
    held=["topic:sport", "topic:sport@Post"],
    facts=Facts(title="Bridge falls", numbers=["12 wounded"], notice="Correction: twelve."),
    claim=CLAIM,
)


@pytest.fixture(scope="session")
def made_table(clients):
    """Makes a table by its keys, and gives its name."""

    def make(*keys: str) -> str:
        name = f"contract-{uuid.uuid4().hex[:8]}"
        kinds = ("HASH", "RANGE")
        clients("dynamodb").create_table(
            TableName=name,
            KeySchema=[{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, kinds, strict=False)],
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
            BillingMode="PAY_PER_REQUEST",
        )
        return name

    return make


@pytest.fixture(scope="session")
def told_table(made_table) -> str:
    return made_table("story_id")


@pytest.fixture(scope="session")
def views_table(made_table) -> str:
    return made_table("view", "entry")


@pytest.fixture(params=["fake", "dynamodb"])
def told(request):
    if request.param == "fake":
        return FakeAlertLedger()
    return DynamoDbTold(request.getfixturevalue("clients")("dynamodb"), request.getfixturevalue("told_table"))


@pytest.fixture(params=["fake", "dynamodb"])
def views(request):
    if request.param == "fake":
        return FakeViews()
    clock = Clock(float(int(time.time())))
    return DynamoDbViews(request.getfixturevalue("clients")("dynamodb"), request.getfixturevalue("views_table"), clock)


@pytest.fixture
def story() -> str:
    return uuid.uuid4().hex


def test_a_story_that_nobody_told_is_empty(told, story):
    assert told.find(story) == Told(story_id=story)


def test_what_is_written_is_found_again_whole(told, story):
    first = Told(story_id=story).with_document("d" * 32, DOCUMENT, 2_000_000_000)
    assert told.replace(first) is None
    assert told.find(story) == first
    second = first.with_document("d" * 32, DOCUMENT.model_copy(update={"claim": None}))
    assert told.replace(second) is None
    assert told.find(story) == second


def test_a_write_over_another_revision_is_refused_with_what_stands_there(told, story):
    first = Told(story_id=story).with_document("d" * 32, DOCUMENT)
    told.replace(first)
    assert told.replace(Told(story_id=story).with_document("e" * 32, DOCUMENT)) == first
    assert told.replace(first.with_document("e" * 32, DOCUMENT)) is None
    assert told.replace(first.with_document("f" * 32, DOCUMENT)) == told.find(story)
    assert told.find(story).documents.keys() == {"d" * 32, "e" * 32}


def test_the_same_claim_of_two_workers_is_refused_to_the_second(told, story):
    claimed = Told(story_id=story).with_document("d" * 32, DOCUMENT)
    assert told.replace(claimed) is None
    assert told.replace(claimed) == claimed


def test_a_table_that_is_not_there_is_for_a_person_to_mend(clients):
    with pytest.raises(Misconfigured, match="ResourceNotFoundException"):
        DynamoDbTold(clients("dynamodb"), "no-such-table").find(STORY)


def test_a_view_admits_so_many_alerts_an_hour_and_each_again(views, story):
    assert [views.admit(story, "2026-11-26T07", alert, 2) for alert in ("a", "b", "c", "a", "c")] == [
        True, True, False, True, False,
    ]  # fmt: skip
    assert views.admit(story, "2026-11-26T08", "c", 2)
    assert views.admit(f"{story}@Post", "2026-11-26T07", "c", 2)


def test_an_alert_is_held_once_for_a_view(views, story, request):
    for at in ("2026-11-26T07:00:00Z", "2026-11-26T07:05:00Z"):
        views.hold(HeldAlert("everything", story, "d" * 32, "a" * 32, at))
    assert held_at(views, "everything", story, "d" * 32, request) == "2026-11-26T07:00:00Z"


def held_at(views, view: str, story: str, document: str, request) -> str:
    if isinstance(views, FakeViews):
        return views.held[view, story, document, "a" * 32].held_at
    key = key_of(view, held_entry(story, document, "a" * 32))
    answer = request.getfixturevalue("clients")("dynamodb").get_item(
        TableName=request.getfixturevalue("views_table"), Key=key
    )
    return answer["Item"]["held_at"]["S"]


def test_what_was_asked_of_a_view_is_known_by_its_name(clients, views_table):
    singly = {"asked_at": {"S": "2026-11-26T07:00:00Z"}}
    wishes = {
        "everything": singly,
        "topic:sport@Post": {**singly, "most": {"N": "5"}, "muted_until": {"N": "99"}},
        "topic:crime": {"digests": {"SS": ["daily", "hourly"]}},
    }
    for name, wish in wishes.items():
        clients("dynamodb").put_item(TableName=views_table, Item={**key_of("#asked", name), **wish})
    assert DynamoDbViews(clients("dynamodb"), views_table).asked() == {
        "everything": AskedView("everything"),
        "topic:sport@Post": AskedView("topic:sport@Post", 5, 99),
        "topic:crime": AskedView("topic:crime", most=0, digests=("daily", "hourly")),
    }
