"""Copies of one story in any interleaving: no view without its alert, and none that hears of the story twice.

The documents are in the ledger as enrich would record them. Workers of notify stop between any two calls while others
go on, and are killed there; messages come in any order, any number of times.
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from shared.after_write import announcement_of
from shared.domain.documents import Outcome
from shared.domain.limits import CLAIM_SECONDS
from shared.domain.views import views_of
from tests.pipeline import Clock, Pipeline
from tests.unit.pipeline.paused_workers import Workers
from tests.unit.pipeline.scenarios import STORY, record_it, story_record

KEYS = ["first", "second", "third"]
TOPICS = [["crime"], ["crime", "sport"], ["sport", "weather"]]
EDITIONS = ["bridge falls", "bridge, falls", "Bridge falls."]  # no news to one another
MAX_WORKERS = 3
WORKER_SECONDS = 30  # the time-out of notify: a worker that is older was killed by its function


class CopiesAtOnce(RuleBasedStateMachine):
    @initialize()
    def set_up(self):
        self.line = Pipeline(rules_clock=Clock())
        self.workers = Workers(self.line)
        self.waiting: list = []

    @rule(key=st.sampled_from(KEYS), topics=st.sampled_from(TOPICS), said=st.sampled_from(EDITIONS))
    def record(self, key, topics, said):
        self._recorded(story_record(self.line, key, said, topics=topics, site=None))

    @rule(key=st.sampled_from(KEYS))
    def remove(self, key):
        self.line.extract.handle(self.line.delete(key))
        self.waiting += self.line.handoff.announcements
        self.line.handoff.announcements.clear()

    @precondition(lambda self: self.waiting and len(self.workers.under_way()) < MAX_WORKERS)
    @rule(data=st.data(), calls=st.integers(0, 6))
    def begin_and_pause(self, data, calls):
        message = data.draw(st.sampled_from(self.waiting))
        worker = self.workers.start(self.line.notify.handle, message)
        worker.step(calls)
        self._ended(worker)

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def deliver(self, data):
        worker = self.workers.start(self.line.notify.handle, data.draw(st.sampled_from(self.waiting)))
        worker.finish()
        self._ended(worker)

    @precondition(lambda self: self.workers.under_way())
    @rule(data=st.data(), calls=st.integers(1, 4))
    def go_on(self, data, calls):
        worker = data.draw(st.sampled_from(self.workers.under_way()))
        worker.step(calls)
        self._ended(worker)

    @precondition(lambda self: self.workers.under_way())
    @rule(data=st.data())
    def kill(self, data):
        data.draw(st.sampled_from(self.workers.under_way())).kill()

    @rule(seconds=st.sampled_from([1, 20, CLAIM_SECONDS + 1]))
    def time_passes(self, seconds):
        self.line.clock.seconds += seconds
        if seconds >= WORKER_SECONDS:
            self.workers.kill_all()

    def _recorded(self, record):
        record_it(self.line, record)
        self.waiting.append(announcement_of(record))

    def _ended(self, worker):
        """A message that was handled is gone; the same message may be with another worker, too."""
        if worker.done and not worker.failed and worker.message in self.waiting:
            self.waiting.remove(worker.message)

    def teardown(self):
        for worker in list(self.workers.under_way()):
            worker.finish()
            self._ended(worker)
        for message in self.waiting:
            self.line.clock.seconds += CLAIM_SECONDS + 1
            self.line.notify.handle(message)
        self._no_view_is_silent()
        self._no_view_hears_it_from_two_pages()
        assert self.line.contradictions() == []

    def _no_view_is_silent(self):
        """What counts as told was sent, and each view of a page that is there was told of the story.

        Where the page that told it is gone since, its withdrawal named the others.
        """
        sent = {(alert.document_id, view) for alert in self.line.alerts.sent for view in alert.first_for}
        told = self.line.alert_ledger.find(STORY)
        tellers = {(name, view) for name, document in told.documents.items() for view in document.views}
        published = [r for r in self.line.ledger.records.values() if r.outcome is Outcome.PUBLISHED]
        assert tellers <= sent
        assert {view for record in published for view in views_of(record)} <= {view for _, view in sent}

    def _no_view_hears_it_from_two_pages(self):
        """A view is told anew under another id only after it was told that the page is gone, or by a newer version of
        a page whose worker was killed.
        """
        heard: dict[str, str] = {}
        for alert in self.line.alerts.sent:
            for view in alert.first_for:
                if alert.kind == "withdrawn":
                    heard.pop(view, None)
                elif alert.kind == "new":
                    assert heard.setdefault(view, alert.document_id) == alert.document_id


TestCopiesAtOnce = CopiesAtOnce.TestCase
TestCopiesAtOnce.settings = settings(
    max_examples=int(os.environ.get("CLIPWIRE_INTERLEAVINGS", "100")),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
