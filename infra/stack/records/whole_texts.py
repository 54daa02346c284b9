"""Texts too long for a record, fetched from where they are kept."""

from infra.stack.target import Target
from shared.adapters.s3_pages import S3Pages, location_of
from shared.domain.documents import Record
from shared.domain.errors import Transient

MAX_TEXTS = 500  # texts fetched by one command, by judgement: a minute of reading


class WholeTexts:
    """Fetches up to 500 texts a command. `unread` counts the records that are known by their lead only."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._left = MAX_TEXTS
        self.unread = 0

    def whole(self, record: Record) -> Record:
        """The record with all of its text, or as it stands where that cannot be had."""
        if not record.text_location:
            return record
        text = self.fetch_text(record.text_location) if self._left else None
        self.unread += text is None
        return record if text is None else record.model_copy(update={"text": text})

    def fetch_text(self, location: str) -> str | None:
        self._left -= 1
        place = location_of(location)
        try:
            article = S3Pages(self._target.client("s3"), place.bucket).fetch_article(place)
        except Transient:  # not for this reader
            return None
        return article.text if article else None  # gone with a newer version
