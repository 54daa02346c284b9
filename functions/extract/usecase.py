"""One change in the pages bucket: a page becomes an article on its way, a rejection with its reason, or a tombstone."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from functions.extract.page_text import extract_article
from functions.extract.s3_events import S3Change
from shared.after_write import announcement_of, drop_replaced_copies, note_outcome, replaced_nothing
from shared.counted_as_told import count_as_told
from shared.domain.documents import Article, Outcome, Record, Source
from shared.domain.errors import Reason, Rejected
from shared.domain.messages import ArticleMessage
from shared.outcome_records import rejected_record, tombstone
from shared.ports import AlertLedger, Handoff, History, Ledger, Matches, Page, PageStore, Stories, WriteResult
from shared.telemetry import Telemetry
from shared.times import iso_utc

# Bytes of an article's JSON in a queue message. SQS takes 1 MiB, but bills each 64 KB as a request: past some 200 KB,
# one PUT and one GET of S3 cost less (decision 19).
MAX_INLINE_BYTES = 200_000


@dataclass(frozen=True)
class ExtractPages:
    """Collaborators of the stage. `handle` may run twice for one change without a second effect.

    An upload is read without asking the ledger first: enrich's write decides what is newest, and most uploads are.
    """

    pages: PageStore
    ledger: Ledger
    alert_ledger: AlertLedger
    handoff: Handoff
    telemetry: Telemetry
    matches: Matches
    stories: Stories
    history: History
    tombstone_days: int
    retention_days: int = 0
    now: Callable[[], float] = time.time
    max_inline_bytes: int = MAX_INLINE_BYTES
    article_of: Callable[[bytes, str | None], Article] = extract_article

    def handle(self, change: S3Change) -> None:
        """Takes one change to its end; raises `Transient` where it has to come again."""
        source = change.source
        with self.telemetry.document(source.correlation_id):
            if change.reprocess:
                self.reprocess_page(source)
            elif change.removed:
                self.record_outcome(tombstone(source, self.now(), self.tombstone_days))
            else:
                self.extract_page(source)

    def extract_page(self, source: Source) -> None:
        """Hands the page's article on, or records why there is none."""
        try:
            page = self.pages.read_page(source)
            source = source.model_copy(update={"etag": page.etag})
            article = self.article_of(page.body, page.url)
        except Rejected as rejection:
            self.record_outcome(rejected_record(source, rejection, self.now(), self.retention_days))
        else:
            self.hand_article_on(source, article, alerts_off=page.alerts_off)

    def reprocess_page(self, source: Source) -> None:
        """Runs just the version that the ledger holds once more; a newer one has run, or will, on its own."""
        known = self.ledger.find(source.document_id)
        if known is None or known.sequencer != source.version or known.outcome is Outcome.DELETED:
            self.telemetry.count("ReprocessSuperseded")
            return
        try:
            page = self.read_just_this(source)
            article = self.article_of(page.body, page.url)
        except Rejected as rejection:
            self.replace_outcome(known, source, rejection)
        else:
            self.hand_article_on(source, article, reprocess=True, alerts_off=page.alerts_off)

    def read_just_this(self, source: Source) -> Page:
        """The page, if its etag is the recorded one. Raises `Rejected` (gone) if the object has changed since."""
        page = self.pages.read_page(source)
        if page.etag != source.etag:
            raise Rejected(Reason.GONE, "another version is there, whose event is on its way")
        return page

    def hand_article_on(
        self, source: Source, article: Article, *, reprocess: bool = False, alerts_off: bool = False
    ) -> None:
        """Sends the article to enrich, or where it waits in the bucket if it is too large for a message."""
        inline = len(article.model_dump_json().encode()) <= self.max_inline_bytes
        message = ArticleMessage(
            correlation_id=source.correlation_id,
            source=source,
            article=article if inline else None,
            article_location=None if inline else self.pages.park_article(source, article),
            reprocess=reprocess or None,
            read_at=iso_utc(self.now()),
            alerts_off=alerts_off or None,
        )
        self.handoff.send_article(message)
        self.telemetry.count("ArticlesExtracted")

    def replace_outcome(self, known: Record, source: Source, rejection: Rejected) -> None:
        """Rejects a version that the ledger has otherwise, unless its page is gone or its alert is still due."""
        record = rejected_record(source, rejection, self.now(), self.retention_days)
        is_settled = known.alerts_off or count_as_told(self.alert_ledger, known, record)
        if rejection.reason is Reason.GONE or not is_settled:
            self.telemetry.count("ReprocessSuperseded")
            return
        self.clear_content(record, self.ledger.rewrite(record, known), rewriting=True)

    def record_outcome(self, record: Record) -> None:
        self.clear_content(record, self.ledger.write(record))

    def clear_content(self, record: Record, result: WriteResult, *, rewriting: bool = False) -> None:
        """Removes what the version's record no longer tells of, and lets notify tell who was told of the page.

        A version that is rewritten is not announced: its page is as it was.
        """
        standing = result.standing(record)
        note_outcome(self.history, record, result)
        drop_replaced_copies(self.pages, record, result, rewriting=rewriting)
        if standing.outcome is not Outcome.PUBLISHED and not replaced_nothing(result):
            self.matches.remove(standing.document_id, standing.sequencer)
            self.stories.remove(standing.document_id, standing.sequencer)
            if result.status != "stale" and not rewriting:
                self.handoff.send_announcement(announcement_of(standing))
        self.telemetry.ended(standing, "rewritten" if rewriting and result.status == "written" else result.status)
