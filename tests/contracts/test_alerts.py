"""What every alert ledger promises."""

import time
import uuid

import pytest

from shared.adapters.dynamodb_alerts import DynamoDbAlerts
from shared.domain.documents import Outcome, Record
from shared.domain.errors import Misconfigured, Transient
from shared.domain.limits import CLAIM_SECONDS
from tests.fakes import FakeAlertLedger
from tests.pipeline import Clock


@pytest.fixture(scope="session")
def table(clients) -> str:
    name = f"alerts-{uuid.uuid4().hex[:8]}"
    clients("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "document_id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "document_id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


@pytest.fixture
def clock() -> Clock:
    return Clock(float(int(time.time())))


@pytest.fixture(params=["fake", "dynamodb"])
def alerts(request, clock):
    if request.param == "fake":
        return FakeAlertLedger(clock)
    return DynamoDbAlerts(request.getfixturevalue("clients")("dynamodb"), request.getfixturevalue("table"), clock)


@pytest.fixture
def record():
    """Makes records of one document, by version and content."""
    document = uuid.uuid4().hex

    def make(sequencer: str, content: str | None, **fields) -> Record:
        given = {"outcome": Outcome.PUBLISHED if content else Outcome.REJECTED, "content_hash": content, **fields}
        return Record(
            document_id=document, sequencer=sequencer, source_bucket="pages", source_key="incoming/a.html",
            processed_at="2026-01-01T00:00:00Z", pipeline_version="0.1.0", **given,
        )  # fmt: skip

    return make


@pytest.fixture
def tell(alerts):
    """Alerts of a record, and gives the claim."""

    def tell(record: Record):
        claim = alerts.claim(record)
        alerts.mark_sent(claim)
        return claim

    return tell


def test_content_that_was_alerted_of_is_never_claimed_again(alerts, record, tell):
    assert tell(record("0A", "A")).kind == "new"
    assert alerts.claim(record("0A", "A")) is None
    assert alerts.claim(record("0B", "A")) is None


def test_other_content_is_claimed_as_updated_under_another_id(alerts, record, tell):
    first, second = tell(record("0A", "A")), tell(record("0B", "B"))
    assert (second.kind, second.content_hash) == ("updated", "B")
    assert tell(record("0C", "A")).alert_id not in {first.alert_id, second.alert_id}


def test_a_second_worker_waits_while_the_claim_is_held_and_gets_the_same_id_after(alerts, record, clock):
    claim = alerts.claim(record("0A", "A"))
    with pytest.raises(Transient, match="another worker"):
        alerts.claim(record("0A", "A"))
    clock.seconds += CLAIM_SECONDS + 1
    again = alerts.claim(record("0A", "A"))
    assert (again.alert_id, again.kind) == (claim.alert_id, claim.kind)


def test_a_released_claim_can_be_taken_at_once_under_the_same_id(alerts, record):
    claim = alerts.claim(record("0A", "A"))
    alerts.release(claim)
    assert alerts.claim(record("0A", "A")).alert_id == claim.alert_id


def test_a_claim_that_expired_does_not_release_that_of_another_worker(alerts, record, clock):
    late = alerts.claim(record("0A", "A"))
    clock.seconds += CLAIM_SECONDS + 1
    alerts.claim(record("0A", "A"))
    alerts.release(late)
    with pytest.raises(Transient, match="another worker"):
        alerts.claim(record("0A", "A"))


def test_readers_who_perhaps_heard_of_another_content_are_told_when_it_is_taken_back(alerts, record, tell):
    first = tell(record("0A", "A"))
    alerts.release(alerts.claim(record("0B", "B")))
    back = tell(record("0C", "A"))
    assert back.kind == "updated"
    assert back.alert_id != first.alert_id
    assert alerts.claim(record("0C", "A")) is None


def test_each_attempt_has_the_id_of_the_first_however_many_others_were_begun_before(alerts, record, tell):
    tell(record("0A", "A"))
    ids = []
    for sequencer, content in (("0B", "B"), ("0C", "C"), ("0C", "C"), ("0D", "B"), ("0D", "B"), ("0E", "A")):
        claim = alerts.claim(record(sequencer, content))
        alerts.release(claim)
        ids.append(claim.alert_id)
    assert ids[1] == ids[2]
    assert ids[3] == ids[4]
    assert len(set(ids)) == 4


def test_a_superseded_version_is_not_claimed_once_a_newer_one_was(alerts, record, tell):
    tell(record("0B", "B"))
    assert alerts.claim(record("0A", "A")) is None


def test_a_late_mark_does_not_write_over_that_of_a_newer_version(alerts, record, tell, clock):
    late = alerts.claim(record("0A", "A"))
    clock.seconds += CLAIM_SECONDS + 1
    newer = tell(record("0B", "B"))
    alerts.mark_sent(late)
    assert alerts.claim(record("0B", "B")) is None
    assert alerts.claim(record("0C", "A")).alert_id not in {late.alert_id, newer.alert_id}


def test_another_text_of_a_told_record_counts_as_told(alerts, record, tell):
    tell(record("0A", "A"))
    assert alerts.count_as_sent(record("0A", "A"), "better")
    assert alerts.count_as_sent(record("0A", "better"), "better")
    assert alerts.count_as_sent(record("0A", "better"), None)
    for content in ("A", "better"):
        assert alerts.claim(record("0B", content)) is None


def test_what_follows_a_text_that_counts_as_told_is_alerted_of_as_ever(alerts, record, tell):
    before = tell(record("0A", "A"))
    alerts.count_as_sent(record("0A", "A"), "better")
    after = tell(record("0B", "B"))
    assert (after.kind, after.alert_id == before.alert_id) == ("updated", False)
    assert alerts.claim(record("0C", "better")) is not None


def test_nothing_counts_as_told_while_the_alert_of_the_record_is_due(alerts, record, tell):
    assert not alerts.count_as_sent(record("0A", "A"), "better")
    alerts.release(alerts.claim(record("0A", "A")))
    assert not alerts.count_as_sent(record("0A", "A"), "better")
    assert not alerts.count_as_sent(record("0A", "A"), None)
    tell(record("0A", "A"))
    assert alerts.claim(record("0B", "better")) is not None


def test_a_rejected_record_has_no_alert_due_and_what_comes_of_it_is_silent(alerts, record):
    assert alerts.count_as_sent(record("0A", None), None)
    assert alerts.count_as_sent(record("0A", None), "found")
    assert alerts.claim(record("0A", "found")) is None
    assert alerts.claim(record("0B", "news")).kind == "new"


def test_an_item_goes_with_its_record_or_when_told_to(alerts, record, request, tell):
    claim = tell(record("0A", "A", expires_at=2_000_000_000))
    assert expiry_of(alerts, claim.document_id, request) == 2_000_000_000
    tell(record("0B", "B"))
    assert expiry_of(alerts, claim.document_id, request) is None
    alerts.expire(claim.document_id, 2_100_000_000)
    assert expiry_of(alerts, claim.document_id, request) == 2_100_000_000


def test_nothing_is_made_for_a_document_that_nobody_was_alerted_of(alerts, record, request):
    unknown = uuid.uuid4().hex
    alerts.expire(unknown, 2_000_000_000)
    assert expiry_of(alerts, unknown, request) is None
    assert alerts.claim(record("0A", "A")).kind == "new"


def expiry_of(alerts, document: str, request) -> int | None:
    if isinstance(alerts, FakeAlertLedger):
        return alerts.items.get(document, {}).get("expires_at")
    client, table = request.getfixturevalue("clients")("dynamodb"), request.getfixturevalue("table")
    item = client.get_item(TableName=table, Key={"document_id": {"S": document}}).get("Item", {})
    return int(item["expires_at"]["N"]) if "expires_at" in item else None


def test_a_table_that_is_not_there_is_for_a_person_to_mend(clients, record):
    with pytest.raises(Misconfigured, match="ResourceNotFoundException"):
        DynamoDbAlerts(clients("dynamodb"), "no-such-table").claim(record("0A", "A"))
