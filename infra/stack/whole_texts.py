"""Texts too long for a record, fetched from where they are kept."""

from urllib.parse import urlsplit

from infra.stack.target import Target
from shared.adapters.s3_pages import S3Pages
from shared.domain.documents import Record
from shared.domain.errors import Transient
from shared.domain.messages import ArticleLocation

MOST = 500


class WholeTexts:
    """Fetches up to 500 texts a command. `unread` counts the records that are known by their lead only."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._left = MOST
        self.unread = 0

    def whole(self, record: Record) -> Record:
        """The record with all of its text, or as it stands where that cannot be had."""
        if not record.text_location:
            return record
        text = self._fetched(record.text_location) if self._left else None
        self.unread += text is None
        return record if text is None else record.model_copy(update={"text": text})

    def _fetched(self, location: str) -> str | None:
        self._left -= 1
        place = urlsplit(location)
        store = S3Pages(self._target.client("s3"), place.netloc)
        try:
            return store.fetch_article(ArticleLocation(bucket=place.netloc, key=place.path.lstrip("/"))).text
        except Transient:  # gone with a newer version, or not for this reader
            return None
