"""Pages that are uploaded without alerts: records like any others, of which nobody is told."""

from functions.notify.usecase import is_current
from infra.cli.commands.upload import object_metadata
from infra.stack.documents import is_told
from shared.domain.documents import Outcome
from shared.domain.messages import Announcement
from shared.domain.rules import Rule
from tests.pipeline import Pipeline
from tests.unit.pipeline.test_ledger_flow import page

KEY = "incoming/a.html"


def test_a_quiet_upload_becomes_a_record_with_its_matches_and_alerts_nobody():
    line = Pipeline()
    line.rules.save(Rule(name="harbours", query="breakwater"))
    line.run(line.put(KEY, page(), quiet=True))
    record = line.record(KEY)
    assert (record.outcome, record.alerts_off, record.rules) == (Outcome.PUBLISHED, True, ["harbours"])
    assert line.listed_rules() == {record.document_id: {"harbours"}}
    assert line.alerts.sent == []
    assert line.contradictions() == []


def test_a_later_upload_that_is_not_quiet_is_told_as_new():
    line = Pipeline()
    line.run(line.put(KEY, page(), quiet=True))
    line.run(line.put(KEY, page()))
    assert [alert.kind for alert in line.alerts.sent] == ["new"]
    assert line.record(KEY).alerts_off is None


def test_a_quiet_document_that_runs_again_stays_quiet():
    line = Pipeline()
    line.run(line.put(KEY, page(), quiet=True))
    before = line.record(KEY)
    line.clock.seconds += 60
    line.run(line.reprocess_event(KEY))
    after = line.record(KEY)
    assert after.processed_at > before.processed_at
    assert after.alerts_off
    assert line.alerts.sent == []


def test_an_announcement_of_a_quiet_record_alerts_nobody():
    line = Pipeline()
    line.run(line.put(KEY, page(), quiet=True))
    record = line.record(KEY)
    said = Announcement(correlation_id="c", document_id=record.document_id, sequencer=record.sequencer)
    assert not is_current(record, said)


def test_nothing_of_a_quiet_record_is_left_to_tell():
    item = {"outcome": "published", "content_hash": "c", "alerts_off": True}
    assert is_told(item)
    assert not is_told({**item, "alerts_off": None})


def test_the_object_says_what_its_uploader_asked():
    assert object_metadata(None, quiet=False) == {}
    assert object_metadata("https://harbour.example/1", quiet=True) == {
        "url": "https://harbour.example/1",
        "alerts": "off",
    }
