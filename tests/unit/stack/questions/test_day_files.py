"""Searching and counting in the files of the days, on this machine."""

import itertools
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from functions.export.parquet_tables import write_tables
from functions.export.rows import record_row
from infra.errors import CliError
from infra.stack.periods import Period, period_of_days
from infra.stack.questions.day_files import DayFileReader, connect
from infra.stack.questions.record_counts import COUNTED, count_records
from infra.stack.questions.record_search import RecordSearch, SearchTerms, execute
from infra.stack.questions.saved_questions import saved_questions
from shared.domain.day_files import key_of
from shared.domain.documents import Outcome, Record
from shared.domain.rules import BadQuery

DAYS = ("2026-05-01", "2026-05-02", "2026-05-03")
TEXTS = (
    ("Missile test at sea", "The North fired a missile. Korea protested.", "The Courier", "en", "conflict"),
    ("Harbour vote", "The council voted. A breakwater is rebuilt.", "Portside News", "en", "politics"),
    ("Hafen", "Der Rat der Stadt stimmte über Raketen ab.", "Talbote", "de", "politics"),
)


class FakeS3:
    """Files by key, as the bucket lists and gives them."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.fetched: list[str] = []

    def get_paginator(self, _operation: str) -> Any:
        return self

    def paginate(self, **asked: Any) -> Any:
        now = datetime.now(UTC)
        found = [
            {"Key": key, "LastModified": now, "Size": len(body)}
            for key, body in self.files.items()
            if key.startswith(asked["Prefix"])
        ]
        return [{"Contents": found}]

    def get_object(self, **asked: Any) -> Any:
        self.fetched.append(asked["Key"])
        body = self.files[asked["Key"]]
        return {"Body": type("Body", (), {"read": lambda _self: body})()}


class FakeTarget:
    is_local = False

    def __init__(self, files: dict[str, bytes]) -> None:
        self.s3 = FakeS3(files)

    def output(self, _name: str) -> str:
        return "pages"

    def client(self, _service: str) -> Any:
        return self.s3


def record(day: str, number: int) -> Record:
    title, text, site, language, topic = TEXTS[number]
    return Record(
        document_id=f"{day}-{number}", outcome=Outcome.PUBLISHED, sequencer="01", source_bucket="pages",
        source_key="incoming/a.html", processed_at=f"{day}T0{number}:00:00Z", processed_on=day, pipeline_version="1",
        timeline_at=f"{day}T0{number}:00:00Z", title=title, text=text, site=site, language=language, topic=topic,
        topics=[topic], rules=["votes"] if number == 1 else None,
    )  # fmt: skip


@pytest.fixture
def reader(tmp_path: Path) -> Any:
    files = {}
    for day in DAYS:
        rows = [record_row(record(day, number), with_text=True) for number in range(len(TEXTS))]
        files |= {key_of(table, day): body for table, body in write_tables({"record_rows": rows}).items()}
    target: Any = FakeTarget(files)
    return DayFileReader(target, tmp_path)


def found(reader: DayFileReader, query: str, **terms: Any) -> list[str]:
    return [finding.document_id for finding in RecordSearch(reader, query, SearchTerms(**terms)).findings()]


def test_a_search_finds_newest_first_with_the_sentence_that_matched(reader):
    findings = list(RecordSearch(reader, "missiles").findings())
    assert [finding.document_id for finding in findings] == [f"{day}-0" for day in reversed(DAYS)]
    assert findings[0].sentence == "The North fired a missile."
    assert findings[0].processed_at == "2026-05-03T00:00:00Z"


def test_the_matcher_decides_where_terms_alone_do_not(reader):
    assert found(reader, '"north korea"') == []
    assert found(reader, '"north korea"~2') == []
    assert len(found(reader, "north AND korea")) == 3
    assert len(found(reader, "NOT missile AND harbour")) == 3


@pytest.mark.parametrize(
    ("terms", "count"),
    [({"site": "Talbote"}, 3), ({"topic": "politics"}, 6), ({"language": "de"}, 3), ({"language": "fr"}, 0)],
)
def test_a_search_is_narrowed_by_site_topic_and_language(reader, terms, count):
    assert len(found(reader, "the OR der", **terms)) == count


def test_a_search_of_some_days_fetches_their_files_alone(reader):
    period = Period(datetime(2026, 5, 2, 1, 30, tzinfo=UTC), datetime(2026, 5, 3, tzinfo=UTC))
    assert found(reader, "the OR der", processed=period) == ["2026-05-02-2"]
    assert reader.target.s3.fetched == [key_of("texts", "2026-05-02")]


def test_a_search_stops_fetching_once_it_has_enough(reader, monkeypatch):
    monkeypatch.setattr("infra.stack.questions.day_files.MAX_FETCHES", 1)
    assert len(list(itertools.islice(RecordSearch(reader, "missile").findings(), 1))) == 1
    assert reader.target.s3.fetched == [key_of("texts", "2026-05-03")]


def test_a_query_that_cannot_be_read_is_refused_before_anything_is_fetched(reader):
    with pytest.raises(BadQuery):
        RecordSearch(reader, "(missile")
    assert reader.target.s3.fetched == []


def test_records_are_counted_by_each_value(reader):
    period = Period(datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 4, tzinfo=UTC))
    assert count_records(reader, "topic", period) == {"politics": 6, "conflict": 3}
    assert list(count_records(reader, "day", period)) == list(reversed(DAYS))
    assert count_records(reader, "rule", period) == {"votes": 3}
    assert count_records(reader, "reason", period) == {}
    assert {by for by in COUNTED if count_records(reader, by, period)} == COUNTED.keys() - {"reason"}


def test_a_period_is_from_the_first_day_to_the_end_of_the_last():
    assert period_of_days(None, None, 60) is None
    period = period_of_days("2026-05-01", "2026-05-02", 60)
    assert period is not None
    assert (period.until - period.since).days == 2
    until = period_of_days(None, "2026-05-02", 60)
    assert until is not None
    assert (until.until - until.since).days == 60
    with pytest.raises(CliError, match="after"):
        period_of_days("2026-05-02", "2026-05-01", 60)


def test_a_question_is_asked_about_another_name():
    about = {question.name: question for question in saved_questions()}
    assert "LIKE '%north shore%'" in about["name_over_time"].about_name("North Shore")
    assert "o''neil" in about["by_author"].about_name("O'Neil")
    text = about["full_text"].about_name("C++")
    assert r"c\+\+(?:" in text
    assert "%c++%" in text
    with pytest.raises(CliError, match="no name"):
        about["languages"].about_name("x")


def test_a_sentence_that_is_shown_goes_on_after_the_dots_of_numbers():
    [question] = [question for question in saved_questions() if question.name == "full_text"]
    pattern = re.findall(r"regexp_extract\(text, '(.*?)'\)", question.about_name("reef"))[0]
    text = "Fog lay on the sea. The ship struck the Reef at 6.40 a.m., two miles out. It sank."
    found = connect().execute("SELECT regexp_extract(?, ?)", [text, pattern]).fetchone()
    assert found == (" The ship struck the Reef at 6.40 a.m., two miles out.",)


def test_a_file_of_other_columns_is_told_as_one_of_another_version(tmp_path):
    database = connect()
    database.execute("COPY (SELECT 'x' AS document_id) TO ? (FORMAT parquet)", [str(tmp_path / "old.parquet")])
    with pytest.raises(CliError, match="another version"):
        execute(database, "SELECT terms FROM read_parquet(?)", [str(tmp_path / "old.parquet")])
