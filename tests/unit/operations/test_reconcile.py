"""Events get lost.

Comparing the bucket with the ledger finds precisely the documents that suffered, and puts them right.
"""

import random
from dataclasses import replace
from types import SimpleNamespace

import pytest

from functions.extract.s3_events import S3Notification
from functions.reconcile.handler import handle
from functions.reconcile.notification import notification
from functions.reconcile.ports import Position
from functions.reconcile.record_states import successor
from functions.reconcile.resumable_run import MAX_WAITING, ResumableReconcile
from functions.reconcile.usecase import ReconcileBucket, ReconcileTerms
from shared.domain.documents import Article, Outcome, comparable_sequencer
from shared.domain.errors import Reason
from shared.telemetry import Telemetry
from tests.fakes import FakeChanges, FakeObjects, FakeRecordStates, FakeRuns
from tests.pipeline import BUCKET, Pipeline

DAY = 86_400
ANY_TERMS = ReconcileTerms()
START = Position()


class Shop:
    """A pipeline whose events can be lost, and what reconciles it."""

    def __init__(self, terms: ReconcileTerms = ANY_TERMS):
        self.line = Pipeline()
        self.line.extract = replace(
            self.line.extract, article_of=lambda body, _: Article(title=body.decode(), text=body.decode())
        )
        self.objects = FakeObjects(self.line.pages)
        self.changes = FakeChanges(behind=self.line.handoff)
        self.runs = FakeRuns()
        self.reconcile = ReconcileBucket(
            BUCKET, self.objects, FakeRecordStates(self.line.ledger), self.changes, terms, self.line.clock
        )

    def run(self, position: Position = START) -> dict[str, str]:
        """What is found, by key; what was sent goes through the pipeline."""
        findings = {finding.key: finding.kind for step in self.reconcile.steps(position) for finding in step.findings}
        self.deliver()
        return findings

    def deliver(self):
        while self.changes.sent:
            body = notification(BUCKET, self.changes.sent.pop(0), self.line.clock())
            self.line.run(*S3Notification.model_validate_json(body).changes)


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_one_event_in_a_hundred_dropped_among_two_thousand_documents_is_found_and_no_other(shop):
    line, rng, lost = shop.line, random.Random(7), {}  # the same fate in every run
    for number in range(2_000):
        key = f"incoming/{number:05}.html"
        created = line.put(key, f"The harbour report number {number}.".encode())
        if rng.random() < 0.01:
            lost[key] = "missing"
            continue
        line.run(created)
        fate = rng.random()
        if fate < 0.2:
            changed = line.put(key, f"The corrected harbour report number {number}.".encode())
            if rng.random() < 0.05:
                lost[key] = "stale"
            else:
                line.run(changed)
        elif fate < 0.3:
            removed = line.delete(key)
            if rng.random() < 0.1:
                lost[key] = "orphaned"
            else:
                line.run(removed)
    assert {"missing", "stale", "orphaned"} == set(lost.values())
    assert shop.run() == lost
    assert shop.run() == {}
    for key, kind in lost.items():
        assert (line.record(key).outcome is Outcome.DELETED) == (kind == "orphaned")
    titles = [line.pages.objects[BUCKET, key].decode() for key, kind in lost.items() if kind != "orphaned"]
    assert set(titles) <= {alert.title for alert in line.alerts.sent}


def test_a_dry_run_finds_and_sends_nothing():
    shop = Shop(ReconcileTerms(dry_run=True))
    shop.line.put("incoming/a.html", b"A page.")
    assert shop.run() == {"incoming/a.html": "missing"}
    assert shop.line.record("incoming/a.html") is None


def test_an_object_younger_than_the_grace_is_left_alone(shop):
    shop.line.put("incoming/a.html", b"A page.")
    shop.objects.modified["incoming/a.html"] = shop.line.clock() - 899
    assert shop.run() == {}
    shop.line.clock.seconds += 1
    assert shop.run() == {"incoming/a.html": "missing"}


def test_a_page_that_never_gets_a_record_is_sent_at_ever_longer_intervals_and_counted_between():
    shop = Shop(ReconcileTerms(spaced=True))
    shop.line.put("incoming/a.html", b"A page.")
    uploaded = shop.line.clock()
    shop.objects.modified["incoming/a.html"] = uploaded
    sent, held_back = [], 0
    for day in range(70):
        shop.line.clock.seconds = uploaded + 3_600 + day * DAY
        for step in shop.reconcile.steps(START):
            sent += [day for _ in step.findings]
            held_back += step.held_back
    assert sent == [0, 1, 2, 4, 8, 16, 32, 64]
    assert held_back == 70 - len(sent)


def test_a_run_goes_on_behind_the_last_object_seen(shop):
    shop.objects.page_size = 2
    for name in "abcde":
        shop.line.put(f"incoming/{name}.html", b"A page.")
    first = next(shop.reconcile.steps(Position()))
    assert [finding.key for finding in first.findings] == ["incoming/a.html", "incoming/b.html"]
    shop.changes.sent.clear()
    assert list(shop.run(first.position)) == ["incoming/c.html", "incoming/d.html", "incoming/e.html"]


def test_only_objects_under_the_prefix_are_compared():
    shop = Shop(ReconcileTerms(prefix="incoming/today/"))
    shop.line.put("incoming/a.html", b"A page.")
    gone = shop.line.put("incoming/b.html", b"A page.")
    shop.line.run(gone)
    shop.line.delete("incoming/b.html")
    shop.line.put("incoming/today/a.html", b"A page.")
    assert shop.run() == {"incoming/today/a.html": "missing"}


def test_an_event_that_comes_after_the_repair_ends_right_and_alerts_nobody_again(shop):
    late = shop.line.put("incoming/a.html", b"A page.")
    shop.run()
    assert len(shop.line.alerts.sent) == 1
    shop.line.run(late)
    assert shop.line.record("incoming/a.html").sequencer == late.source.version
    assert len(shop.line.alerts.sent) == 1


def test_a_delete_that_comes_before_the_repair_is_not_undone_by_it(shop):
    shop.line.put("incoming/a.html", b"A page.")
    list(shop.reconcile.steps(Position()))
    shop.line.run(shop.line.delete("incoming/a.html"))
    shop.deliver()
    assert shop.line.record("incoming/a.html").outcome is Outcome.DELETED


def test_a_page_put_back_while_its_delete_is_made_up_for_is_kept(shop):
    shop.line.run(shop.line.put("incoming/a.html", b"A page."))
    shop.line.delete("incoming/a.html")
    list(shop.reconcile.steps(Position()))
    shop.line.run(shop.line.put("incoming/a.html", b"A page."))
    shop.deliver()
    assert shop.line.record("incoming/a.html").outcome is Outcome.PUBLISHED


def test_a_pageis_recorded_as_gone_that_is_there_is_run(shop):
    created = shop.line.put("incoming/a.html", b"A page.")
    body = shop.line.pages.objects.pop((BUCKET, "incoming/a.html"))
    shop.line.run(created)
    assert shop.line.record("incoming/a.html").reason == Reason.GONE
    shop.line.pages.objects[BUCKET, "incoming/a.html"] = body
    assert shop.run() == {"incoming/a.html": "stale"}
    assert shop.line.record("incoming/a.html").outcome is Outcome.PUBLISHED


def test_records_whose_pages_expired_are_left_in_peace():
    shop = Shop(ReconcileTerms(pages_expire=True))
    shop.line.run(shop.line.put("incoming/a.html", b"A page."))
    shop.line.delete("incoming/a.html")
    assert shop.run() == {}


def test_pages_whose_records_expired_are_left_in_peace():
    shop = Shop(ReconcileTerms(record_days=7))
    for key, age in {"incoming/old.html": 8, "incoming/new.html": 6}.items():
        shop.line.put(key, b"A page.")
        shop.objects.modified[key] = shop.line.clock() - age * DAY
    assert shop.run() == {"incoming/new.html": "missing"}


@pytest.mark.parametrize(
    "recorded", ["", "0055AED6DCD9", "0055AED6DCD90281E5", "0000000000000000000000000000000000000001"]
)
def test_a_successor_follows_its_version_and_comes_before_any_later_event(recorded):
    later = f"{int((recorded or '0').ljust(20, '0')[:20], 16) + 1:020X}"
    first = successor(recorded)
    assert comparable_sequencer(recorded) < comparable_sequencer(first)
    assert (
        comparable_sequencer(first)
        < comparable_sequencer(successor(comparable_sequencer(first)))
        < comparable_sequencer(later)
    )


def turns(shop: Shop) -> ResumableReconcile:
    return ResumableReconcile(shop.reconcile, shop.runs, Telemetry("reconcile"), shop.line.clock)


def test_a_turn_that_runs_out_of_time_is_gone_on_with_by_the_next(shop):
    shop.objects.page_size = 2
    for name in "abcde":
        shop.line.put(f"incoming/{name}.html", b"A page.")
    reconcile = turns(shop)
    assert reconcile.continue_run(lambda: 59).missing == 2
    assert reconcile.continue_run(lambda: 59).missing == 4
    run = reconcile.continue_run(lambda: 900)
    assert (run.missing, run.position) == (5, None)


def test_a_run_begins_once_a_day(shop):
    reconcile = turns(shop)
    assert reconcile.continue_run(lambda: 900) is not None
    shop.line.clock.seconds += 3_600
    assert reconcile.continue_run(lambda: 900) is None
    shop.line.clock.seconds += 23 * 3_600
    assert reconcile.continue_run(lambda: 900) is not None


def test_a_run_waits_while_extract_is_behind(shop):
    shop.changes.backlog = MAX_WAITING + 1
    assert turns(shop).continue_run(lambda: 900) is None


def test_articles_that_wait_for_enrich_are_not_sent_again_as_missing(shop):
    for number in range(MAX_WAITING + 1):
        shop.line.extract.handle(shop.line.put(f"incoming/{number}.html", b"A page."))
    reconcile = turns(shop)
    assert reconcile.continue_run(lambda: 900) is None
    shop.line.drain()
    assert reconcile.continue_run(lambda: 900).missing == 0


def test_the_records_are_compared_once_a_week(shop):
    days = []
    for day in range(22):
        shop.line.run(shop.line.put("incoming/a.html", b"A page."))
        shop.line.delete("incoming/a.html")
        if turns(shop).continue_run(lambda: 900).orphaned:
            days.append(day)
        assert shop.runs.run.position is None
        shop.deliver()
        shop.line.clock.seconds += DAY
    assert days == [0, 7, 14, 21]


def test_a_tick_of_the_clock_writes_what_it_found_as_metrics(shop, capsys):
    shop.line.put("incoming/a.html", b"A page.")
    context = SimpleNamespace(aws_request_id="request", get_remaining_time_in_millis=lambda: 900_000)
    reconcile = turns(shop)
    reconcile.telemetry.metrics.clear_metrics()
    assert handle(context, reconcile)["missing"] == 1
    assert '"ReconcileMissing":[1.0]' in capsys.readouterr().out
