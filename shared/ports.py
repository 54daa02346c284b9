"""What the use cases need from the outside.

Each port has an AWS adapter in `shared/adapters` and a fake in `tests/fakes.py`.

Every method may raise `Transient`, before or after its effect. Every effect may be repeated: a stage may run twice for
one message. `tests/unit/pipeline/test_faults.py` fails each method of each port before and after its effect.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from shared.domain.documents import Article, Record, RuleMatch, Source
from shared.domain.history import HistoryLine
from shared.domain.messages import Alert, AlertKind, Announcement, ArticleLocation, ArticleMessage
from shared.domain.rules import Rule
from shared.domain.stories import StoredCounts, StoryDecision, StoryRow
from shared.domain.told import Told

WriteStatus = Literal["written", "duplicate", "stale"]


@dataclass(frozen=True, slots=True)
class Page:
    """An object as it was read: its bytes, the entity tag of just these bytes, and what its uploader noted: the page's
    address, if any, and whether nobody is to be alerted of it.
    """

    body: bytes
    etag: str
    url: str | None = None
    alerts_off: bool = False


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What became of a conditional write, and the record that the ledger held when it decided.

    `written`: the record is in the ledger; `known` is the one that it replaced, None where there was none.
    `duplicate`: the ledger has a record of this version already, and `stale`: of a newer one; `known` stays as it is.
    """

    status: WriteStatus
    known: Record | None = None

    def standing(self, record: Record) -> Record:
        """The record that the ledger holds after `record` was offered."""
        return record if self.status == "written" or self.known is None else self.known


@dataclass(frozen=True, slots=True)
class AskedView:
    """What somebody asked of a view: how many alerts an hour at most, and until when (epoch seconds) it is muted.

    `most` is None where the stack's own number holds, and 0 where there is no limit. `digests` names the digests that
    are to tell what this view is told.
    """

    view: str
    most: int | None = None
    muted_until: int = 0
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldAlert:
    """An alert that waits for a digest: of a view whose hour was full, or one that somebody asked for.

    It has no words of the page. In place of the view's name there may be a digest's (`partition_of`). `language` is
    the page's; of a page that is gone, the one in which it was told.
    """

    view: str
    story_id: str
    document_id: str
    alert_id: str
    held_at: str
    kind: AlertKind = "new"
    language: str = ""


class PageStore(Protocol):
    """The pages bucket: what people upload, and what is too large for a message or an item."""

    def read_page(self, source: Source) -> Page:
        """The newest bytes of the object; raises `Rejected` where it is gone or larger than a page may be."""

    def find_etag(self, source: Source) -> str | None:
        """The entity tag of the object as it is now, None where it is gone."""

    def park_article(self, source: Source, article: Article) -> ArticleLocation:
        """Keeps an article that is too large for a queue message, until it is recorded; it expires by itself."""

    def keep_article(self, source: Source, article: Article) -> str:
        """Keeps an article that is too large for an item, for as long as its record, and gives its `s3://` location."""

    def fetch_article(self, location: ArticleLocation) -> Article | None:
        """An article parked or kept, None where it was removed or has expired."""

    def drop_article(self, location: ArticleLocation) -> None:
        """Removes one parked or kept article; no error where it is gone already."""

    def drop_copies(self, document_id: str, version: str, keep: str | None = None) -> None:
        """Removes what is parked and kept of the document's older versions, and what is kept of this one but for
        `keep`.
        """


class Handoff(Protocol):
    """The queues between the stages."""

    def send_article(self, message: ArticleMessage) -> None:
        """Hands an article on to enrich."""

    def send_announcement(self, announcement: Announcement) -> None:
        """Hands a recorded version on to notify."""


class Ledger(Protocol):
    """The records table: what became of every document."""

    def find(self, document_id: str) -> Record | None:
        """The newest record, read consistently."""

    def write(self, record: Record) -> WriteResult:
        """Records a version's outcome if the version is the newest seen."""

    def rewrite(self, record: Record, known: Record) -> WriteResult:
        """Replaces `known` by another outcome of the same version.

        `stale` where the ledger no longer holds what was known: another version, or other content.
        """


class AlertLedger(Protocol):
    """The told table: what the readers of each story were told, and who is about to tell them. One item a story."""

    def find(self, story_id: str) -> Told:
        """What is known of the story, read consistently; revision 0 where nothing is."""

    def replace(self, told: Told) -> Told | None:
        """Writes the next revision of a story's item.

        None where it is written; else what stands there, since somebody else wrote in between.
        """


class Views(Protocol):
    """The views table: what readers asked for, how many alerts each view had in an hour, and what it holds back."""

    def asked(self) -> Mapping[str, AskedView]:
        """By name, the views that somebody asked for."""

    def admit(self, view: str, hour: str, alert_id: str, most: int) -> bool:
        """Counts the alert in its view's hour; False where that hour is full without it. The same whenever asked again.

        `hour` is in UTC, `2026-11-26T07`.
        """

    def hold(self, held: HeldAlert) -> None:
        """Keeps an alert for a digest, as it was held first; what is held of the same document already stays."""


class History(Protocol):
    """The history table: how each version of each document ended."""

    def note(self, line: HistoryLine) -> None:
        """Adds the line; does nothing where it is there already."""

    def note_alert(self, record: Record, alert_id: str, kind: AlertKind, at: str) -> None:
        """Adds the alert that told of the record to its line; does nothing where there is no line."""

    def strip(self, document_id: str) -> None:
        """Leaves times and outcomes of the document's lines, and nothing of what its versions said."""


class Rules(Protocol):
    """The rules table: what teams watch for, as they wrote it."""

    def enabled(self) -> list[Rule]:
        """Every rule that is switched on, sound or not, read consistently."""

    def existing(self, names: Collection[str]) -> set[str]:
        """Those of the names that are still in the table, switched on or off, read consistently."""

    def mark(self, rule: Rule, error: str | None) -> None:
        """Notes beside the rule why it is skipped, or that it no longer is.

        Does nothing where the rule's query has changed since it was read.
        """


class Matches(Protocol):
    """The matches table: which documents a rule caught, newest first."""

    def replace(self, record: Record, matches: Sequence[RuleMatch]) -> None:
        """Makes these the document's matches, unless matches of a newer version are there."""

    def remove(self, document_id: str, sequencer: str) -> None:
        """Removes the document's matches of this version and older ones."""


class Stories(Protocol):
    """The stories table: the articles of the last days as joining compares them, and in which story each is."""

    def enter(self, row: StoryRow) -> StoryRow:
        """Writes a document's row, and one for each key; gives the row as it stands, with the decision of before.

        The row of a newer version stays as it is.
        """

    def look_up(self, keys: Sequence[str], first_day: str, last_day: str) -> Mapping[str, Sequence[str]]:
        """The ids of the newest documents under each key, of the days between, read consistently; so many at most."""

    def fetch(self, document_ids: Sequence[str]) -> Sequence[StoryRow]:
        """The rows of these documents, read consistently, without those that are gone."""

    def decide(self, document_id: str, decision: StoryDecision) -> StoryDecision:
        """Notes a document's story, unless one is noted; gives the one that stands."""

    def remove(self, document_id: str, sequencer: str) -> None:
        """Removes the rows of this version of a document and of older ones."""

    def read_counts(self, language: str) -> StoredCounts | None:
        """The term counts of a language, None where there are none yet."""

    def write_counts(self, language: str, packed: bytes, before: int) -> bool:
        """Replaces the counts of revision `before` (0 for none); False where another worker did."""


class AlertPublisher(Protocol):
    """The alerts topic."""

    def publish(self, alert: Alert) -> None:
        """Sends the alert to whoever subscribed to it."""
