"""One article on its way: enriched, recorded if its version is the newest, and announced."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from functions.enrich.enrichment import enrich_article
from functions.enrich.record import fits_item, published_record, with_pointer
from functions.enrich.rules.rule_cache import RuleCache
from shared.domain.documents import Article, Outcome, Record, RuleMatch
from shared.domain.errors import Malformed
from shared.domain.messages import Announcement, ArticleMessage
from shared.ports import Handoff, Ledger, Matches, PageStore
from shared.telemetry import Telemetry
from shared.times import expiry, iso_utc


@dataclass(frozen=True)
class EnrichArticles:
    """Collaborators of the stage; `handle` may run twice for one message without a second effect."""

    pages: PageStore
    ledger: Ledger
    handoff: Handoff
    telemetry: Telemetry
    matches: Matches
    rules: RuleCache
    retention_days: int = 0
    now: Callable[[], float] = time.time

    def handle(self, message: ArticleMessage) -> None:
        with self.telemetry.document(message.correlation_id):
            known = self.ledger.find(message.source.document_id)
            if known and known.sequencer > message.source.version:
                self.telemetry.ended(known, "stale")
            elif known and known.sequencer == message.source.version and not message.reprocess:
                self._tell(known)
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
        if result != "stale":
            self._tell(record, aloud=not message.reprocess)
        self.telemetry.ended(record, result)

    def _record(self, message: ArticleMessage) -> Record:
        article = self._article(message)
        enrichment = self.rules.add_matches(article, enrich_article(article))
        record = published_record(message.source, article, enrichment, iso_utc(self.now()))
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

    def _tell(self, record: Record, *, aloud: bool = True) -> None:
        """Lists the record under its rules and announces it. Done again for a duplicate, since the first attempt may have stopped
        in between: the matches table keeps one row a match, and notify alerts once, whatever they hear.
        """
        if record.outcome is not Outcome.PUBLISHED:
            return
        sentences = record.rule_sentences or {}
        self.matches.replace(
            record, [RuleMatch(rule=rule, sentence=sentences.get(rule, "")) for rule in record.rules or []]
        )
        if aloud:
            self.handoff.send_announcement(
                Announcement(
                    correlation_id=record.correlation_id, document_id=record.document_id, sequencer=record.sequencer
                )
            )
