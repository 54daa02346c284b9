"""What the use cases need from the outside. Each has an AWS adapter in `shared/adapters` and a fake in `tests/fakes.py`.

Every method may raise `Transient`. All writes are idempotent: a stage may run twice for one message.
"""

from typing import Literal, Protocol

from shared.domain.documents import Article, Record, Source
from shared.domain.messages import Alert, Announcement, ArticleLocation, ArticleMessage

WriteResult = Literal["written", "duplicate", "stale"]
ClaimResult = Literal["claimed", "already-alerted", "superseded"]


class PageStore(Protocol):
    """The pages bucket: what people upload, and what is too large for a message or an item."""

    def read_page(self, source: Source) -> "Page":
        """The object's newest bytes and entity tag; raises `Rejected` where it is gone or too large to read."""

    def park_article(self, source: Source, article: Article) -> ArticleLocation:
        """Keeps an article too large for a queue message; it expires by itself."""

    def fetch_article(self, location: ArticleLocation) -> Article:
        """The parked article."""

    def save_text(self, document_id: str, sequencer: str, text: str) -> str:
        """Keeps a text too large for an item and gives its `s3://` location."""

    def delete_texts(self, document_id: str) -> None:
        """Removes every kept text of a document."""


class Page(Protocol):
    """An object as read: its bytes, its entity tag and its declared type and encoding."""

    body: bytes
    etag: str
    content_encoding: str


class Handoff(Protocol):
    """The queues between the stages."""

    def send_article(self, message: ArticleMessage) -> None: ...

    def send_announcement(self, announcement: Announcement) -> None: ...


class Ledger(Protocol):
    """The records table. Every write is conditional on the version being the newest seen."""

    def write(self, record: Record) -> WriteResult:
        """Records the outcome of a version, keeping what the ledger knows of alerts already sent."""

    def find(self, document_id: str) -> Record | None: ...

    def claim_alert(self, record: Record, until: int, now: int) -> ClaimResult: ...

    def mark_alerted(self, record: Record, alert_id: str, alerted_at: str) -> None: ...


class AlertPublisher(Protocol):
    """The alerts topic."""

    def publish(self, alert: Alert) -> None: ...
