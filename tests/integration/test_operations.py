"""The operator's commands on the emulator's bucket, table, queues and logs."""

import json
import random

import pytest
from typer.testing import CliRunner

from functions.extract.s3_events import S3Notification
from functions.reconcile.dynamodb_record_states import DynamoDbRecordStates
from functions.reconcile.ports import Run
from functions.reconcile.record_states import RecordState
from functions.reconcile.resumable_run import MAX_WAITING
from functions.reconcile.s3_objects import S3Runs
from functions.reconcile.sqs_changes import SqsChanges
from infra.cli import app, command
from infra.cli.rules import rule_fill
from infra.errors import CliError
from infra.local.home import CLONE, Home
from infra.operate import selection
from shared.domain.documents import Article, Outcome
from shared.domain.told import story_of
from tests.integration.operated import Operated, plain_article

STOPPED = 130


@pytest.fixture
def stand(clients) -> Operated:
    return Operated(clients)


@pytest.fixture
def clipwire(stand, monkeypatch, tmp_path):
    """Runs a command on the stand, and gives its JSON."""
    monkeypatch.setattr(command, "choose", lambda **_: stand.target)
    monkeypatch.setattr(Home, "of_this_clone", classmethod(lambda cls: cls(CLONE, tmp_path)))

    def run(*words: str, code: int = 0):
        result = CliRunner().invoke(app.build(words), [*words, "--json"], catch_exceptions=False)
        assert result.exit_code == code, result.output
        said = result.stdout.strip().splitlines()
        return json.loads(said[-1]) if said else None

    return run


def test_reconcile_finds_precisely_what_events_lost_and_puts_it_right(stand, clipwire):
    keys = [stand.upload(f"{number:03}.html", f"Report {number}\nThe harbour report.") for number in range(12)]
    stand.work()
    lost = random.Random(3).sample(keys, 6)  # the same in every run
    for key in lost[:3]:
        stand.put(key.removeprefix("incoming/"), "Corrected\nThe corrected report.")
    for key in lost[3:]:
        stand.delete(key)
    missing = stand.put("späte Ausgabe +1.html", "Late\nThe late edition.")
    found = clipwire("reconcile", "--grace", "0")
    assert found["found"] == {"missing": 1, "stale": 3, "orphaned": 3}
    assert {sample["key"] for sample in found["samples"]} == {missing, *lost}
    stand.work()
    assert clipwire("reconcile", "--grace", "0")["found"] == {"missing": 0, "stale": 0, "orphaned": 0}
    assert stand.record(missing).title == "Late"
    assert {stand.record(key).outcome for key in lost[3:]} == {Outcome.DELETED}


def test_standings_of_more_documents_than_a_call_takes_are_read(stand):
    key = stand.upload("a.html", "A page\nAnd its text.")
    stand.work()
    states = DynamoDbRecordStates(stand.clients("dynamodb"), stand.table)
    record = stand.record(key)
    found = states.of([*(f"{number:032x}" for number in range(205)), record.document_id])
    assert found == {record.document_id: RecordState(outcome="published", sequencer=record.sequencer, etag=record.etag)}
    assert states.of([]) == {}


def test_a_dry_run_and_a_grace_leave_the_queue_alone(stand, clipwire):
    stand.put("a.html", "A page\nAnd its text.")
    assert clipwire("reconcile")["found"]["missing"] == 0
    assert clipwire("reconcile", "--dry-run", "--grace", "0")["found"]["missing"] == 1
    assert stand.waiting("PagesQueueUrl") == 0


def test_while_pages_wait_in_a_queue_a_comparison_is_refused_unless_it_is_asked_for(stand, clipwire):
    for number in range(MAX_WAITING + 1):
        stand.upload(f"{number:03}.html", f"Report {number}\nThe harbour report.")
    with pytest.raises(CliError, match=f"{MAX_WAITING + 1} messages wait"):
        clipwire("reconcile", "--grace", "0")
    assert clipwire("reconcile", "--dry-run", "--grace", "0")["found"]["missing"] == MAX_WAITING + 1
    assert clipwire("reconcile", "--busy", "--grace", "0")["found"]["missing"] == MAX_WAITING + 1


def test_the_note_of_a_run_is_read_as_it_was_written(stand):
    runs = S3Runs(stand.clients("s3"), stand.bucket)
    assert runs.load() is None
    runs.save(Run(started_at=1.5, seen=3))
    assert runs.load() == Run(started_at=1.5, seen=3)


def park(stand, number: int) -> str:
    key = stand.put(f"{number}.html", f"Report {number}\nThe harbour report.")
    body = stand.event(key)
    stand.send("PagesDeadLetterQueueUrl", body)
    return S3Notification.model_validate_json(body).changes[0].source.correlation_id


def test_failures_groups_what_is_parked_by_its_error_and_takes_nothing_out(stand, clipwire):
    for number in range(3):
        stand.log_failure("extract", park(stand, number), "Transient", f"could not read the page {number}: SlowDown")
    park(stand, 3)
    stand.send("AnnouncementsDeadLetterQueueUrl", '{"neither": "one nor other"}')
    groups = clipwire("failures")
    assert [(group["stage"], group["error"], group["messages"]) for group in groups] == [
        ("extract", "Transient", 3),
        ("extract", "Silent", 1),
        ("notify", "Malformed", 1),
    ]
    assert groups[0]["sample"].startswith("incoming/")
    assert stand.waiting("PagesDeadLetterQueueUrl") == 4
    assert [group["group"] for group in clipwire("failures")] == [group["group"] for group in groups]


def test_redrive_sends_the_rest_of_a_group_once_its_canary_passed(stand, clipwire, monkeypatch):
    for number in range(12):
        park(stand, number)
    monkeypatch.setattr("infra.cli.commands.failures._quiet", lambda _: stand.work())
    done = clipwire("redrive", "extract")
    stand.work()
    assert [(one["verdict"], one["sent"]) for one in done] == [("passed", 12)]
    assert stand.waiting("PagesDeadLetterQueueUrl") == 0
    assert all(stand.record(f"incoming/{number}.html").outcome is Outcome.PUBLISHED for number in range(12))


def test_redrive_sends_no_more_after_a_canary_that_failed(stand, clipwire, monkeypatch):
    ids = [park(stand, number) for number in range(4)]

    def fail(_):
        return [
            stand.log_failure("enrich", one, "Misconfigured", "could not write the record: AccessDenied") for one in ids
        ]

    monkeypatch.setattr("infra.cli.commands.failures._quiet", fail)
    done = clipwire("redrive", "--all", code=1)
    assert [(one["verdict"], one["sent"]) for one in done] == [("failed", 1)]
    assert "AccessDenied" in done[0]["why"]
    assert stand.waiting("PagesDeadLetterQueueUrl") == 3


def test_redrive_calls_a_canary_failed_whose_function_was_killed(stand, clipwire, monkeypatch):
    for number in range(3):
        park(stand, number)
    monkeypatch.setattr(
        "infra.cli.commands.failures._quiet", lambda _: stand.take_and_die("PagesQueueUrl", visibility=2)
    )
    done = clipwire("redrive", "extract", "--wait", "3", code=1)
    assert [(one["verdict"], one["sent"]) for one in done] == [("failed", 1)]
    assert "killed or ran out of time" in done[0]["why"]
    assert stand.waiting("PagesDeadLetterQueueUrl") == 2


def test_redrive_says_that_a_canary_waits_behind_others(stand, clipwire):
    park(stand, 1)
    done = clipwire("redrive", "extract", "--wait", "1", code=1)
    assert [one["verdict"] for one in done] == ["undecided"]
    assert done[0]["why"].startswith("1 messages wait")


def test_redrive_leaves_messages_that_nobody_can_read(stand, clipwire):
    stand.send("ArticlesDeadLetterQueueUrl", "no message at all")
    assert [one["verdict"] for one in clipwire("redrive", "enrich", code=1)] == ["unreadable"]
    assert stand.waiting("ArticlesDeadLetterQueueUrl") == 1


def test_reprocess_shows_what_changes_then_rewrites_records_without_an_alert(stand, clipwire):
    keys = [stand.upload(f"{number}.html", f"Report {number}\nThe harbour report.") for number in range(5)]
    rejected = stand.upload("empty.html", "")
    stand.work()
    told = len(stand.alerts.sent)
    before = {key: stand.record(key) for key in keys}
    stand.improve(lambda body, url: Article(title="Found", text="Found.") if not body else improved(body, url))
    shown = clipwire("reprocess", "--prefix", "incoming/", "--dry-run")
    assert (shown["tried"], shown["sent"]) == (6, 0)
    assert stand.waiting("PagesQueueUrl") == 0
    assert clipwire("reprocess", "--prefix", "incoming/", "--yes", "--sample", "0")["sent"] == 6
    stand.work()
    assert {stand.record(key).title for key in keys} == {f"{before[key].title}, better" for key in keys}
    assert {stand.record(key).sequencer for key in keys} == {before[key].sequencer for key in keys}
    assert stand.record(rejected).title == "Found"
    assert len(stand.alerts.sent) == told == 5


def test_a_reprocessing_that_was_stopped_goes_on_where_it_was(stand, clipwire, monkeypatch):
    for number in range(3):
        stand.upload(f"{number}.html", "")
    stand.work()
    monkeypatch.setattr(selection, "_RECORDS_A_PAGE", 1)
    sent, send = [], SqsChanges.send

    def stop_after_one(changes, findings):
        if sent:
            raise KeyboardInterrupt
        send(changes, findings)
        sent.append(findings)

    monkeypatch.setattr(SqsChanges, "send", stop_after_one)
    clipwire("reprocess", "--reason", "empty", "--yes", "--sample", "0", code=STOPPED)
    monkeypatch.setattr(SqsChanges, "send", send)
    assert stand.waiting("PagesQueueUrl") == 1
    assert clipwire("reprocess", "--resume")["sent"] == 3
    assert stand.waiting("PagesQueueUrl") == 3
    with pytest.raises(CliError, match="is through"):
        clipwire("reprocess", "--resume")


def improved(body: bytes, url: str | None) -> Article:
    article = plain_article(body, url)
    return article.model_copy(update={"title": f"{article.title}, better"})


def test_reprocess_chooses_by_reason_and_leaves_what_is_still_to_be_alerted(stand, clipwire):
    stand.upload("empty.html", "")
    published = stand.upload("a.html", "A page\nAnd its text.")
    stand.work()
    assert clipwire("reprocess", "--reason", "empty", "--yes", "--sample", "0")["sent"] == 1
    stand.clients("dynamodb").delete_item(
        TableName=stand.target.output("ToldTableName"),
        Key={"story_id": {"S": story_of(stand.record(published))}},
    )
    again = clipwire("reprocess", "--prefix", published, "--yes", "--sample", "0")
    assert (again["sent"], again["alert_due"]) == (0, 1)


def test_a_rule_is_filled_by_running_again_what_it_would_have_caught(stand, clipwire, monkeypatch):
    monkeypatch.setattr(rule_fill, "DELAY", 0)
    caught = stand.upload("harbour.html", "Ferry back\nThe ferry to the harbour runs again.")
    stand.upload("bridge.html", "Bridge shut\nThe bridge is shut.")
    stand.work()
    assert clipwire("rules", "add", "ferries", "ferry")["name"] == "ferries"
    filled = clipwire("rules", "fill", "ferries", "--days", "2")
    assert (filled["records"], filled["matched"], filled["sent"]) == (2, 1, 1)
    assert stand.waiting("PagesQueueUrl") == 1
    alerted = len(stand.alerts.sent)
    stand.work()
    assert stand.record(caught).outcome == Outcome.PUBLISHED
    assert len(stand.alerts.sent) == alerted
