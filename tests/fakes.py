"""In-memory stand-ins for the ports. They pass the same contract tests as the AWS adapters."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from functions.reconcile.ports import Run
from functions.reconcile.record_states import Finding, RecordState, StoredObject
from shared.domain.documents import Article, Outcome, Record, RuleMatch, Source
from shared.domain.errors import Reason, Rejected, Transient
from shared.domain.messages import Alert, Announcement, ArticleLocation, ArticleMessage
from shared.domain.rules import Rule
from shared.ports import AlertClaim, Page, WriteResult

CLAIM_SECONDS = 90


@dataclass
class FakePages:
    """`objects` by bucket and key is what people uploaded; `articles` by location is what the stages keep."""

    bucket: str = "pages"
    objects: dict[tuple[str, str], bytes] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    max_page_bytes: int = 20 * 1024 * 1024

    def read_page(self, source: Source) -> Page:
        body = self.objects.get((source.bucket, source.key))
        if body is None:
            raise Rejected(Reason.GONE, "the object was gone before it was read")
        if len(body) > self.max_page_bytes:
            raise Rejected(Reason.TOO_LARGE, "the page is larger than is read")
        return Page(body=body, etag=hashlib.md5(body, usedforsecurity=False).hexdigest())

    def park_article(self, source: Source, article: Article) -> ArticleLocation:
        return self._put("handoff", source, article)

    def keep_article(self, source: Source, article: Article) -> str:
        location = self._put("texts", source, article)
        return f"s3://{location.bucket}/{location.key}"

    def fetch_article(self, location: ArticleLocation) -> Article:
        return self.articles[f"s3://{location.bucket}/{location.key}"]

    def drop_article(self, text_location: str) -> None:
        self.articles.pop(text_location, None)

    def _put(self, prefix: str, source: Source, article: Article) -> ArticleLocation:
        location = ArticleLocation(bucket=self.bucket, key=f"{prefix}/{source.document_id}/{source.version}.json")
        self.articles[f"s3://{location.bucket}/{location.key}"] = article
        return location


@dataclass
class FakeHandoff:
    articles: list[ArticleMessage] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)

    def send_article(self, message: ArticleMessage) -> None:
        self.articles.append(message)

    def send_announcement(self, announcement: Announcement) -> None:
        self.announcements.append(announcement)


@dataclass
class FakeLedger:
    """`records` by document id, and beside each what was alerted."""

    now: Callable[[], float] = time.time
    records: dict[str, Record] = field(default_factory=dict)
    alerted: dict[str, dict[str, Any]] = field(default_factory=dict)
    claims: dict[str, float] = field(default_factory=dict)

    def find(self, document_id: str) -> Record | None:
        return self.records.get(document_id)

    def write(self, record: Record) -> WriteResult:
        known = self.records.get(record.document_id)
        if known and known.sequencer >= record.sequencer:
            return "duplicate" if known.sequencer == record.sequencer else "stale"
        self.records[record.document_id] = record
        return "written"

    def rewrite(self, record: Record) -> WriteResult:
        known = self.records.get(record.document_id)
        told = self.alerted.get(record.document_id, {})
        if (
            known is None
            or known.sequencer != record.sequencer
            or known.content_hash not in (None, told.get("content"))
        ):
            return "stale"
        self.records[record.document_id] = record
        if record.content_hash:
            self.alerted[record.document_id] = {**told, "content": record.content_hash}
        return "written"

    def claim_alert(self, announcement: Announcement) -> AlertClaim | None:
        record = self.records.get(announcement.document_id)
        if record is None or record.sequencer != announcement.sequencer or record.outcome is not Outcome.PUBLISHED:
            return None
        before = self.alerted.get(record.document_id, {})
        if before.get("content") == record.content_hash:
            return None
        if self.claims.get(record.document_id, 0) >= self.now():
            raise Transient("another worker is sending this alert")
        self.claims[record.document_id] = self.now() + CLAIM_SECONDS
        told = before.get("id", "")
        alert_id = hashlib.sha256(f"{record.document_id}/{record.content_hash}/{told}".encode()).hexdigest()[:32]
        return AlertClaim(record.document_id, alert_id, "updated" if told else "new", record.content_hash or "")

    def release_alert(self, claim: AlertClaim) -> None:
        self.claims.pop(claim.document_id, None)

    def mark_alerted(self, claim: AlertClaim) -> None:
        if claim.document_id in self.records:
            self.alerted[claim.document_id] = {"id": claim.alert_id, "content": claim.content_hash}
            self.claims.pop(claim.document_id, None)


@dataclass
class FakeMatches:
    """`matches` by document id: the version they are of, and the matches."""

    matches: dict[str, tuple[str, tuple[RuleMatch, ...]]] = field(default_factory=dict)

    def replace(self, record: Record, matches: Sequence[RuleMatch]) -> None:
        if self.matches.get(record.document_id, ("", ()))[0] <= record.sequencer:
            self.matches[record.document_id] = (record.sequencer, tuple(matches))

    def remove(self, document_id: str, sequencer: str) -> None:
        if self.matches.get(document_id, ("", ()))[0] <= sequencer:
            self.matches[document_id] = (sequencer, ())


@dataclass
class FakeAlerts:
    sent: list[Alert] = field(default_factory=list)

    def publish(self, alert: Alert) -> None:
        self.sent.append(alert)


@dataclass
class FakeObjects:
    """The uploads of a page store as reconciling lists them; `modified` where an object is not from the beginning of time."""

    pages_store: FakePages
    modified: dict[str, float] = field(default_factory=dict)
    page_size: int = 100

    def pages(self, prefix: str, after: str | None) -> Iterator[Sequence[StoredObject]]:
        keys = sorted(key for _, key in self.pages_store.objects if key.startswith(prefix) and key > (after or ""))
        for start in range(0, len(keys), self.page_size):
            yield [self._stored(key) for key in keys[start : start + self.page_size]]

    def find(self, key: str) -> StoredObject | None:
        return self._stored(key) if (self.pages_store.bucket, key) in self.pages_store.objects else None

    def _stored(self, key: str) -> StoredObject:
        page = self.pages_store.read_page(Source(bucket=self.pages_store.bucket, key=key))
        return StoredObject(key=key, etag=page.etag, size=len(page.body), modified_at=self.modified.get(key, 0.0))


@dataclass
class FakeRecordStates:
    ledger: FakeLedger
    page_size: int = 100

    def of(self, document_ids: Sequence[str], *, consistent: bool = False) -> Mapping[str, RecordState]:  # noqa: ARG002  # always is
        found = {name: self.ledger.records[name] for name in document_ids if name in self.ledger.records}
        return {
            name: RecordState(**record.model_dump(include=set(RecordState.model_fields)))
            for name, record in found.items()
        }

    def pages(self, after: str | None) -> Iterator[tuple[Sequence[tuple[str, str]], str | None]]:
        kept = sorted(
            (r.document_id, r.source_key) for r in self.ledger.records.values() if r.outcome is not Outcome.DELETED
        )
        kept = [entry for entry in kept if entry[0] > (after or "")]
        while True:
            page, kept = kept[: self.page_size], kept[self.page_size :]
            yield page, page[-1][0] if kept else None
            if not kept:
                return


@dataclass
class FakeChanges:
    sent: list[Finding] = field(default_factory=list)
    backlog: int = 0

    def send(self, findings: Sequence[Finding]) -> None:
        self.sent += findings

    def waiting(self) -> int:
        return self.backlog


@dataclass
class FakeRuns:
    run: Run | None = None

    def load(self) -> Run | None:
        return self.run

    def save(self, run: Run) -> None:
        self.run = run


@dataclass
class FakeRules:
    """`rules` by name, as in the table."""

    rules: dict[str, Rule] = field(default_factory=dict)
    readings: int = 0

    def enabled(self) -> list[Rule]:
        self.readings += 1
        return [rule for rule in self.rules.values() if rule.enabled]

    def every(self) -> Iterator[Rule]:
        yield from self.rules.values()

    def find(self, name: str) -> Rule | None:
        return self.rules.get(name)

    def save(self, rule: Rule) -> None:
        self.rules[rule.name] = rule

    def remove(self, name: str) -> bool:
        return self.rules.pop(name, None) is not None

    def mark(self, rule: Rule, error: str | None) -> None:
        known = self.rules.get(rule.name)
        if known and known.query == rule.query:
            self.rules[rule.name] = known.model_copy(update={"error": error})
