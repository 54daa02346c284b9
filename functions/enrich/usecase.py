"""One article on its way: enriched, recorded if its version is the newest, and announced."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from functions.enrich.enrichment import enrich_article
from functions.enrich.record import fits_item, published_record, with_pointer
from shared.domain.documents import Article, Outcome, Record
from shared.domain.errors import Malformed
from shared.domain.messages import Announcement, ArticleMessage
from shared.ports import Handoff, Ledger, PageStore
from shared.telemetry import Telemetry
from shared.times import expiry, iso_utc


@dataclass(frozen=True)
class EnrichArticles:
    """Collaborators of the stage; `handle` may run twice for one message without a second effect."""

    pages: PageStore
    ledger: Ledger
    handoff: Handoff
    telemetry: Telemetry
    retention_days: int = 0
    now: Callable[[], float] = time.time

    def handle(self, message: ArticleMessage) -> None:
        with self.telemetry.document(message.correlation_id):
            known = self.ledger.find(message.source.document_id)
            if known and known.sequencer > message.source.version:
                self.telemetry.ended(known, "stale")
            elif known and known.sequencer == message.source.version and not message.reprocess:
                self._announce(known)
                self.telemetry.ended(known, "duplicate")
            else:
                self._publish(message, known)

    def _publish(self, message: ArticleMessage, known: Record | None) -> None:
        record = self._fitting(message, self._record(message))
        if known and known.text_location not in (None, record.text_location):
            self.pages.drop_article(known.text_location)
        result = self.ledger.rewrite(record) if message.reprocess else self.ledger.write(record)
        if result == "stale" and record.text_location:
            self.pages.drop_article(record.text_location)
        if result != "stale" and not message.reprocess:
            self._announce(record)
        self.telemetry.ended(record, result)

    def _record(self, message: ArticleMessage) -> Record:
        article = self._article(message)
        record = published_record(message.source, article, enrich_article(article), iso_utc(self.now()))
        return record.model_copy(update={"expires_at": expiry(self.now(), self.retention_days)})

    def _article(self, message: ArticleMessage) -> Article:
        if message.article is not None:
            return message.article
        if message.article_location is None:
            raise Malformed("the message has neither an article nor the place of one")
        return self.pages.fetch_article(message.article_location)

    def _fitting(self, message: ArticleMessage, record: Record) -> Record:
        if fits_item(record):
            return record
        return with_pointer(record, self.pages.keep_article(message.source, self._article(message)))

    def _announce(self, record: Record) -> None:
        """Sent again for a duplicate, since the first attempt may have stopped in between: notify alerts once whatever it hears."""
        if record.outcome is Outcome.PUBLISHED:
            self.handoff.send_announcement(
                Announcement(correlation_id=record.correlation_id, document_id=record.document_id, sequencer=record.sequencer)
            )
