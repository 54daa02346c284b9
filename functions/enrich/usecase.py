"""One article on its way: enriched, recorded if its version is the newest, listed under its rules, and announced."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from functions.enrich.enrichment import enrich_article
from functions.enrich.record import (
    MAX_RECORD_BYTES,
    STORY_FIELDS,
    fits_item,
    published_record,
    story_fields,
    story_text,
    with_pointer,
)
from functions.enrich.rule_cache import RuleCache
from functions.enrich.stories.joiner import JoinStories
from shared.after_write import announcement_of, drop_replaced_copies, note_outcome, replaced_nothing
from shared.counted_as_told import count_as_told, forget_told
from shared.domain.documents import Article, Enrichment, Outcome, Record, RuleMatch
from shared.domain.errors import Malformed, Reason, Rejected, Transient
from shared.domain.messages import ArticleMessage
from shared.outcome_records import rejected_record
from shared.ports import AlertLedger, Handoff, History, Ledger, Matches, PageStore, WriteResult
from shared.telemetry import Telemetry
from shared.times import SECONDS_A_DAY, expiry, iso_utc

GONE_MEANWHILE = Rejected(Reason.GONE, "the object was gone before its article was recorded")


@dataclass(frozen=True)
class EnrichArticles:
    """Collaborators of the stage. `handle` may run twice for one message without a second effect."""

    pages: PageStore
    ledger: Ledger
    alert_ledger: AlertLedger
    handoff: Handoff
    telemetry: Telemetry
    matches: Matches
    history: History
    rules: RuleCache
    stories: JoinStories
    tombstone_days: int
    retention_days: int = 0
    now: Callable[[], float] = time.time
    max_record_bytes: int = MAX_RECORD_BYTES
    enrichment_of: Callable[[Article], Enrichment] = enrich_article

    def handle(self, message: ArticleMessage) -> None:
        """Takes one article to its record; raises `Transient` where the message has to come again."""
        with self.telemetry.document(message.correlation_id):
            article = self.fetch_article(message)
            if message.reprocess:
                self.rewrite_record(message, article)
            elif article is None:
                self.finish_recorded_version(message)
            elif self.is_still_wanted(message):
                self.publish_article(message, article)
            if message.article_location:
                self.pages.drop_article(message.article_location)

    def fetch_article(self, message: ArticleMessage) -> Article | None:
        """The article in the message, or where it waits; None where that copy is gone."""
        if message.article is not None:
            return message.article
        if message.article_location is None:
            raise Malformed("the message has neither an article nor the place of one")
        return self.pages.fetch_article(message.article_location)

    def is_still_wanted(self, message: ArticleMessage) -> bool:
        """Whether the object is still what was read, asked where the ledger may have forgotten that it is not.

        A missing row proves nothing once a tombstone, or a newer record, would have expired.
        """
        if message.read_at and self.now() < epoch_seconds(message.read_at) + self.seconds_remembered:
            return True
        etag = self.pages.find_etag(message.source)
        if etag is None:
            record = rejected_record(message.source, GONE_MEANWHILE, self.now(), self.retention_days)
            self.follow_up(record, self.ledger.write(record))
        elif etag != message.source.etag:
            self.telemetry.count("ArticlesSuperseded")
        return etag == message.source.etag

    @property
    def seconds_remembered(self) -> int:
        """For how long after a page was read the ledger knows of everything that happened to it since.

        A day is to spare.
        """
        days = min(self.tombstone_days, self.retention_days or self.tombstone_days)
        return (days - 1) * SECONDS_A_DAY

    def publish_article(self, message: ArticleMessage, article: Article) -> None:
        """Records the article, with its text in the bucket where an item cannot hold it."""
        record = self.record_of(message, article)
        if not fits_item(record, self.max_record_bytes):
            if self.is_recorded(message):
                self.finish_recorded_version(message)
                return
            record = with_pointer(record, self.pages.keep_article(message.source, article))
        self.follow_up(record, self.ledger.write(record))

    def is_recorded(self, message: ArticleMessage) -> bool:
        """Whether this version or a newer one is in the ledger, whose text must not be written over."""
        known = self.ledger.find(message.source.document_id)
        return known is not None and known.sequencer >= message.source.version

    def finish_recorded_version(self, message: ArticleMessage) -> None:
        """Repeats what follows the write of a recorded version. Raises `Transient` where the article is lost."""
        known = self.ledger.find(message.source.document_id)
        if known and known.sequencer >= message.source.version:
            same = known.sequencer == message.source.version
            self.follow_up(known, WriteResult("duplicate" if same else "stale", known))
        elif self.is_still_wanted(message.model_copy(update={"read_at": None})):
            raise Transient(
                "the article that waited in the bucket has expired: `clipwire reconcile` runs its page again"
            )

    def rewrite_record(self, message: ArticleMessage, article: Article | None) -> None:
        """Replaces the record of a version that runs once more, silently, unless its alert is still due."""
        known = self.ledger.find(message.source.document_id)
        if article is None or known is None or known.sequencer != message.source.version:
            self.telemetry.count("ReprocessSuperseded")
            return
        record = self.record_of(message, article, known)
        is_settled = known.alerts_off or count_as_told(self.alert_ledger, known, record)
        if known.outcome is Outcome.DELETED or not is_settled:
            self.telemetry.count("ReprocessSuperseded")
            return
        if not fits_item(record, self.max_record_bytes):
            record = with_pointer(record, self.pages.keep_article(message.source, article))
        self.follow_up(record, self.ledger.rewrite(record, known), rewriting=True)

    def record_of(self, message: ArticleMessage, article: Article, known: Record | None = None) -> Record:
        """The enriched article's record, with all of its text; of a known version, with the story that it has."""
        enrichment = self.rules.add_matches(article, self.enrichment_of(article))
        record = published_record(message.source, article, enrichment, iso_utc(self.now()))
        kept = {"expires_at": expiry(self.now(), self.retention_days), "alerts_off": message.alerts_off}
        return record.model_copy(update={**kept, **self.story_of(record, enrichment, known)})

    def story_of(self, record: Record, enrichment: Enrichment, known: Record | None) -> Mapping[str, object]:
        """The fields of the record's story. A version that runs once more keeps those that it has, even none."""
        if known:
            return {name: getattr(known, name) for name in STORY_FIELDS}
        decision = self.stories.join(story_text(record, enrichment), record.sequencer)
        return story_fields(decision)

    def follow_up(self, record: Record, result: WriteResult, *, rewriting: bool = False) -> None:
        """What has to follow the write of a record, and is repeated for one that is there already.

        The rules are those of the record that stands: another worker may have matched with newer ones. A rewritten
        record is not announced, nor one whose uploader switched alerts off.
        """
        standing = result.standing(record)
        note_outcome(self.history, record, result)
        published = standing.outcome is Outcome.PUBLISHED
        if not published:
            self.stories.forget(standing.document_id, standing.sequencer)
        if result.status != "stale":
            if published and (standing.rules or not replaced_nothing(result)):
                self.list_matches(standing)
            if published and result.status == "written" and result.known:
                forget_told(self.alert_ledger, result.known, standing)
            if not rewriting and ((published and not standing.alerts_off) or not replaced_nothing(result)):
                self.handoff.send_announcement(announcement_of(standing))
        drop_replaced_copies(self.pages, record, result, rewriting=rewriting)
        self.telemetry.ended(standing, "rewritten" if rewriting and result.status == "written" else result.status)

    def list_matches(self, record: Record) -> None:
        """Lists the record under its rules, but for those that were removed while this worker still knew them.

        The rows are written first and the rules looked for afterwards: whoever removes a rule does it before its rows,
        so one of the two sees the other.
        """
        sentences = record.rule_sentences or {}
        matches = [RuleMatch(rule=rule, sentence=sentences.get(rule, "")) for rule in record.rules or []]
        self.matches.replace(record, matches)
        removed = self.rules.removed(match.rule for match in matches)
        if removed:
            self.matches.replace(record, [match for match in matches if match.rule not in removed])


def epoch_seconds(iso: str) -> float:
    return datetime.fromisoformat(iso).timestamp()
