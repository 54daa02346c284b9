"""Any interleaving ends with the newest version of each page, told to its readers, and with nothing left behind.

Uploads, deletes and documents that run again; duplicates, delays and messages in any order; rules that come and go;
workers that stop between any two calls while others go on, and workers that are killed there.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from shared.domain.documents import Article, Outcome, document_id
from shared.domain.limits import CLAIM_SECONDS
from shared.domain.rules import Rule
from tests.pipeline import BUCKET, Clock, Pipeline
from tests.unit.pipeline.paused_workers import PausedWorker, Workers
from tests.unit.pipeline.scenarios import MOST_BYTES, instant_article, instant_enrichment

KEYS = ["incoming/a.html", "incoming/b.html"]
BODIES = [b"one", b"two", b"long one", b"long two", b"reject"]
MAX_WORKERS = 3
WORKER_SECONDS = 30  # the shortest time-out of a stage: a worker that is older was killed by its function


def better_article(version: int) -> Callable[[bytes, str | None], Article]:
    """What the code of a later version finds in the same pages."""

    def article_of(body: bytes, url: str | None) -> Article:
        article = instant_article(body, url)
        return article.model_copy(update={"text": f"{article.text} Read by version {version}."})

    return article_of


class Interleavings(RuleBasedStateMachine):
    """Queues here deliver any message at any time, any number of times, to any number of workers."""

    events = Bundle("events")

    @initialize()
    def set_up(self):
        self.line = Pipeline(rules_clock=Clock())
        self.workers = Workers(self.line)
        self.line.extract = replace(self.line.extract, article_of=instant_article, max_inline_bytes=MOST_BYTES)
        self.line.enrich = replace(self.line.enrich, enrichment_of=instant_enrichment, max_record_bytes=MOST_BYTES)
        self.newest: dict[str, tuple[str, bytes | None]] = {}
        self.undelivered: list[Any] = []
        self.disturbed = False
        self.number = 0

    @rule(target=events, key=st.sampled_from(KEYS), body=st.sampled_from(BODIES))
    def upload(self, key, body):
        return self._happened(key, self.line.put(key, body), body)

    @rule(target=events, key=st.sampled_from(KEYS))
    def remove(self, key):
        return self._happened(key, self.line.delete(key), None)

    @rule(change=events)
    def deliver_an_event(self, change):
        self._finish(self._start(self.line.extract.handle, change))

    @rule(target=events, key=st.sampled_from(KEYS))
    def ask_for_it_again(self, key):
        """The version that the ledger holds just now is to run once more, by code that finds another text from here on."""
        self.number += 1
        self.line.extract = replace(self.line.extract, article_of=better_article(self.number))
        return self.line.reprocess_event(key)

    @rule(data=st.data(), again=st.booleans())
    def deliver_an_article(self, data, again):
        self._deliver(self.line.handoff.articles, self.line.enrich.handle, data, again=again)

    @rule(data=st.data(), again=st.booleans())
    def deliver_an_announcement(self, data, again):
        self._deliver(self.line.handoff.announcements, self.line.notify.handle, data, again=again)

    @precondition(lambda self: len(self.workers.under_way()) < MAX_WORKERS)
    @rule(data=st.data(), calls=st.integers(0, 8))
    def begin_and_pause(self, data, calls):
        """A worker takes a message and stops after some calls; the message is still in its queue."""
        waiting = [
            *((self.line.extract.handle, change) for change in self.undelivered),
            *((self.line.enrich.handle, message) for message in self.line.handoff.articles),
            *((self.line.notify.handle, message) for message in self.line.handoff.announcements),
        ]
        if waiting:
            self._start(*data.draw(st.sampled_from(waiting))).step(calls)

    @precondition(lambda self: self.workers.under_way())
    @rule(data=st.data(), calls=st.integers(1, 8))
    def go_on(self, data, calls):
        worker = data.draw(st.sampled_from(self.workers.under_way()))
        worker.step(calls)
        if worker.done:
            self._finish(worker)

    @precondition(lambda self: self.workers.under_way())
    @rule(data=st.data())
    def kill(self, data):
        self.disturbed = True
        data.draw(st.sampled_from(self.workers.under_way())).kill()

    @rule(query=st.sampled_from(["council", "one", "two OR version"]))
    def add_a_rule(self, query):
        self.number += 1
        self.line.rules.save(Rule(name=f"rule {self.number}", query=query))

    @rule()
    def remove_a_rule(self):
        """As `clipwire rules remove` does it: first the rule, then its rows."""
        if self.line.rules.rules:
            name = min(self.line.rules.rules)
            self.line.rules.remove(name)
            self.line.matches.remove_rule(name)

    @rule()
    def read_the_rules(self):
        self.line.book.refresh()

    @rule(seconds=st.integers(1, 200))
    def time_passes(self, seconds):
        self.line.clock.seconds += seconds
        if seconds >= WORKER_SECONDS and self.workers.kill_all():
            self.disturbed = True

    def _happened(self, key, change, body):
        self.newest[key] = (change.source.version, body)
        self.undelivered.append(change)
        return change

    def _start(self, handle, message) -> PausedWorker:
        return self.workers.start(handle, message)

    def _finish(self, worker: PausedWorker) -> None:
        worker.finish()
        if worker.failed:
            self.disturbed = True
            return
        for queue in (self.undelivered, self.line.handoff.articles, self.line.handoff.announcements):
            if worker.message in queue:
                queue.remove(worker.message)

    def _deliver(self, queue, handle, data, *, again):
        if not queue:
            return
        message = data.draw(st.sampled_from(queue))
        if again:
            self._start(handle, message).finish()
        else:
            self._finish(self._start(handle, message))

    @invariant()
    def no_alert_is_sent_twice(self):
        """But under the same id, and only where somebody was killed or held up."""
        sent = [alert.alert_id for alert in self.line.alerts.sent]
        assert self.disturbed or len(sent) == len(set(sent))

    @invariant()
    def no_record_is_ahead_of_its_object(self):
        for key, (version, _) in self.newest.items():
            record = self.line.record(key)
            assert record is None or record.sequencer <= version

    def teardown(self):
        """Once every event and message is delivered, each key has its newest version's outcome, and nothing contradicts
        it.
        """
        for worker in list(self.workers.under_way()):
            self._finish(worker)
        for change in self.undelivered:
            self.line.extract.handle(change)
        self.line.clock.seconds += CLAIM_SECONDS + 1
        self.line.drain()
        for key, (version, body) in self.newest.items():
            record = self.line.ledger.records[document_id(BUCKET, key)]
            assert record.sequencer == version
            assert record.outcome is expected_outcome(body)
        assert self.line.contradictions() == []


def expected_outcome(body: bytes | None) -> Outcome:
    if body is None:
        return Outcome.DELETED
    return Outcome.REJECTED if body == b"reject" else Outcome.PUBLISHED


TestInterleavings = Interleavings.TestCase
TestInterleavings.settings = settings(
    max_examples=int(os.environ.get("CLIPWIRE_INTERLEAVINGS", "150")),
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
