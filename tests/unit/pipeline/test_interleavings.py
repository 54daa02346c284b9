"""Any interleaving of uploads, deletes, duplicates, delays, crashes and workers ends with the newest version and no alert too many."""

import os
from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from functions.extract.s3_events import S3Change
from shared.domain.documents import Article, Outcome
from shared.domain.errors import Reason, Rejected, Transient
from shared.domain.limits import CLAIM_SECONDS
from tests.pipeline import BUCKET, Pipeline

KEYS = ["incoming/a.html", "incoming/b.html"]
BODIES = [b"one", b"two", b"three", b"reject"]


def instant_article(body: bytes, _url: str | None) -> Article:
    """Extraction is not what is tested here: a body is its own article, but for one that never works."""
    if body == b"reject":
        raise Rejected(Reason.NO_ARTICLE, "made to be rejected")
    return Article(title=body.decode(), text=f"The council voted on {body.decode()} today.")


class Interleavings(RuleBasedStateMachine):
    """Queues here deliver any message at any time, any number of times, and workers stop before or after any effect."""

    events = Bundle("events")

    @initialize()
    def set_up(self):
        self.line = Pipeline()
        self.line.extract = replace(self.line.extract, article_of=instant_article)
        self.newest: dict[str, tuple[str, bytes | None]] = {}
        self.undelivered: list = []

    @rule(target=events, key=st.sampled_from(KEYS), body=st.sampled_from(BODIES))
    def upload(self, key, body):
        change = self.line.put(key, body)
        self.newest[key] = (change.source.version, body)
        self.undelivered.append(change)
        return change

    @rule(target=events, key=st.sampled_from(KEYS))
    def remove(self, key):
        change = self.line.delete(key)
        self.newest[key] = (change.source.version, None)
        self.undelivered.append(change)
        return change

    @rule(change=events)
    def deliver_an_event(self, change):
        self.line.extract.handle(change)
        if change in self.undelivered:
            self.undelivered.remove(change)

    @rule(target=events, key=st.sampled_from(KEYS), better=st.sampled_from([b"", b" better"]))
    def ask_for_it_again(self, key, better):
        """A reprocessing of the version that the ledger holds just now, by code that finds another text from here on, or the same."""
        self.line.extract = replace(
            self.line.extract,
            article_of=lambda body, url: instant_article(body if body == b"reject" else body + better, url),
        )
        record = self.line.record(key)
        stored = {"key": key, "eTag": record.etag if record else "", "sequencer": (record and record.sequencer) or "01"}
        entity = {"bucket": {"name": BUCKET}, "object": stored}
        return S3Change.model_validate({"eventName": "ObjectCreated:Put", "s3": entity, "reprocess": True})

    @rule(data=st.data(), again=st.booleans())
    def deliver_an_article(self, data, again):
        self._deliver(self.line.handoff.articles, self.line.enrich.handle, data, again=again)

    @rule(data=st.data(), again=st.booleans())
    def deliver_an_announcement(self, data, again):
        self._deliver(self.line.handoff.announcements, self.line.notify.handle, data, again=again)

    @rule(seconds=st.integers(1, 200))
    def time_passes(self, seconds):
        self.line.clock.seconds += seconds

    def _deliver(self, queue, handle, data, *, again):
        if not queue:
            return
        position = data.draw(st.integers(0, len(queue) - 1))
        message = queue[position]
        try:
            handle(message)
        except Transient:
            return
        if not again:
            queue.remove(message)

    @invariant()
    def no_alert_is_sent_twice(self):
        sent = [alert.alert_id for alert in self.line.alerts.sent]
        assert len(sent) == len(set(sent))

    @invariant()
    def no_record_is_ahead_of_its_object(self):
        for key, (version, _) in self.newest.items():
            record = self.line.record(key)
            assert record is None or record.sequencer <= version

    def teardown(self):
        """Once every event and message is delivered, each key has its newest version's outcome, and its content was alerted."""
        for change in self.undelivered:
            self.line.extract.handle(change)
        self.line.clock.seconds += CLAIM_SECONDS + 1
        self.line.drain()
        for key, (version, body) in self.newest.items():
            record = self.line.record(key)
            assert record.sequencer == version
            assert record.outcome is expected_outcome(body)
            if record.outcome is Outcome.PUBLISHED:
                assert self.line.alert_ledger.is_told(record)


def expected_outcome(body: bytes | None) -> Outcome:
    if body is None:
        return Outcome.DELETED
    return Outcome.REJECTED if body == b"reject" else Outcome.PUBLISHED


TestInterleavings = Interleavings.TestCase
TestInterleavings.settings = settings(
    max_examples=int(os.environ.get("CLIPWIRE_INTERLEAVINGS", "150")),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
