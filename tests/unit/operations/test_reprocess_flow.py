"""A document that runs once more: its record is written anew, and nobody is alerted, then or later."""

from dataclasses import replace

import pytest

from functions.extract.s3_events import S3Change
from shared.domain.documents import Article, Outcome
from shared.domain.errors import Reason, Rejected
from tests.pipeline import BUCKET, Pipeline
from tests.unit.pipeline.test_ledger_flow import page

KEY = "incoming/a.html"


@pytest.fixture
def line() -> Pipeline:
    return Pipeline()


def gives(title, words="The same words. "):
    return lambda *_: Article(title=title, text=words * 40, language="en")


@pytest.fixture
def better_code(line):
    """Puts other extraction in place of today's; one that finds "A better title" to begin with."""

    def improve(extract):
        line.extract = replace(line.extract, article_of=extract)

    improve(gives("A better title"))
    return improve


def again(line: Pipeline, key: str = KEY) -> S3Change:
    record = line.record(key)
    entity = {"bucket": {"name": BUCKET}, "object": {"key": key, "eTag": record.etag, "sequencer": record.sequencer}}
    return S3Change.model_validate({"eventName": "ObjectCreated:Put", "s3": entity, "reprocess": True})


def reject(reason):
    def extract(*_):
        raise Rejected(reason, "for the test")

    return extract


def test_a_document_run_again_has_the_better_record_and_no_second_alert(line, better_code):
    better_code(gives("The first title"))
    line.run(line.put(KEY, page()))
    better_code(gives("A better title"))
    line.run(again(line))
    assert line.record(KEY).title == "A better title"
    assert [alert.title for alert in line.alerts.sent] == ["The first title"]


def test_the_same_page_uploaded_after_it_was_run_again_alerts_nobody(line, better_code):
    line.run(line.put(KEY, page()))
    better_code(gives("Better still"))
    line.run(again(line))
    line.run(line.put(KEY, page()))
    assert len(line.alerts.sent) == 1


def test_a_message_to_run_again_that_comes_three_times_has_one_effect(line, better_code):
    line.run(line.put(KEY, page()))
    change = again(line)
    line.run(change, change, change)
    assert len(line.alerts.sent) == 1


def test_a_rejected_page_that_better_code_publishes_is_recorded_silently(line, better_code):
    better_code(reject(Reason.NO_ARTICLE))
    line.run(line.put(KEY, page()))
    better_code(gives("Found at last"))
    line.run(again(line))
    record = line.record(KEY)
    assert (record.outcome, record.title, record.reason, record.attention) == (
        Outcome.PUBLISHED,
        "Found at last",
        None,
        None,
    )
    assert line.alerts.sent == []
    line.run(line.put(KEY, page()))  # whoever uploads it again means it, and nobody was told of it yet
    assert [alert.kind for alert in line.alerts.sent] == ["new"]


def test_a_published_page_that_better_code_rejects_loses_its_content(line, better_code):
    line.run(line.put(KEY, page()))
    better_code(reject(Reason.STUB))
    line.run(again(line))
    record = line.record(KEY)
    assert (record.outcome, record.reason, record.title) == (Outcome.REJECTED, Reason.STUB, None)


def test_a_changed_page_uploaded_after_a_silent_record_alerts_as_new(line, better_code):
    better_code(reject(Reason.NO_ARTICLE))
    line.run(line.put(KEY, page()))
    better_code(gives("Found at last"))
    line.run(again(line))
    better_code(gives("Really news", "Other words. "))
    line.run(line.put(KEY, page("Really news")))
    assert [alert.kind for alert in line.alerts.sent] == ["new"]


def test_a_version_whose_alert_is_still_due_is_left_as_it_is_and_alerted(line, better_code):
    line.extract.handle(line.put(KEY, page()))
    line.enrich.handle(line.handoff.articles.pop())
    better_code(gives("Too early"))
    line.extract.handle(again(line))
    line.drain()
    assert line.record(KEY).title == "A better title"
    assert [alert.title for alert in line.alerts.sent] == ["A better title"]


def test_a_page_replaced_meanwhile_is_left_to_its_own_event(line, better_code):
    line.run(line.put(KEY, page()))
    change = again(line)
    better_code(gives("The newer page", "Other words. "))
    newer = line.put(KEY, page("The newer page"))
    line.run(change)
    assert line.record(KEY).title == "A better title"
    line.run(newer)
    assert [alert.title for alert in line.alerts.sent][1:] == ["The newer page"]


def test_a_page_gone_meanwhile_keeps_its_record_until_its_own_event(line):
    line.run(line.put(KEY, page()))
    change = again(line)
    line.pages.objects.clear()
    line.run(change)
    assert line.record(KEY).outcome is Outcome.PUBLISHED


def test_a_newer_version_in_the_ledger_is_not_touched(line, better_code):
    line.run(line.put(KEY, page()))
    change = again(line)
    line.extract.handle(change)
    line.run(line.put(KEY, page("Another headline")), change)
    assert line.record(KEY).sequencer > change.source.version


def test_a_deleted_page_is_not_brought_back(line):
    line.run(line.put(KEY, page()))
    line.run(line.delete(KEY))
    line.run(again(line))
    assert line.record(KEY).outcome is Outcome.DELETED


def test_a_long_text_run_again_is_still_where_its_record_points(line, better_code):
    better_code(gives("A long report", "The harbour council met. " * 400))
    line.run(line.put(KEY, page()))
    line.run(again(line))
    assert line.record(KEY).text_location in line.pages.articles
