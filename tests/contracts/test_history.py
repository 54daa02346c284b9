"""What every history promises."""

import time
import uuid

import pytest

from shared.adapters.dynamodb_history import DynamoDbHistory
from shared.domain.documents import Outcome, Record
from shared.domain.history import HistoryLine, line_of_record
from tests.fakes import FakeHistory
from tests.pipeline import Clock


@pytest.fixture(scope="session")
def table(clients) -> str:
    name = f"history-{uuid.uuid4().hex[:8]}"
    attributes = ("document_id", "entry", "noted_on", "noted_at")
    clients("dynamodb").create_table(
        TableName=name,
        KeySchema=[
            {"AttributeName": "document_id", "KeyType": "HASH"},
            {"AttributeName": "entry", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in attributes],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-day",
                "KeySchema": [
                    {"AttributeName": "noted_on", "KeyType": "HASH"},
                    {"AttributeName": "noted_at", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


@pytest.fixture
def clock() -> Clock:
    return Clock(float(int(time.time())))


@pytest.fixture(params=["fake", "dynamodb"])
def history(request, clock):
    if request.param == "fake":
        return FakeHistory(clock)
    return DynamoDbHistory(request.getfixturevalue("clients")("dynamodb"), request.getfixturevalue("table"), now=clock)


def record_of(document: str, hour: int, title: str) -> Record:
    return Record(
        document_id=document, outcome=Outcome.PUBLISHED, sequencer=f"0{hour}", source_bucket="pages",
        source_key="incoming/a.html", processed_at=f"2026-01-01T0{hour}:00:00Z", processed_on="2026-01-01",
        pipeline_version="0.1.0", title=title,
    )  # fmt: skip


@pytest.fixture
def line():
    """Makes lines of one document, by hour and title."""
    document = uuid.uuid4().hex

    def make(hour: int, title: str) -> HistoryLine:
        return line_of_record(record_of(document, hour, title), replaced=hour > 1)

    return make


def test_a_line_is_noted_once_and_keeps_the_time_at_which_it_was_noted_first(history, line, clock):
    history.note(line(1, "Harbour vote"))
    first = history.lines(line(1, "").document_id)
    clock.seconds += 60
    history.note(line(1, "Harbour vote"))
    assert history.lines(line(1, "").document_id) == first
    assert [(found.outcome, found.recorded_on, found.replaced) for found in first] == [
        (Outcome.PUBLISHED, "2026-01-01", False)
    ]


def test_lines_of_a_document_are_in_the_order_of_time(history, line):
    for hour in (2, 1, 3):
        history.note(line(hour, "Harbour vote"))
    assert [found.sequencer for found in history.lines(line(1, "").document_id)] == ["01", "02", "03"]


def test_the_lines_of_a_day_are_found_from_a_time_of_it_on(history, line, clock):
    clock.seconds = 1_800_000_000.0  # 2027-01-15T08:00:00Z
    history.note(line(1, "Harbour vote"))
    clock.seconds += 60
    history.note(line(2, "Harbour vote"))
    mine = line(1, "Harbour vote").document_id
    assert [found.entry for found in history.noted_on("2027-01-15") if found.document_id == mine] == [
        line(1, "Harbour vote").entry,
        line(2, "Harbour vote").entry,
    ]
    later = history.noted_on("2027-01-15", "2027-01-15T08:01:00Z")
    assert [found.entry for found in later if found.document_id == mine] == [line(2, "Harbour vote").entry]
    assert list(history.noted_on("2027-01-14")) == []


def test_an_alert_is_noted_beside_the_line_of_its_record_and_nowhere_else(history, line):
    history.note(line(1, "Harbour vote"))
    document = line(1, "").document_id
    for title in ("Harbour vote", "another version, without a line"):
        history.note_alert(record_of(document, 1, title), "a1", "new", "2026-01-01T01:00:05Z")
    (found,) = history.lines(document)
    assert (found.alert_id, found.alert_kind, found.alerted_at) == ("a1", "new", "2026-01-01T01:00:05Z")


def test_the_line_of_a_late_alert_counts_as_written_on_the_day_of_the_alert(history, line):
    history.note(line(1, "Harbour vote"))
    mine = line(1, "").document_id
    history.note_alert(record_of(mine, 1, "Harbour vote"), "a1", "new", "2026-01-03T08:00:00Z")
    assert [found.alert_id for found in history.noted_on("2026-01-03") if found.document_id == mine] == ["a1"]


def test_a_stripped_history_keeps_times_and_outcomes_alone(history, line):
    for hour in (1, 2):
        history.note(line(hour, f"Harbour vote {hour}"))
    for _ in range(2):
        history.strip(line(1, "").document_id)
    found = history.lines(line(1, "").document_id)
    assert [(one.ended_at, one.outcome, one.marks) for one in found] == [
        ("2026-01-01T01:00:00Z", Outcome.PUBLISHED, {}),
        ("2026-01-01T02:00:00Z", Outcome.PUBLISHED, {}),
    ]
