"""The whole path of a document over fakes: buckets, queues, ledger and topic in memory, the functions' own code in
between.
"""

import itertools
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from functions.digest.usecase import SendDigests
from functions.enrich.rule_cache import RuleCache
from functions.enrich.stories.joiner import JoinStories
from functions.enrich.stories.stream_counts import StreamCounts
from functions.enrich.usecase import EnrichArticles
from functions.export.ports import EnabledRules, HistoryByDay
from functions.export.usecase import ExportDays
from functions.extract.s3_events import S3Change, S3Notification
from functions.extract.usecase import ExtractPages
from functions.notify.asked_views import AskedViews
from functions.notify.usecase import NotifyReaders
from functions.reconcile.resumable_run import ResumableReconcile
from functions.reconcile.usecase import ReconcileBucket
from shared.domain.documents import Outcome, Record, document_id
from shared.domain.history import line_of_record
from shared.telemetry import Telemetry
from tests.fakes import (
    FakeAlertLedger,
    FakeAlerts,
    FakeChanges,
    FakeDayFiles,
    FakeDigests,
    FakeDigestTopics,
    FakeHandoff,
    FakeHistory,
    FakeLedger,
    FakeMatches,
    FakeMembers,
    FakeObjects,
    FakePages,
    FakeRecordsByDay,
    FakeRecordStates,
    FakeRules,
    FakeRuns,
    FakeStories,
    FakeToldStories,
    FakeViews,
)
from tests.ports import PARTS

BUCKET = "pages"
TOMBSTONE_DAYS = 30
MOST_ALERTS = 2  # an hour and view that somebody asked for


@dataclass
class Clock:
    seconds: float = 1_750_000_000.0

    def __call__(self) -> float:
        return self.seconds

    def pause(self, seconds: float) -> None:
        self.seconds += seconds


def plain_tables(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Mapping[str, bytes]:
    """Stands for the Parquet files: the rows of each source as lines of JSON, sorted."""
    lines = {source: sorted(json.dumps(row) for row in found) for source, found in rows.items()}
    return {source: "\n".join(found).encode() for source, found in lines.items() if found}


@dataclass
class Pipeline:
    clock: Clock = field(default_factory=Clock)
    pages: FakePages = field(default_factory=lambda: FakePages(BUCKET))
    handoff: FakeHandoff = field(default_factory=FakeHandoff)
    alerts: FakeAlerts = field(default_factory=FakeAlerts)
    matches: FakeMatches = field(default_factory=FakeMatches)
    stories: FakeStories = field(default_factory=FakeStories)
    rules: FakeRules = field(default_factory=FakeRules)
    ledger: FakeLedger = field(default_factory=FakeLedger)
    rules_clock: Clock | None = None

    def __post_init__(self) -> None:
        self.rules_clock = self.rules_clock or self.clock
        self.alert_ledger = FakeAlertLedger()
        self.views = FakeViews()
        self.history = FakeHistory(self.clock)
        self.digests, self.digest_topics = FakeDigests(self.views), FakeDigestTopics()
        self.members = FakeMembers(self.ledger)
        self.objects = FakeObjects(self.pages)
        self.states = FakeRecordStates(self.ledger)
        self.changes = FakeChanges(behind=self.handoff)
        self.runs = FakeRuns()
        self.records_by_day = FakeRecordsByDay(self.ledger)
        self.told_stories = FakeToldStories(self.alert_ledger)
        self.day_files = FakeDayFiles()
        self._sequence = itertools.count(1)
        self.connect()

    def connect(self, wrap: Callable[[type, object], Any] = lambda _port, real: real) -> None:
        """Makes the stages over the fakes, each wrapped by what a test gives: `wrap(port, fake)`."""
        own = [protocol for protocol in PARTS if protocol not in {HistoryByDay, EnabledRules}]
        port = {PARTS[protocol]: wrap(protocol, getattr(self, PARTS[protocol])) for protocol in own}
        common = {name: port[name] for name in ("pages", "ledger", "alert_ledger", "handoff", "matches", "history")}
        self.book = RuleCache(port["rules"], self.rules_clock)
        self.joiner = JoinStories(port["stories"], StreamCounts(port["stories"], self.clock))
        self.extract = ExtractPages(
            **common,
            stories=port["stories"],
            telemetry=Telemetry("extract"),
            tombstone_days=TOMBSTONE_DAYS,
            now=self.clock,
        )
        self.enrich = EnrichArticles(
            **common,
            stories=self.joiner,
            telemetry=Telemetry("enrich"),
            rules=self.book,
            tombstone_days=TOMBSTONE_DAYS,
            now=self.clock,
        )
        self.notify = NotifyReaders(
            ledger=port["ledger"],
            alert_ledger=port["alert_ledger"],
            alerts=port["alerts"],
            views=port["views"],
            asked=AskedViews(port["views"], self.rules_clock),
            history=port["history"],
            telemetry=Telemetry("notify"),
            most=MOST_ALERTS,
            now=self.clock,
            pause=self.clock.pause,
        )
        self.digest = SendDigests(
            baskets=port["digests"],
            ledger=port["ledger"],
            alert_ledger=port["alert_ledger"],
            members=port["members"],
            publisher=port["digest_topics"],
            telemetry=Telemetry("digest"),
            now=self.clock,
        )
        compared = ReconcileBucket(BUCKET, port["objects"], port["states"], port["changes"], now=self.clock)
        self.export = ExportDays(
            records=port["records_by_day"],
            history=wrap(HistoryByDay, self.history),
            rules=wrap(EnabledRules, self.rules),
            told=port["told_stories"],
            files=port["day_files"],
            tables=plain_tables,
            telemetry=Telemetry("export"),
            now=self.clock,
        )
        self.reconcile = ResumableReconcile(compared, port["runs"], Telemetry("reconcile"), now=self.clock)

    def put(self, key: str, body: bytes, *, quiet: bool = False) -> S3Change:
        """Stores an object and gives the event that S3 would send of it."""
        self.pages.objects[BUCKET, key] = body
        (self.pages.quiet.add if quiet else self.pages.quiet.discard)((BUCKET, key))
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

    def reprocess_event(self, key: str) -> S3Change:
        """What `clipwire reprocess` sends of the version that the ledger holds; of version 01 where it holds none."""
        record = self.record(key)
        stored = {
            "key": quote_plus(key, safe="/"),
            "eTag": record.etag if record else "",
            "sequencer": record.sequencer if record else "01",
        }
        entity = {"bucket": {"name": BUCKET}, "object": stored}
        return S3Change.model_validate({"eventName": "ObjectCreated:Put", "s3": entity, "reprocess": True})

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

    def copied_by_day(self) -> set[tuple[str, str, str]]:
        """Day, document and title of every record in the files of the days."""
        rows = [
            (day, json.loads(line))
            for (day, table), body in self.day_files.files.items()
            if table == "record_rows"
            for line in body.decode().splitlines()
        ]
        return {(day, row["document_id"], row["title"] or "") for day, row in rows}

    def standing_by_day(self) -> set[tuple[str, str, str]]:
        """The same of every record that stands under a day."""
        return {(r.processed_on, r.document_id, r.title or "") for r in self.ledger.records.values() if r.processed_on}

    def record(self, key: str) -> Record | None:
        return self.ledger.find(document_id(BUCKET, key))

    def listed_rules(self) -> dict[str, set[str]]:
        """The rules under which documents are listed, by document id."""
        return {name: {match.rule for match in found} for name, (_, found) in self.matches.matches.items() if found}

    def contradictions(self) -> list[str]:
        """What of the end state does not fit together; nothing once every message was handled."""
        published = {
            name: record for name, record in self.ledger.records.items() if record.outcome is Outcome.PUBLISHED
        }
        due = {name: set(record.rules or ()) & self.rules.rules.keys() for name, record in published.items()}
        pointed = {record.text_location for record in published.values() if record.text_location}
        facts = {
            "texts that no record names, or that are missing": self.pages.kept("texts").keys() ^ pointed,
            "parked articles of a deleted page": {
                address
                for address in self.pages.kept("handoff")
                for name, record in self.ledger.records.items()
                if name in address and record.outcome is Outcome.DELETED
            },
            "rows that differ from the record": {
                name
                for name in due | self.listed_rules()
                if due.get(name, set()) != self.listed_rules().get(name, set())
            },
            "standing records without a line in the history": {
                name
                for name, record in self.ledger.records.items()
                if line_of_record(record, replaced=False).entry not in {line.entry for line in self.history.lines(name)}
            },
            "deleted, and its history still tells of its content": {
                name
                for name, record in self.ledger.records.items()
                if record.outcome is Outcome.DELETED and any(line.marks for line in self.history.lines(name))
            },
            "rows of stories without a published record, or of another story": {
                name
                for name, row in self.stories.rows.items()
                if name not in published or (row.decision and published[name].story_id != row.decision.story_id)
            },
            "keys of a document that has no row": {
                name for found in self.stories.found_by.values() for _, name in found if name not in self.stories.rows
            },
            "published, but its page is gone": {
                name for name, r in published.items() if (BUCKET, r.source_key) not in self.pages.objects
            },
            "claims of alerts": {
                name
                for item in self.alert_ledger.items.values()
                for name, document in item.documents.items()
                if document.claim
            },
            "published, and its readers do not know": {
                name for name, r in published.items() if not r.alerts_off and not self.alert_ledger.is_told(r)
            },
            "waiting in a queue": {*self.handoff.articles, *self.handoff.announcements, *self.changes.sent},
        }
        return [f"{fact}: {sorted(map(str, found))}" for fact, found in facts.items() if found]
