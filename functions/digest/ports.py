"""What sending digests needs from the outside; its AWS side is in this folder, its fakes in `tests/fakes.py`."""

from collections.abc import Sequence
from typing import Protocol

from shared.domain.digests import Digest, DigestMessage, WaitingStory, Window
from shared.domain.documents import Record
from shared.ports import AskedView


class Baskets(Protocol):
    """The views table: the digests that were asked for, and what waits for each and for each view."""

    def digests(self) -> Sequence[Digest]:
        """All digests that somebody asked for."""

    def asked_views(self) -> Sequence[AskedView]:
        """The views that somebody asked for: past their hour's limit, something may wait for them."""

    def load(self, partition: str) -> tuple[Window, Sequence[WaitingStory]]:
        """The letter of a digest or view that is under way or was last, and some of what waits, story by story.

        What one call has no room for comes once this was removed.
        """

    def replace(self, window: Window) -> bool:
        """Writes the next revision; False where another worker wrote it."""

    def remove(self, partition: str, told: Sequence[WaitingStory]) -> None:
        """Removes what was told; no error where it is gone already."""


class Members(Protocol):
    """The records by story."""

    def of(self, story_id: str) -> Sequence[Record]:
        """The published records of a story, newest first, as far as an index has them: title, site and address."""


class DigestPublisher(Protocol):
    """The topics on which digests are sent."""

    def publish(self, message: DigestMessage) -> None:
        """Sends the digest to whoever asked for it."""
