"""The whole path of a document over fakes: buckets, queues, ledger and topic in memory, the functions' own code in between."""

import itertools
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from functions.enrich.rules.rule_cache import RuleCache
from functions.enrich.usecase import EnrichArticles
from functions.extract.s3_events import S3Change, S3Notification
from functions.extract.usecase import ExtractPages
from functions.notify.usecase import NotifyReaders
from shared.domain.documents import Record, document_id
from shared.telemetry import Telemetry
from tests.fakes import FakeAlerts, FakeHandoff, FakeLedger, FakeMatches, FakePages, FakeRules

BUCKET = "pages"


@dataclass
class Clock:
    seconds: float = 1_750_000_000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Pipeline:
    clock: Clock = field(default_factory=Clock)
    pages: FakePages = field(default_factory=lambda: FakePages(BUCKET))
    handoff: FakeHandoff = field(default_factory=FakeHandoff)
    alerts: FakeAlerts = field(default_factory=FakeAlerts)
    matches: FakeMatches = field(default_factory=FakeMatches)
    rules: FakeRules = field(default_factory=FakeRules)

    def __post_init__(self) -> None:
        self.ledger = FakeLedger(self.clock)
        self.book = RuleCache(self.rules, self.clock)
        self._sequence = itertools.count(1)
        self.extract = ExtractPages(
            self.pages, self.ledger, self.handoff, Telemetry("extract"), self.matches, 30, now=self.clock
        )
        self.enrich = EnrichArticles(
            self.pages, self.ledger, self.handoff, Telemetry("enrich"), self.matches, self.book, now=self.clock
        )
        self.notify = NotifyReaders(self.ledger, self.alerts, Telemetry("notify"))

    def put(self, key: str, body: bytes) -> S3Change:
        """Stores an object and gives the event that S3 would send of it."""
        self.pages.objects[BUCKET, key] = body
        return self.event("ObjectCreated:Put", key)

    def delete(self, key: str) -> S3Change:
        self.pages.objects.pop((BUCKET, key), None)
        return self.event("ObjectRemoved:Delete", key)

    def event(self, name: str, key: str) -> S3Change:
        entity = {
            "bucket": {"name": BUCKET},
            "object": {"key": quote_plus(key, safe="/"), "sequencer": f"0055AED6DCD9{next(self._sequence):06X}"},
        }
        return S3Notification.model_validate({"Records": [{"eventName": name, "s3": entity}]}).changes[0]

    def run(self, *changes: S3Change) -> None:
        """Every change through extract, then all that waits in the queues."""
        for change in changes:
            self.extract.handle(change)
        self.drain()

    def drain(self) -> None:
        while self.handoff.articles:
            self.enrich.handle(self.handoff.articles.pop(0))
        while self.handoff.announcements:
            self.notify.handle(self.handoff.announcements.pop(0))

    def record(self, key: str) -> Record | None:
        return self.ledger.find(document_id(BUCKET, key))
