"""What every ledger promises."""

import uuid

import pytest

from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.domain.documents import Outcome, Record
from shared.domain.errors import Misconfigured
from shared.ports import WriteResult
from tests.fakes import FakeLedger


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


@pytest.fixture(params=["fake", "dynamodb"])
def ledger(request):
    if request.param == "fake":
        return FakeLedger()
    return DynamoDbRecords(request.getfixturevalue("clients")("dynamodb"), request.getfixturevalue("table"))


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
    assert ledger.write(written).status == "written"
    assert ledger.find(document) == written


def test_an_unknown_document_is_not_found(ledger, document):
    assert ledger.find(document) is None


def test_a_first_record_replaces_nothing(ledger, document):
    assert ledger.write(record(document, "0A1")) == WriteResult("written", None)


def test_the_same_version_again_is_a_duplicate_and_told_what_stands(ledger, document):
    first = record(document, "0A1")
    ledger.write(first)
    assert ledger.write(record(document, "0A1", title="Another")) == WriteResult("duplicate", first)
    assert ledger.find(document) == first


def test_an_older_version_is_stale_and_told_what_stands(ledger, document):
    newer = record(document, "0B")
    ledger.write(newer)
    assert ledger.write(record(document, "0A1")) == WriteResult("stale", newer)


def test_a_document_that_is_gone_keeps_the_name_of_its_story_and_nothing_else_of_its_article(ledger, document):
    ledger.write(record(document, "0A", story_id="5" * 32))
    gone = record(document, "0B", outcome=Outcome.DELETED, title=None, content_hash=None)
    ledger.write(gone)
    assert ledger.find(document) == gone.model_copy(update={"story_id": "5" * 32})
    ledger.write(record(document, "0C"))
    assert ledger.find(document).story_id is None


def test_a_newer_version_replaces_every_attribute_and_is_told_what_it_replaced(ledger, document):
    first = record(document, "0A", standfirst="A standfirst", text_location="s3://pages/texts/a/0A.json")
    ledger.write(first)
    rejected = record(document, "0B", outcome=Outcome.REJECTED, reason="stub", title=None, content_hash=None)
    assert ledger.write(rejected) == WriteResult("written", first)
    assert ledger.find(document) == rejected


def test_a_version_is_rewritten_from_what_was_known_of_it(ledger, document):
    first, better = record(document, "0A", standfirst="One"), record(document, "0A", content_hash="hash-of-the-better")
    ledger.write(first)
    assert ledger.rewrite(better, first) == WriteResult("written", first)
    assert ledger.find(document) == better


def test_a_rewriting_that_comes_again_has_the_same_effect(ledger, document):
    first, better = record(document, "0A"), record(document, "0A", content_hash="hash-of-the-better")
    ledger.write(first)
    ledger.rewrite(better, first)
    assert ledger.rewrite(better, better).status == "written"
    assert ledger.find(document) == better


def test_a_rejected_version_is_rewritten_as_published(ledger, document):
    rejected = record(document, "0A", outcome=Outcome.REJECTED, reason="stub", title=None, content_hash=None)
    ledger.write(rejected)
    assert ledger.rewrite(record(document, "0A"), rejected) == WriteResult("written", rejected)
    assert ledger.find(document) == record(document, "0A")


@pytest.mark.parametrize("change", [{"content_hash": "other"}, {"outcome": Outcome.REJECTED, "content_hash": None}])
def test_a_record_that_changed_since_it_was_read_is_not_rewritten(ledger, document, change):
    known, standing = record(document, "0A"), record(document, "0A", **change)
    ledger.write(standing)
    assert ledger.rewrite(record(document, "0A", title="Too late"), known) == WriteResult("stale", standing)


def test_only_the_version_that_is_there_is_rewritten(ledger, document):
    first = record(document, "0A")
    assert ledger.rewrite(first, first) == WriteResult("stale", None)
    newer = record(document, "0B")
    ledger.write(newer)
    assert ledger.rewrite(first, first) == WriteResult("stale", newer)
    assert ledger.rewrite(record(document, "0C"), first) == WriteResult("stale", newer)


def test_a_table_that_is_not_there_is_for_a_person_to_mend(clients, document):
    with pytest.raises(Misconfigured, match="ResourceNotFoundException"):
        DynamoDbRecords(clients("dynamodb"), "no-such-table").find(document)
