"""One change in the pages bucket: a page becomes an article on its way, a rejection with its reason, or a tombstone."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from functions.extract.page_text import extract_article
from functions.extract.s3_events import S3Change
from shared.domain.documents import Article, Outcome, Record, Source
from shared.domain.errors import Reason, Rejected
from shared.domain.messages import ArticleMessage
from shared.ports import Handoff, Ledger, Matches, Page, PageStore
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
    matches: Matches
    tombstone_days: int
    retention_days: int = 0
    now: Callable[[], float] = time.time
    article_of: Callable[[bytes, str | None], Article] = extract_article

    def handle(self, change: S3Change) -> None:
        source = change.source
        with self.telemetry.document(source.correlation_id):
            known = self.ledger.find(source.document_id)
            if change.reprocess:
                self._repeat(source, known)
            elif known and known.sequencer >= source.version:
                self.telemetry.ended(known, "duplicate" if known.sequencer == source.version else "stale")
            elif change.removed:
                self._bury(source, known)
            else:
                self._extract(source, known)

    def _repeat(self, source: Source, known: Record | None) -> None:
        """Only the version that the ledger holds runs once more; a newer one has run, or will, on its own."""
        if known and known.sequencer == source.version and known.outcome is not Outcome.DELETED:
            self._extract(source, known, again=True)
        else:
            self.telemetry.count("ReprocessSuperseded")

    def _extract(self, source: Source, known: Record | None, *, again: bool = False) -> None:
        try:
            page = self._read(source, again=again)
            source = source.model_copy(update={"etag": page.etag})
            article = self.article_of(page.body, page.url)
        except Rejected as rejection:
            self._reject(source, rejection, known, again=again)
        else:
            self._hand_on(source, article, again=again)

    def _read(self, source: Source, *, again: bool) -> Page:
        if source.key.endswith("/"):
            raise Rejected(Reason.EMPTY, "a folder marker, which holds no page")
        page = self.pages.read_page(source)
        if again and page.etag != source.etag:
            raise Rejected(Reason.GONE, "another version is there, whose event is on its way")
        return page

    def _hand_on(self, source: Source, article: Article, *, again: bool) -> None:
        inline = len(article.model_dump_json().encode()) <= MAX_INLINE_BYTES
        self.handoff.send_article(
            ArticleMessage(
                correlation_id=source.correlation_id,
                source=source,
                article=article if inline else None,
                article_location=None if inline else self.pages.park_article(source, article),
                reprocess=again or None,
            )
        )
        self.telemetry.count("ArticlesExtracted")

    def _reject(self, source: Source, rejection: Rejected, known: Record | None, *, again: bool) -> None:
        if again and rejection.reason is Reason.GONE:
            self.telemetry.count("ReprocessSuperseded")
            return
        why = {"reason": rejection.reason, "detail": rejection.detail, "attention": Outcome.REJECTED}
        record = self._record(source, Outcome.REJECTED, self.retention_days)
        self._end(record.model_copy(update=why), known, again=again)

    def _bury(self, source: Source, known: Record | None) -> None:
        self._end(self._record(source, Outcome.DELETED, self.tombstone_days), known)

    def _end(self, record: Record, known: Record | None, *, again: bool = False) -> None:
        """Content of the older version goes first, so that a crash between leaves nothing behind without its record."""
        if known and known.text_location:
            self.pages.drop_article(known.text_location)
        result = self.ledger.rewrite(record) if again else self.ledger.write(record)
        if result != "stale":
            self.matches.remove(record.document_id, record.sequencer)
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
