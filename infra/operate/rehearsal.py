"""What running a document again would change: the functions' own code runs on this machine, and nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from functions.enrich.rule_cache import RuleCache
from functions.enrich.stories.joiner import joiner_over
from functions.enrich.usecase import EnrichArticles
from functions.extract.s3_events import S3Change
from functions.extract.usecase import ExtractPages
from shared.adapters.dynamodb_values import from_item, to_value
from shared.adapters.s3_pages import KEPT, PARKED, article_key
from shared.domain.documents import Article, Record, RuleMatch, Source
from shared.domain.history import HistoryLine
from shared.domain.messages import AlertKind, Announcement, ArticleLocation, ArticleMessage
from shared.domain.stories import StoredCounts, StoryDecision, StoryRow
from shared.domain.told import Told, ToldDocument, content_key
from shared.ports import Page, PageStore, WriteResult
from shared.telemetry import Telemetry

NO_DAYS = 0  # nothing is kept of a rehearsal, and so for no days
ALWAYS_NEW = frozenset(
    {"processed_at", "processed_on", "timeline_at", "expires_at", "pipeline_version", "correlation_id"}
)
Change = tuple[object, object]


def rehearse(pages: PageStore, rules: RuleCache, record: Record) -> Record | None:
    """The record as it would be today; None where the page was replaced or is gone."""
    stage = RehearsalStage(pages, record)
    telemetry = SilentTelemetry("rehearsal")
    extract = ExtractPages(
        pages=stage,
        ledger=stage,
        alert_ledger=AllTold(record),
        handoff=stage,
        telemetry=telemetry,
        matches=stage,
        stories=stage,
        history=stage,
        tombstone_days=NO_DAYS,
    )
    enrich = EnrichArticles(
        pages=stage,
        ledger=stage,
        alert_ledger=AllTold(record),
        handoff=stage,
        telemetry=telemetry,
        matches=stage,
        stories=joiner_over(stage),
        history=stage,
        rules=rules,
        tombstone_days=NO_DAYS,
    )
    extract.handle(reprocess_change(record))
    for message in stage.messages:
        enrich.handle(message)
    return stage.written


def changes(old: Record, new: Record) -> Mapping[str, Change]:
    """Fields that differ once both are as the table keeps them, but for those that every run sets."""
    before, after = as_stored(old), as_stored(new)
    names = sorted((before.keys() | after.keys()) - ALWAYS_NEW)
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def as_stored(record: Record) -> dict[str, Any]:
    return from_item({name: to_value(value) for name, value in record.model_dump(exclude_none=True).items()})


def reprocess_change(record: Record) -> S3Change:
    """The change that asks extract to run this very version once more."""
    stored = {"key": quote_plus(record.source_key, safe="/"), "eTag": record.etag, "sequencer": record.sequencer}
    entity = {"bucket": {"name": record.source_bucket}, "object": stored}
    return S3Change.model_validate({"eventName": "ObjectCreated:Put", "s3": entity, "reprocess": True})


@dataclass
class RehearsalStage:
    """Every port of the stages but for the rules. Pages are really read; what would be written or sent is kept here."""

    pages: PageStore
    known: Record
    written: Record | None = None
    messages: list[ArticleMessage] = field(default_factory=list)
    articles: dict[str, Article] = field(default_factory=dict)

    def read_page(self, source: Source) -> Page:
        return self.pages.read_page(source)

    def find_etag(self, source: Source) -> str | None:
        return self.pages.find_etag(source)

    def park_article(self, source: Source, article: Article) -> ArticleLocation:
        return self._keep(PARKED, source, article)

    def keep_article(self, source: Source, article: Article) -> str:
        return self._keep(KEPT, source, article).address

    def fetch_article(self, location: ArticleLocation) -> Article | None:
        return self.articles.get(location.address)

    def drop_article(self, location: ArticleLocation) -> None:
        self.articles.pop(location.address, None)

    def drop_copies(self, document_id: str, version: str, keep: str | None = None) -> None:
        pass

    def find(self, _document_id: str, /) -> Record | None:
        return self.known

    def rewrite(self, record: Record, known: Record) -> WriteResult:
        self.written = record
        return WriteResult("written", known)

    def write(self, record: Record) -> WriteResult:
        raise NotImplementedError(record)

    def send_article(self, message: ArticleMessage) -> None:
        self.messages.append(message)

    def send_announcement(self, announcement: Announcement) -> None:
        raise NotImplementedError(announcement)

    def replace(self, record: Record, matches: Sequence[RuleMatch]) -> None:
        pass

    def remove(self, document_id: str, sequencer: str) -> None:
        pass

    def enter(self, row: StoryRow) -> StoryRow:
        raise NotImplementedError(row)

    def look_up(self, keys: Sequence[str], first_day: str, last_day: str) -> Mapping[str, Sequence[str]]:
        raise NotImplementedError(keys, first_day, last_day)

    def fetch(self, document_ids: Sequence[str]) -> Sequence[StoryRow]:
        raise NotImplementedError(document_ids)

    def decide(self, document_id: str, decision: StoryDecision) -> StoryDecision:
        raise NotImplementedError(document_id, decision)

    def read_counts(self, language: str) -> StoredCounts | None:
        raise NotImplementedError(language)

    def write_counts(self, language: str, packed: bytes, before: int) -> bool:
        raise NotImplementedError(language, packed, before)

    def note(self, line: HistoryLine) -> None:
        pass

    def note_alert(self, record: Record, alert_id: str, kind: AlertKind, at: str) -> None:
        raise NotImplementedError(record, alert_id, kind, at)

    def strip(self, document_id: str) -> None:
        raise NotImplementedError(document_id)

    def _keep(self, prefix: str, source: Source, article: Article) -> ArticleLocation:
        location = ArticleLocation(bucket=source.bucket, key=article_key(prefix, source))
        self.articles[location.address] = article
        return location


@dataclass
class AllTold:
    """What was told, as if the known record's alert was sent: it does not keep the version from running again."""

    known: Record

    def find(self, story_id: str) -> Told:
        document = ToldDocument(content=content_key(self.known.content_hash))
        return Told(story_id=story_id, documents={self.known.document_id: document})

    def replace(self, _told: Told, /) -> Told | None:
        return None


class SilentTelemetry(Telemetry):
    """No log lines and no metrics: this is not the pipeline."""

    @contextmanager
    def document(self, correlation_id: str) -> Iterator[None]:  # noqa: ARG002  # nothing is logged of it
        yield

    def ended(self, record: Record, result: str) -> None:
        pass

    def count(self, name: str, number: int = 1) -> None:
        pass
