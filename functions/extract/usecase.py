"""One change in the pages bucket: a page becomes an article on its way, a rejection with its reason, or a tombstone."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from functions.extract.events import S3Change
from functions.extract.page_text import extract_article
from shared.domain.documents import Article, Outcome, Record, Source
from shared.domain.errors import Reason, Rejected
from shared.domain.messages import ArticleMessage
from shared.ports import Handoff, Ledger, PageStore
from shared.telemetry import Telemetry
from shared.times import expiry, iso_utc
from shared.version import PIPELINE_VERSION

MAX_INLINE_BYTES = 200_000


@dataclass(frozen=True)
class ExtractPages:
    """Collaborators of the stage; `handle` may run twice for one change without a second effect."""

    pages: PageStore
    ledger: Ledger
    handoff: Handoff
    telemetry: Telemetry
    tombstone_days: int
    retention_days: int = 0
    now: Callable[[], float] = time.time
    article_of: Callable[[bytes, str | None], Article] = extract_article

    def handle(self, change: S3Change) -> None:
        source = change.source
        with self.telemetry.document(source.correlation_id):
            known = self.ledger.find(source.document_id)
            if known and known.sequencer >= source.version:
                self.telemetry.ended(known, "duplicate" if known.sequencer == source.version else "stale")
            elif change.removed:
                self._bury(source, known)
            else:
                self._extract(source, known)

    def _extract(self, source: Source, known: Record | None) -> None:
        try:
            source, article = self._read(source)
        except Rejected as rejection:
            self._reject(source, rejection, known)
        else:
            self._hand_on(source, article)

    def _read(self, source: Source) -> tuple[Source, Article]:
        if source.key.endswith("/"):
            raise Rejected(Reason.EMPTY, "a folder marker, which holds no page")
        page = self.pages.read_page(source)
        return source.model_copy(update={"etag": page.etag}), self.article_of(page.body, page.url)

    def _hand_on(self, source: Source, article: Article) -> None:
        inline = len(article.model_dump_json().encode()) <= MAX_INLINE_BYTES
        self.handoff.send_article(
            ArticleMessage(
                correlation_id=source.correlation_id,
                source=source,
                article=article if inline else None,
                article_location=None if inline else self.pages.park_article(source, article),
            )
        )
        self.telemetry.count("ArticlesExtracted")

    def _reject(self, source: Source, rejection: Rejected, known: Record | None) -> None:
        why = {"reason": rejection.reason, "detail": rejection.detail, "attention": Outcome.REJECTED}
        record = self._record(source, Outcome.REJECTED, self.retention_days)
        self._end(record.model_copy(update=why), known)

    def _bury(self, source: Source, known: Record | None) -> None:
        self._end(self._record(source, Outcome.DELETED, self.tombstone_days), known)

    def _end(self, record: Record, known: Record | None) -> None:
        """Content of the older version goes first, so that a crash between leaves nothing behind without its record."""
        if known and known.text_location:
            self.pages.drop_article(known.text_location)
        result = self.ledger.write(record)
        self.telemetry.ended(record, result)

    def _record(self, source: Source, outcome: Outcome, kept_days: int) -> Record:
        processed_at = iso_utc(self.now())
        return Record(
            document_id=source.document_id,
            outcome=outcome,
            sequencer=source.version,
            source_bucket=source.bucket,
            source_key=source.key,
            etag=source.etag,
            processed_at=processed_at,
            processed_on=None if outcome is Outcome.DELETED else processed_at[:10],
            pipeline_version=PIPELINE_VERSION,
            correlation_id=source.correlation_id,
            expires_at=expiry(self.now(), kept_days),
        )
