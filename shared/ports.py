"""What the use cases need from the outside. Each has an AWS adapter in `shared/adapters` and a fake in `tests/fakes.py`.

Every method may raise `Transient`. All writes are idempotent: a stage may run twice for one message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from shared.domain.documents import Article, Record, RuleMatch, Source
from shared.domain.messages import Alert, AlertKind, Announcement, ArticleLocation, ArticleMessage
from shared.domain.rules import Rule

WriteResult = Literal["written", "duplicate", "stale"]


@dataclass(frozen=True, slots=True)
class Page:
    """An object as it was read: its bytes, the entity tag of just these bytes, and the address its uploader noted, if any."""

    body: bytes
    etag: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class AlertClaim:
    """The right to send one alert, held until it expires. `alert_id` is the same whenever the same alert is claimed again."""

    document_id: str
    alert_id: str
    kind: AlertKind
    content_hash: str


class PageStore(Protocol):
    """The pages bucket: what people upload, and what is too large for a message or an item."""

    def read_page(self, source: Source) -> Page:
        """The newest bytes of the object; raises `Rejected` where it is gone or larger than a page may be."""

    def park_article(self, source: Source, article: Article) -> ArticleLocation:
        """Keeps an article that is too large for a queue message; it expires by itself."""

    def keep_article(self, source: Source, article: Article) -> str:
        """Keeps an article that is too large for an item, for as long as its record, and gives its `s3://` location."""

    def fetch_article(self, location: ArticleLocation) -> Article:
        """An article parked or kept."""

    def drop_article(self, text_location: str) -> None:
        """Removes a kept article; no error where it is gone already."""


class Handoff(Protocol):
    """The queues between the stages."""

    def send_article(self, message: ArticleMessage) -> None: ...

    def send_announcement(self, announcement: Announcement) -> None: ...


class Ledger(Protocol):
    """The records table: what became of every document, and which alerts were sent."""

    def find(self, document_id: str) -> Record | None:
        """The newest record, read consistently."""

    def write(self, record: Record) -> WriteResult:
        """Records a version's outcome if it is the newest seen: `duplicate` where the ledger has this version, `stale` a newer one."""

    def rewrite(self, record: Record) -> WriteResult:
        """Replaces the outcome of just this version, and counts its content as alerted: for documents that run once more.

        `stale` where the ledger has another version, or has not yet alerted of this one.
        """

    def claim_alert(self, announcement: Announcement) -> AlertClaim | None:
        """The right to alert of this content, or None where it was alerted already or a newer version is there.

        Raises `Transient` while another worker holds the claim.
        """

    def release_alert(self, claim: AlertClaim) -> None:
        """Gives the claim back after a failure, so that the next attempt need not wait until it expires."""

    def mark_alerted(self, claim: AlertClaim) -> None:
        """Notes that the claimed alert was sent, so that it never is again."""


class Rules(Protocol):
    """The rules table: what teams watch for, as they wrote it."""

    def enabled(self) -> list[Rule]:
        """Every rule that is switched on, sound or not, read consistently."""

    def mark(self, rule: Rule, error: str | None) -> None:
        """Notes beside the rule why it is skipped, or that it no longer is; does nothing where its query has changed since it was read."""


class Matches(Protocol):
    """The matches table: which documents a rule caught, newest first."""

    def replace(self, record: Record, matches: Sequence[RuleMatch]) -> None:
        """Makes these the document's matches, unless matches of a newer version are there."""

    def remove(self, document_id: str, sequencer: str) -> None:
        """Removes the document's matches of this version and older ones."""


class AlertPublisher(Protocol):
    """The alerts topic."""

    def publish(self, alert: Alert) -> None: ...
