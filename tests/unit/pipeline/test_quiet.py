"""Pages that are uploaded without alerts: records like any others, of which nobody is told."""

from infra.cli.commands.upload import object_metadata
from infra.stack.records.told_documents import is_told
from shared.after_write import announcement_of
from shared.domain.documents import Outcome
from shared.domain.limits import CLAIM_SECONDS
from shared.domain.rules import Rule
from tests.pipeline import Pipeline
from tests.unit.pipeline.scenarios import record_it, story_record
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
    line.notify.handle(announcement_of(line.record(KEY)))
    assert line.alerts.sent == []
    assert line.alert_ledger.items == {}


def test_a_quiet_version_gives_up_an_alert_that_was_begun_and_its_story_is_told_by_the_next():
    line = Pipeline()
    told = story_record(line, "first", "bridge falls")
    line.notify.claim(told, finishing=False)
    record_it(line, story_record(line, "first", "bridge fell", alerts_off=True))
    line.clock.seconds += CLAIM_SECONDS + 1
    copy = story_record(line, "copy", "bridge falls")
    record_it(line, copy)
    line.notify.handle(announcement_of(copy))
    assert [alert.document_id for alert in line.alerts.sent] == [copy.document_id]
    assert "everything" in line.alerts.sent[0].first_for


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
