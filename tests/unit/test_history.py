"""What the history of a document says, and what it never holds."""

from shared.domain.documents import Outcome, Record
from shared.domain.history import changed_fields, line_of_record, with_changes
from tests.pipeline import Pipeline
from tests.unit.pipeline.test_ledger_flow import page, walled_page


def record(hour: int, **fields) -> Record:
    return Record(
        document_id="d1", outcome=Outcome.PUBLISHED, sequencer=f"0{hour}", source_bucket="pages", source_key="a.html",
        processed_at=f"2026-01-01T0{hour}:00:00Z", processed_on="2026-01-01", pipeline_version="0.1.0", **fields,
    )  # fmt: skip


def test_a_line_names_the_fields_that_changed_and_has_none_of_their_content():
    old = line_of_record(record(1, title="Harbour vote", text="Yes."), replaced=False)
    new = line_of_record(record(2, title="Harbour vote", text="No.", topics=["politics"]), replaced=True)
    assert changed_fields(old, new) == ["text", "topics"]
    assert "Harbour" not in old.model_dump_json()


def test_a_text_in_the_bucket_changes_with_the_article_and_not_with_its_lead():
    kept = {"text": "The lead.", "text_location": "s3://pages/texts/d1/01.json"}
    old = line_of_record(record(1, content_hash="h1", **kept), replaced=False)
    same = line_of_record(record(2, content_hash="h1", **{**kept, "text": "The lea"}), replaced=True)
    new = line_of_record(record(3, content_hash="h2", **kept), replaced=True)
    assert changed_fields(old, same) == []
    assert changed_fields(old, new) == ["text"]


def test_changes_are_told_oldest_first_and_none_of_a_deleted_page():
    lines = [line_of_record(record(hour, title=title), replaced=hour > 1) for hour, title in ((2, "B"), (1, "A"))]
    assert [(line.sequencer, changed) for line, changed in with_changes(lines)] == [("01", []), ("02", ["title"])]
    stripped = [line.model_copy(update={"marks": {}}) for line in lines]
    assert [changed for _, changed in with_changes(stripped)] == [[], []]


def test_every_version_leaves_a_line_and_a_deleted_page_only_times_and_outcomes():
    line = Pipeline()
    line.run(line.put("incoming/a.html", page()))
    line.clock.seconds += 3_600
    line.run(line.put("incoming/a.html", page("Breakwater will stay broken")))
    line.clock.seconds += 3_600
    line.run(line.put("incoming/a.html", walled_page()))
    document = line.record("incoming/a.html").document_id
    told = [(found.outcome, changed) for found, changed in with_changes(line.history.lines(document))]
    assert [outcome for outcome, _ in told] == [Outcome.PUBLISHED, Outcome.PUBLISHED, Outcome.REJECTED]
    assert "title" in told[1][1]
    line.clock.seconds += 3_600
    line.run(line.delete("incoming/a.html"))
    left = line.history.lines(document)
    assert [found.outcome for found in left][-1] is Outcome.DELETED
    assert not any(found.marks for found in left)


def test_an_event_that_comes_again_leaves_no_second_line():
    line = Pipeline()
    event = line.put("incoming/a.html", page())
    line.run(event)
    line.clock.seconds += 3_600
    line.run(event)
    assert len(line.history.entries) == 1
