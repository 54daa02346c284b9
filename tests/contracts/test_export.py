"""What the export is promised: records by day, what was told of their stories, and the files of the days."""

import uuid

import pytest

from functions.export.dynamodb_days import DynamoDbRecordsByDay
from functions.export.dynamodb_told_stories import DynamoDbToldStories
from functions.export.ports import ExportState
from functions.export.s3_day_files import S3DayFiles
from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.adapters.dynamodb_told import DynamoDbTold
from shared.domain.documents import Outcome, Record
from shared.domain.told import Told
from tests.fakes import FakeAlertLedger, FakeDayFiles, FakeLedger, FakeRecordsByDay, FakeToldStories

DAY = "2026-01-01"


def make_table(clients, name: str, key: str, **more) -> str:
    table = f"{name}-{uuid.uuid4().hex[:8]}"
    attributes = [key, *(("processed_on", "processed_at") if more else ())]
    clients("dynamodb").create_table(
        TableName=table,
        KeySchema=[{"AttributeName": key, "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in attributes],
        BillingMode="PAY_PER_REQUEST",
        **more,
    )
    return table


@pytest.fixture(scope="session")
def bucket(clients) -> str:
    clients("s3").create_bucket(Bucket="days-of-the-contract")
    return "days-of-the-contract"


@pytest.fixture(params=["fake", "s3"])
def files(request):
    if request.param == "fake":
        return FakeDayFiles()
    return S3DayFiles(request.getfixturevalue("clients")("s3"), request.getfixturevalue("bucket"))


@pytest.fixture(params=["fake", "dynamodb"])
def stored(request):
    """A ledger, and its records by day."""
    if request.param == "fake":
        ledger = FakeLedger()
        return ledger, FakeRecordsByDay(ledger)
    clients = request.getfixturevalue("clients")
    keys = [
        {"AttributeName": "processed_on", "KeyType": "HASH"},
        {"AttributeName": "processed_at", "KeyType": "RANGE"},
    ]
    index = {"IndexName": "by-day", "KeySchema": keys, "Projection": {"ProjectionType": "KEYS_ONLY"}}
    table = make_table(clients, "records", "document_id", GlobalSecondaryIndexes=[index])
    client = clients("dynamodb")
    return DynamoDbRecords(client, table), DynamoDbRecordsByDay(client, table)


@pytest.fixture(params=["fake", "dynamodb"])
def told(request):
    """What is told, and how it is read for many stories."""
    if request.param == "fake":
        ledger = FakeAlertLedger()
        return ledger, FakeToldStories(ledger)
    clients = request.getfixturevalue("clients")
    table, client = make_table(clients, "told", "story_id"), clients("dynamodb")
    return DynamoDbTold(client, table), DynamoDbToldStories(client, table)


def record(number: int, day: str | None = DAY, sequencer: str = "01") -> Record:
    return Record(
        document_id=f"d{number}", outcome=Outcome.PUBLISHED if day else Outcome.DELETED, sequencer=sequencer,
        source_bucket="pages", source_key="incoming/a.html", processed_at=f"{day or DAY}T00:00:00Z", processed_on=day,
        pipeline_version="0.1.0", title=f"title {number}" if day else None,
    )  # fmt: skip


def test_the_records_of_a_day_are_whole_and_more_than_one_call_gives(stored):
    ledger, by_day = stored
    for number in range(120):
        ledger.write(record(number))
    ledger.write(record(1_000, "2026-01-02"))
    assert sorted(one.title for one in by_day.of_day(DAY)) == sorted(f"title {number}" for number in range(120))
    assert by_day.days() == {DAY, "2026-01-02"}


def test_a_record_that_moved_or_was_deleted_stands_under_no_day_of_its_past(stored):
    ledger, by_day = stored
    for number in (1, 2):
        ledger.write(record(number))
    ledger.write(record(1, "2026-01-03", "02"))
    ledger.write(record(2, None, "02"))
    assert list(by_day.of_day(DAY)) == []
    assert [one.document_id for one in by_day.of_day("2026-01-03")] == ["d1"]


def test_what_was_told_is_found_for_those_stories_of_which_anything_was(told):
    ledger, stories = told
    for name in ("s1", "s2"):
        assert ledger.replace(Told(story_id=name, revision=1)) is None
    assert stories.find_many({"s1", "s3"}).keys() == {"s1"}
    assert stories.find_many(set()) == {}


def test_a_days_files_are_replaced_whole(files):
    files.replace(DAY, {"records": b"one", "topics": b"two"})
    assert files.days() == {DAY}
    files.replace(DAY, {"records": b"three"})
    files.replace(DAY, {})
    assert files.days() == set()


def test_what_is_no_days_file_is_no_day(files, request):
    if isinstance(files, S3DayFiles):
        clients, bucket = request.getfixturevalue("clients"), request.getfixturevalue("bucket")
        clients("s3").put_object(Bucket=bucket, Key="days/notes.txt", Body=b"")
    assert files.days() == set()


def test_the_state_is_empty_before_it_is_saved_and_then_as_it_was_saved_last(files):
    assert files.load_state() == ExportState()
    files.save_state(ExportState(seen_until="2026-01-01T00:00:00Z", due=[DAY]))
    assert files.load_state().due == [DAY]
