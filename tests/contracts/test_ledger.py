"""What every ledger promises."""

import time
import uuid

import pytest

from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.domain.documents import Outcome, Record
from shared.domain.errors import Misconfigured, Transient
from shared.domain.messages import Announcement
from tests.fakes import FakeLedger
from tests.pipeline import Clock


@pytest.fixture(scope="session")
def table(clients) -> str:
    name = f"records-{uuid.uuid4().hex[:8]}"
    clients("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "document_id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "document_id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


@pytest.fixture
def clock() -> Clock:
    return Clock(time.time())


@pytest.fixture(params=["fake", "dynamodb"])
def ledger(request, clock):
    if request.param == "fake":
        return FakeLedger(clock)
    return DynamoDbRecords(request.getfixturevalue("clients")("dynamodb"), request.getfixturevalue("table"), clock)


@pytest.fixture
def document() -> str:
    return uuid.uuid4().hex


def record(document: str, sequencer: str, **fields) -> Record:
    given = {"outcome": Outcome.PUBLISHED, "title": "A title", "content_hash": "hash-of-the-first", **fields}
    return Record(
        document_id=document,
        sequencer=sequencer,
        source_bucket="pages",
        source_key="incoming/a b.html",
        processed_at="2026-01-01T00:00:00Z",
        pipeline_version="0.1.0",
        correlation_id=f"{document}:{sequencer}",
        **given,
    )


def announcement(of: Record) -> Announcement:
    return Announcement(correlation_id=of.correlation_id, document_id=of.document_id, sequencer=of.sequencer)


def test_a_record_is_found_as_it_was_written(ledger, document):
    written = record(
        document,
        "0A1",
        topics=["arts", "sport"],
        topic_scores={"arts": 0.75, "sport": 0.25},
        topic_evidence={"arts": "museum, gallery"},
        sections=[{"heading": "One", "text": "Text — ünïcode 日本"}],
        word_count=12,
    )
    assert ledger.write(written) == "written"
    assert ledger.find(document) == written


def test_an_unknown_document_is_not_found(ledger, document):
    assert ledger.find(document) is None


def test_the_same_version_again_is_a_duplicate(ledger, document):
    ledger.write(record(document, "0A1"))
    assert ledger.write(record(document, "0A1", title="Another")) == "duplicate"
    assert ledger.find(document).title == "A title"


def test_an_older_version_is_stale(ledger, document):
    ledger.write(record(document, "0B"))
    assert ledger.write(record(document, "0A1")) == "stale"


def test_a_newer_version_replaces_every_attribute(ledger, document):
    ledger.write(record(document, "0A", standfirst="A standfirst"))
    ledger.write(record(document, "0B", outcome=Outcome.REJECTED, reason="stub", title=None, content_hash=None))
    found = ledger.find(document)
    assert (found.outcome, found.reason, found.title, found.standfirst) == (Outcome.REJECTED, "stub", None, None)


def test_a_claimed_and_noted_alert_is_never_claimed_again(ledger, document):
    first = record(document, "0A")
    ledger.write(first)
    claim = ledger.claim_alert(announcement(first))
    ledger.mark_alerted(claim)
    assert claim.kind == "new"
    assert ledger.claim_alert(announcement(first)) is None


def test_a_second_worker_waits_while_the_claim_is_held_and_gets_the_same_id_after(ledger, document, clock):
    first = record(document, "0A")
    ledger.write(first)
    claim = ledger.claim_alert(announcement(first))
    with pytest.raises(Transient, match="another worker"):
        ledger.claim_alert(announcement(first))
    clock.seconds += 120
    assert ledger.claim_alert(announcement(first)) == claim


def test_a_released_claim_can_be_taken_at_once_under_the_same_id(ledger, document):
    first = record(document, "0A")
    ledger.write(first)
    claim = ledger.claim_alert(announcement(first))
    ledger.release_alert(claim)
    assert ledger.claim_alert(announcement(first)) == claim


def test_the_same_content_in_a_newer_version_is_not_claimed(ledger, document):
    first, again = record(document, "0A"), record(document, "0B")
    ledger.write(first)
    ledger.mark_alerted(ledger.claim_alert(announcement(first)))
    ledger.write(again)
    assert ledger.claim_alert(announcement(again)) is None


def test_other_content_in_a_newer_version_is_claimed_as_updated(ledger, document):
    first, changed = record(document, "0A"), record(document, "0B", content_hash="hash-of-the-second")
    ledger.write(first)
    before = ledger.claim_alert(announcement(first))
    ledger.mark_alerted(before)
    ledger.write(changed)
    claim = ledger.claim_alert(announcement(changed))
    assert (claim.kind, claim.content_hash) == ("updated", "hash-of-the-second")
    assert claim.alert_id != before.alert_id


def test_a_superseded_or_deleted_version_is_not_claimed(ledger, document):
    first = record(document, "0A")
    ledger.write(first)
    ledger.write(record(document, "0B", outcome=Outcome.DELETED, title=None, content_hash=None))
    assert ledger.claim_alert(announcement(first)) is None


def test_an_alerted_version_is_rewritten_and_its_new_content_counts_as_alerted(ledger, document):
    first = record(document, "0A", standfirst="A standfirst")
    ledger.write(first)
    ledger.mark_alerted(ledger.claim_alert(announcement(first)))
    better = record(document, "0A", title="A better title", content_hash="hash-of-the-better")
    assert ledger.rewrite(better) == "written"
    assert ledger.find(document) == better
    assert ledger.claim_alert(announcement(better)) is None


def test_a_rejected_version_is_rewritten_silently(ledger, document):
    ledger.write(record(document, "0A", outcome=Outcome.REJECTED, reason="stub", title=None, content_hash=None))
    better = record(document, "0A")
    assert ledger.rewrite(better) == "written"
    assert ledger.claim_alert(announcement(better)) is None


def test_what_follows_a_rewritten_version_is_alerted_as_ever(ledger, document):
    first = record(document, "0A")
    ledger.write(first)
    before = ledger.claim_alert(announcement(first))
    ledger.mark_alerted(before)
    ledger.rewrite(record(document, "0A", content_hash="hash-of-the-better"))
    changed = record(document, "0B", content_hash="hash-of-the-second")
    ledger.write(changed)
    claim = ledger.claim_alert(announcement(changed))
    assert claim.kind == "updated"
    assert claim.alert_id != before.alert_id


def test_a_version_whose_alert_is_due_is_not_rewritten(ledger, document):
    first = record(document, "0A")
    ledger.write(first)
    assert ledger.rewrite(record(document, "0A", title="Too early")) == "stale"
    assert ledger.find(document) == first


def test_only_the_version_that_is_there_is_rewritten(ledger, document):
    assert ledger.rewrite(record(document, "0A")) == "stale"
    ledger.write(record(document, "0B", outcome=Outcome.REJECTED, reason="stub", title=None, content_hash=None))
    assert ledger.rewrite(record(document, "0A")) == "stale"
    assert ledger.rewrite(record(document, "0C")) == "stale"


def test_a_table_that_is_not_there_is_for_a_person_to_mend(clients, document):
    with pytest.raises(Misconfigured, match="ResourceNotFoundException"):
        DynamoDbRecords(clients("dynamodb"), "no-such-table").find(document)
