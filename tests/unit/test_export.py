"""The copy of the records by day: which days are written anew, and what their files hold."""

import json
from pathlib import Path

import duckdb
import pytest

from functions.export.parquet_tables import write_tables
from functions.export.rows import record_row
from shared.domain.day_files import TABLES
from shared.domain.documents import Outcome, Record
from shared.domain.told import ToldDocument
from tests.pipeline import Pipeline
from tests.unit.pipeline.test_ledger_flow import page, walled_page

DAY = 86_400
GIVEN = {
    "sequencer": "01", "source_bucket": "pages", "source_key": "incoming/a.html", "pipeline_version": "0.1.0",
    "processed_at": "2026-05-02T10:00:00Z", "processed_on": "2026-05-02",
}  # fmt: skip
PUBLISHED = Record(
    document_id="d1", outcome=Outcome.PUBLISHED, title='Quote " and \\ and 日本', timeline_at="2026-05-01T03:15:00Z",
    published_at="2026-05-01T08:45:00+05:30", authors=["Ann Lee"], topic="arts", topics=["arts", "sport"],
    topic_scores={"arts": 0.5, "sport": 0.25}, people=["Ann Lee"], places=["Lowmarsh"], rules=["art"],
    rule_sentences={"art": "A painting."}, text="One.\n\nTwo.", **GIVEN,
)  # fmt: skip


@pytest.fixture
def line() -> Pipeline:
    return Pipeline()


def turn(line: Pipeline, **asked) -> list[str]:
    """One turn of the export; gives the days that it wrote."""
    before = dict(line.day_files.files)
    line.day_files.files = dict.fromkeys(before, b"")
    line.export.run(lambda: 900.0, **asked)
    written = {day for (day, _), body in line.day_files.files.items() if body}
    line.day_files.files = {key: body or before[key] for key, body in line.day_files.files.items()}
    return sorted(written)


def query(tmp_path: Path, files: dict[str, bytes], table: str, columns: str) -> list[tuple]:
    path = tmp_path / f"{table}.parquet"
    path.write_bytes(files[table])
    return duckdb.sql(f"SELECT {columns} FROM '{path}'").fetchall()  # noqa: S608  # the tests' own words


def test_an_alert_that_was_parked_for_a_day_stands_in_the_files_once_it_is_sent(line):
    line.extract.handle(line.put("incoming/a.html", page()))
    line.enrich.handle(line.handoff.articles.pop())
    for hours in (1, 1, 24, 24):
        line.clock.seconds += hours * 3_600
        line.export.run(lambda: 900.0)
        if hours == 24:
            line.drain()
    rows = [json.loads(row) for body in line.day_files.files.values() for row in body.decode().splitlines()]
    assert [row["alert_id"] for row in rows] == [line.alerts.sent[0].alert_id] * 2


def test_only_the_days_that_changed_are_written_anew(line):
    line.run(line.put("incoming/a.html", page()))
    line.clock.seconds += 7_200
    assert turn(line) == ["2025-06-15"]
    line.clock.seconds += DAY
    assert turn(line) == []
    line.run(line.put("incoming/b.html", page("Another")))
    assert turn(line) == ["2025-06-16"]
    assert turn(line, everything=True) == ["2025-06-15", "2025-06-16"]


def test_a_new_version_and_a_deletion_reach_the_day_under_which_the_page_stood(line):
    line.run(line.put("incoming/a.html", page()), line.put("incoming/b.html", page("Another")))
    turn(line)
    line.clock.seconds += 9 * DAY
    line.run(line.put("incoming/a.html", page("Changed")))
    turn(line)
    assert line.copied_by_day() == line.standing_by_day()
    assert {day for day, _, _ in line.copied_by_day()} == {"2025-06-15", "2025-06-24"}
    line.clock.seconds += 9 * DAY
    line.run(line.delete("incoming/a.html"), line.delete("incoming/b.html"))
    turn(line)
    assert line.copied_by_day() == set()


def test_a_turn_that_runs_out_of_time_is_finished_by_the_next_one(line):
    for key in "abc":
        line.run(line.put(f"incoming/{key}.html", page(key)))
        line.clock.seconds += DAY
    left = iter([900.0, 10.0])
    state = line.export.run(lambda: next(left))
    assert state.due == ["2025-06-16", "2025-06-15"]
    assert turn(line) == ["2025-06-15", "2025-06-16"]


def test_the_day_of_a_record_that_expired_is_written_without_it(line):
    object.__setattr__(line.extract, "retention_days", 30)
    object.__setattr__(line.export, "retention_days", 30)
    line.run(line.put("incoming/a.html", walled_page()))
    turn(line)
    line.clock.seconds += 31 * DAY
    line.export.run(lambda: 900.0)
    assert line.copied_by_day() == set()


def test_each_list_of_a_record_is_a_table_of_rows_with_types(tmp_path):
    files = write_tables({"record_rows": [record_row(PUBLISHED, with_text=True)]})
    assert query(
        tmp_path, files, "records", "document_id, title, CAST(published_at AS VARCHAR), typeof(processed_at)"
    ) == [("d1", PUBLISHED.title, "2026-05-01 03:15:00", "TIMESTAMP")]
    assert query(tmp_path, files, "topics", "topic, score, is_first") == [("arts", 0.5, True), ("sport", 0.25, False)]
    assert query(tmp_path, files, "names", "name, kind") == [("Ann Lee", "person"), ("Lowmarsh", "place")]
    assert query(tmp_path, files, "authors", "author") == [("Ann Lee",)]
    assert query(tmp_path, files, "matches", "rule, sentence") == [("art", "A painting.")]
    assert query(tmp_path, files, "texts", "text") == [("One.\n\nTwo.",)]


def test_an_alert_is_a_row_for_each_view_that_it_was_first_for(tmp_path):
    told = ToldDocument(alert_id="a1", sent_at="2026-05-02T10:00:30Z", views=["everything", "topic:arts"])
    files = write_tables({"record_rows": [record_row(PUBLISHED, with_text=True, told=told)]})
    assert query(tmp_path, files, "alerts", "view, CAST(alerted_at AS VARCHAR)") == [
        ("everything", "2026-05-02 10:00:30"),
        ("topic:arts", "2026-05-02 10:00:30"),
    ]
    silent = told.model_copy(update={"views": []})
    files = write_tables({"record_rows": [record_row(PUBLISHED, with_text=True, told=silent)]})
    assert query(tmp_path, files, "alerts", "view") == [("",)]


def test_a_table_without_rows_has_no_file(tmp_path):
    assert write_tables({}) == {}
    rejected = Record(document_id="d2", outcome=Outcome.REJECTED, reason="stub", site="Portside News", **GIVEN)
    files = write_tables({"record_rows": [record_row(rejected, with_text=True)]})
    assert files.keys() == {"records", "rejections"}
    assert query(tmp_path, files, "rejections", "reason, site") == [("stub", "Portside News")]


def test_texts_are_left_out_where_a_parameter_says_so():
    files = write_tables({"record_rows": [record_row(PUBLISHED, with_text=False)]})
    assert "texts" not in files
    assert files.keys() < set(TABLES)


def test_the_longest_text_of_a_record_fits_a_row():
    long = PUBLISHED.model_copy(update={"text": "\x01日" * 100_000})
    assert "texts" in write_tables({"record_rows": [record_row(long, with_text=True)]})
