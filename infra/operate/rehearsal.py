"""A document run by the functions' own code on this machine, and nothing written: what would running it again change?"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from functions.enrich.rules.rule_cache import RuleCache
from functions.enrich.usecase import EnrichArticles
from functions.extract.s3_events import S3Change
from functions.extract.usecase import ExtractPages
from shared.adapters.dynamodb_values import from_item, to_value
from shared.domain.documents import Article, Record, RuleMatch, Source
from shared.domain.messages import Announcement, ArticleLocation, ArticleMessage
from shared.ports import AlertClaim, Page, PageStore, WriteResult
from shared.telemetry import Telemetry

_ALWAYS_NEW = frozenset(
    {"processed_at", "processed_on", "timeline_at", "expires_at", "pipeline_version", "correlation_id"}
)
Change = tuple[object, object]


def rehearse(pages: PageStore, rules: RuleCache, record: Record) -> Record | None:
    """The record as it would be today; None where the page was replaced or is gone."""
    stage = _Stage(pages, record)
    extract = ExtractPages(
        pages=stage, ledger=stage, handoff=stage, telemetry=_Silent("rehearsal"), matches=stage, tombstone_days=1
    )
    enrich = EnrichArticles(
        pages=stage, ledger=stage, handoff=stage, telemetry=_Silent("rehearsal"), matches=stage, rules=rules
    )
    extract.handle(_again(record))
    for message in stage.messages:
        enrich.handle(message)
    return stage.written


def changes(old: Record, new: Record) -> Mapping[str, Change]:
    """Fields that differ once both are as the table keeps them, but for those that every run sets."""
    before, after = _as_stored(old), _as_stored(new)
    names = sorted((before.keys() | after.keys()) - _ALWAYS_NEW)
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def _as_stored(record: Record) -> dict[str, Any]:
    return from_item({name: to_value(value) for name, value in record.model_dump(exclude_none=True).items()})


def _again(record: Record) -> S3Change:
    stored = {"key": quote_plus(record.source_key, safe="/"), "eTag": record.etag, "sequencer": record.sequencer}
    entity = {"bucket": {"name": record.source_bucket}, "object": stored}
    return S3Change.model_validate({"eventName": "ObjectCreated:Put", "s3": entity, "reprocess": True})


@dataclass
class _Stage:
    """Pages are really read; the ledger holds one record, and what would be written or sent is kept context."""

    pages: PageStore
    known: Record
    written: Record | None = None
    messages: list[ArticleMessage] = field(default_factory=list)
    articles: dict[str, Article] = field(default_factory=dict)

    def read_page(self, source: Source) -> Page:
        return self.pages.read_page(source)

    def park_article(self, source: Source, article: Article) -> ArticleLocation:
        return self._keep("handoff", source, article)

    def keep_article(self, source: Source, article: Article) -> str:
        location = self._keep("texts", source, article)
        return f"s3://{location.bucket}/{location.key}"

    def fetch_article(self, location: ArticleLocation) -> Article:
        return self.articles[location.key]

    def drop_article(self, text_location: str) -> None:
        pass

    def find(self, _document_id: str, /) -> Record | None:
        return self.known

    def rewrite(self, record: Record) -> WriteResult:
        self.written = record
        return "written"

    def write(self, record: Record) -> WriteResult:
        raise NotImplementedError(record)

    def claim_alert(self, announcement: Announcement) -> AlertClaim | None:
        raise NotImplementedError(announcement)

    def release_alert(self, claim: AlertClaim) -> None:
        raise NotImplementedError(claim)

    def mark_alerted(self, claim: AlertClaim) -> None:
        raise NotImplementedError(claim)

    def send_article(self, message: ArticleMessage) -> None:
        self.messages.append(message)

    def send_announcement(self, announcement: Announcement) -> None:
        raise NotImplementedError(announcement)

    def replace(self, record: Record, matches: Sequence[RuleMatch]) -> None:
        pass

    def remove(self, document_id: str, sequencer: str) -> None:
        pass

    def _keep(self, prefix: str, source: Source, article: Article) -> ArticleLocation:
        location = ArticleLocation(bucket=source.bucket, key=f"{prefix}/{source.document_id}/{source.version}.json")
        self.articles[location.key] = article
        return location


class _Silent(Telemetry):
    """No log lines and no metrics: this is not the pipeline."""

    @contextmanager
    def document(self, correlation_id: str) -> Iterator[None]:  # noqa: ARG002  # nothing is logged of it
        yield

    def ended(self, record: Record, result: str) -> None:
        pass

    def count(self, name: str, number: int = 1) -> None:
        pass
