"""A search reads recent days by their index and older ones by the copy of their texts, and shows what stands now."""

import io
from datetime import date

import pytest
from botocore.exceptions import ClientError

from functions.desk.duckdb_day_texts import DuckDbDayTexts
from functions.desk.search import RecordSearch
from functions.export.parquet_tables import write_tables
from functions.export.rows import record_row
from shared.domain.day_files import key_of
from shared.domain.documents import Outcome
from tests.fakes import FakeDayTexts

TODAY = date(2025, 11, 26)


class Bucket:
    """As much of S3 as the copy is read by."""

    def __init__(self, objects):
        self.objects = objects

    def get_paginator(self, _name):
        return self

    def paginate(self, **asked):
        yield {"Contents": [{"Key": key} for key in self.objects if key.startswith(asked["Prefix"])]}

    def get_object(self, **asked):
        if self.objects.get(asked["Key"]) is None:
            raise ClientError({"Error": {"Code": "NoSuchKey"}}, "GetObject")
        return {"Body": io.BytesIO(self.objects[asked["Key"]])}


def bucket_of(*records):
    """The copy that the export makes of these records."""
    days = {}
    for record in records:
        days.setdefault(record.processed_on, []).append(record)
    return Bucket(
        {
            key_of("texts", day): write_tables({"record_rows": [record_row(r, with_text=True) for r in found]})["texts"]
            for day, found in days.items()
        }
    )


def old(desk, number: int, day: str, **more):
    at = f"{day}T07:00:{number:02d}Z"
    return desk.add(number, processed_at=at, processed_on=day, timeline_at=at, **more)


@pytest.fixture(params=["fake", "duckdb"])
def copied(request, desk):
    """Makes the copy of some records, as the desk sees it."""

    def make(*records):
        if request.param == "duckdb":
            return DuckDbDayTexts(bucket_of(*records), "pages")
        days = {}
        for record in records:
            days.setdefault(record.processed_on, []).append(record)
        return FakeDayTexts(days)

    return make


def found(search: RecordSearch, after=None):
    """The titles that clicking through finds, newest first."""
    titles = []
    for _ in range(20):
        result = search.run(TODAY, after)
        titles += [line.title for line in result.lines]
        after = result.after
        if after is None:
            break
    return titles


def test_old_days_are_searched_by_their_copy_and_recent_ones_by_the_index(desk, copied):
    recent = [desk.add(100, text="A heron."), desk.add(90, text="Another heron.")]
    ancient = [old(desk, 1, "2021-03-01", text="The first heron."), old(desk, 2, "2021-03-02", text="No bird.")]
    search = RecordSearch(desk.records, copied(*ancient), "heron")
    assert found(search) == ["Title 100", "Title 90", "Title 1"]
    assert [record.title for record in recent] == ["Title 100", "Title 90"]


def test_a_page_that_was_deleted_or_changed_since_its_day_was_copied_is_not_found(desk, copied):
    copy = copied(*(old(desk, number, "2021-03-01", text="A heron.") for number in (1, 2, 3)))
    desk.ledger.records[f"{1:032x}"] = old(desk, 1, "2021-03-01", text="A swan.")
    desk.ledger.records[f"{2:032x}"] = old(desk, 2, "2021-03-01", outcome=Outcome.DELETED, title=None, text=None)
    assert found(RecordSearch(desk.records, copy, "heron")) == ["Title 3"]


def test_a_day_with_many_findings_goes_on_where_the_view_was_full(desk, copied):
    copy = copied(*(old(desk, number, "2021-03-01", text="A heron.") for number in range(1, 56)))
    search = RecordSearch(desk.records, copy, "heron")
    assert found(search) == [f"Title {number}" for number in range(55, 0, -1)]
    assert len(search.run(TODAY, None).lines) < 55


def test_a_topic_narrows_both(desk, copied):
    desk.add(100, text="A heron.", topic="sport")
    desk.add(99, text="A heron.", topic="arts")
    copy = copied(
        old(desk, 1, "2021-03-01", text="A heron.", topic="sport"), old(desk, 2, "2021-03-01", text="A heron.")
    )
    assert found(RecordSearch(desk.records, copy, "heron", "sport")) == ["Title 100", "Title 1"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ('"grey heron"', ["Title 2"]),
        ("her*", ["Title 2", "Title 1"]),
        ("heron -grey", ["Title 1"]),
        ("site:courier AND heron", ["Title 1"]),
        ('person:"Ann Lee" OR swan', ["Title 3", "Title 2"]),
        ("herons", ["Title 2", "Title 1"]),
        ("鷺", ["Title 4"]),
        ("nothing", []),
    ],
)
def test_every_kind_of_term_is_found_in_the_copy(desk, copied, query, titles):
    copy = copied(
        old(desk, 1, "2021-03-01", text="A heron stood there.", site="The Courier"),
        old(desk, 2, "2021-03-01", text="A grey heron flew.", people=["Ann Lee"]),
        old(desk, 3, "2021-03-01", text="A swan."),
        old(desk, 4, "2021-03-01", text="白鷺が飛んだ。"),
    )
    assert sorted(found(RecordSearch(desk.records, copy, query)), reverse=True) == titles


def test_all_records_of_a_day_count_as_searched(desk, copied):
    copy = copied(*(old(desk, number, "2021-03-01", text="A swan.") for number in range(1, 8)))
    result = RecordSearch(desk.records, copy, "heron").run(TODAY, None)
    assert (result.searched, result.back_to, result.after) == (7, "2021-03-01", None)


def test_a_file_that_goes_while_it_is_looked_for_is_passed_over(desk):
    copy = bucket_of(old(desk, 1, "2021-03-01", text="A heron."), old(desk, 2, "2021-03-02", text="A heron."))
    copy.objects[key_of("texts", "2021-03-02")] = None
    assert found(RecordSearch(desk.records, DuckDbDayTexts(copy, "pages"), "heron")) == ["Title 1"]


def test_a_call_ends_when_its_time_is_up_and_goes_on_from_there(desk, copied):
    days = [f"2021-03-{day:02d}" for day in range(1, 11)]
    copy = copied(*(old(desk, number, day, text="A heron.") for number, day in enumerate(days, 1)))
    ticks = iter(range(0, 1_000, 5))
    search = RecordSearch(desk.records, copy, "heron", clock=lambda: next(ticks))
    assert len(search.run(TODAY, None).lines) < 10
    assert found(search) == [f"Title {number}" for number in range(10, 0, -1)]
