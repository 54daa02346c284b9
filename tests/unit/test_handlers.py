"""The Lambda handlers on whole events: partial batches, logs without content, missing settings."""

import io
import json
from types import SimpleNamespace

import pytest

from functions.enrich import handler as enrich_handler
from functions.extract import handler as extract_handler
from functions.notify import handler as notify_handler
from shared.domain.errors import Misconfigured, Transient
from shared.settings import ExtractSettings
from tests.pipeline import Pipeline
from tests.unit.pipeline.test_ledger_flow import page

CONTEXT = SimpleNamespace(aws_request_id="00000000-request", function_name="extract")


def sqs_event(*bodies: str) -> dict:
    return {
        "Records": [
            {
                "messageId": f"message-{n}",
                "receiptHandle": "handle",
                "body": body,
                "attributes": {},
                "messageAttributes": {},
                "md5OfBody": "",
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:eu-central-1:111122223333:pages",
                "awsRegion": "eu-central-1",
            }
            for n, body in enumerate(bodies)
        ]
    }


def notification(line: Pipeline, key: str, body: bytes) -> str:
    change = line.put(key, body)
    return json.dumps({"Records": [change.model_dump(by_alias=True)]})


@pytest.fixture
def line() -> Pipeline:
    return Pipeline()


@pytest.fixture
def printed(line, capsys, monkeypatch):
    """The lines of JSON that the functions write to standard output and that CloudWatch would keep."""
    output = io.StringIO()
    for stage in (line.extract, line.enrich, line.notify):
        for handler in stage.telemetry.log.handlers:
            monkeypatch.setattr(handler, "stream", output)
    return lambda: output.getvalue() + capsys.readouterr().out


def test_a_message_that_fails_is_reported_alone(line):
    event = sqs_event(
        notification(line, "incoming/a.html", page()), "not json", notification(line, "incoming/b.html", b"")
    )
    assert extract_handler.handle(event, CONTEXT, line.extract) == {
        "batchItemFailures": [{"itemIdentifier": "message-1"}]
    }
    assert len(line.handoff.articles) == 1
    assert line.record("incoming/b.html").reason == "empty"


def test_a_change_after_one_that_fails_in_the_same_notification_is_handled(line):
    first, second = (line.put(f"incoming/{name}.html", page()) for name in "ab")
    read_page = line.pages.read_page

    def fail_for_the_first(source):
        if source.key == "incoming/a.html":
            raise Transient("could not read the page: SlowDown")
        return read_page(source)

    line.pages.read_page = fail_for_the_first
    both = json.dumps({"Records": [change.model_dump(by_alias=True) for change in (first, second)]})
    response = extract_handler.handle(sqs_event(both), CONTEXT, line.extract)
    assert response == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert [message.source.key for message in line.handoff.articles] == ["incoming/b.html"]


def test_a_batch_that_fails_whole_is_reported_message_by_message(line):
    response = enrich_handler.handle(sqs_event("{}", "{}"), CONTEXT, line.enrich)
    assert [failure["itemIdentifier"] for failure in response["batchItemFailures"]] == ["message-0", "message-1"]


def test_a_message_that_does_not_parse_is_logged_and_counted_without_its_content(line, printed):
    extract_handler.handle(sqs_event('{"Records": "Quillfeather"}'), CONTEXT, line.extract)
    told = printed()
    assert "Quillfeather" not in told
    entries = [json.loads(entry) for entry in told.splitlines()]
    assert any(entry.get("error") == "Malformed" for entry in entries)
    assert any("MessagesMalformed" in entry for entry in entries)


def test_one_correlation_id_runs_through_all_three_functions_and_no_content_is_logged(line, printed):
    body = page("Harbourmaster Quillfeather resigns at midnight")
    extract_handler.handle(sqs_event(notification(line, "incoming/a.html", body)), CONTEXT, line.extract)
    enrich_handler.handle(sqs_event(line.handoff.articles[0].model_dump_json()), CONTEXT, line.enrich)
    notify_handler.handle(sqs_event(line.handoff.announcements[0].model_dump_json()), CONTEXT, line.notify)
    told = printed()
    assert "Quillfeather" not in told
    assert "breakwater" not in told
    outcomes = [entry for entry in map(json.loads, told.splitlines()) if entry.get("message") == "outcome"]
    assert {entry["correlation_id"] for entry in outcomes} == {line.record("incoming/a.html").correlation_id}


def test_documents_are_counted_by_outcome_and_reason(line, printed):
    extract_handler.handle(sqs_event(notification(line, "incoming/a.html", b"")), CONTEXT, line.extract)
    metrics = [entry for entry in map(json.loads, printed().splitlines()) if "_aws" in entry]
    assert {"outcome": "rejected", "reason": "empty"}.items() <= next(m for m in metrics if "Documents" in m).items()
    assert any("StageTime" in m for m in metrics)


def test_missing_settings_are_all_named_at_once():
    with pytest.raises(Misconfigured, match=r"RECORDS_TABLE.*PAGES_BUCKET.*ARTICLES_QUEUE_URL"):
        ExtractSettings.from_environment({})
