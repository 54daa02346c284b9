"""Digests: one letter for all stories of a view in a window of time, in place of one alert each."""

import hashlib
import re
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from shared.domain.clean_text import CleanLine
from shared.domain.documents import Frozen
from shared.domain.messages import AlertKind, Change

Rhythm = Literal["hourly", "daily"]

MAX_NAME_LENGTH = 120  # characters of a digest's name; by judgement: SNS takes 256 bytes as a value of a filter
DIGEST_ID_LENGTH = 32  # hex digits, as an alert's id has


class Digest(Frozen):
    """What somebody asked for: the stories of these views, daily at a time of a zone's clock, or at each full hour.

    No languages are all languages. `begun_at` (ISO, UTC) is when it was asked for: its first window begins there. A
    time or zone that there is not does not validate.
    """

    name: str
    views: list[str]
    languages: list[str] = Field(default_factory=list)
    rhythm: Rhythm = "daily"
    at: str = "07:00"
    zone: str = "UTC"
    begun_at: str = ""

    @field_validator("at")
    @classmethod
    def is_time(cls, at: str) -> str:
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at):
            raise ValueError("no time such as 07:00")
        return at

    @field_validator("zone")
    @classmethod
    def is_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("no time zone such as Europe/Berlin") from None
        return zone


class WaitingStory(Frozen):
    """One alert of a story that waits for a letter. It has no words of the page.

    `alert_id` is empty in rows of earlier versions, which kept one row for all alerts of a document.
    """

    story_id: str
    document_id: str
    kind: AlertKind = "new"
    held_at: str = ""
    alert_id: str = ""
    language: str = ""


class Window(Frozen):
    """The letter that is under way of one digest or view, or was sent last. Each write is one `revision` later.

    `waiting` is what the letter is of, empty once it is through. `is_sent` once it was published: `told` is what it
    named then. Its worker holds it until `claimed_until` (epoch seconds).
    """

    partition: str
    revision: int = 0
    since: str = ""
    until: str = ""
    part: int = 0
    waiting: list[WaitingStory] = Field(default_factory=list)
    is_sent: bool = False
    told: list[WaitingStory] = Field(default_factory=list)
    claimed_until: int = 0

    @property
    def alert_id(self) -> str:
        return digest_id(self.partition, self.until, self.part)

    def after(self, **changes: object) -> "Window":
        """The next revision."""
        return self.model_copy(update={**changes, "revision": self.revision + 1})


class Source(Frozen):
    """One page that tells a story."""

    site: CleanLine = ""
    url: CleanLine = ""


class DigestStory(Frozen):
    """One line of a digest. `sources` has the newest page first, the one whose title stands here.

    `changes` are those of a correction, as far as they are kept.
    """

    story_id: str
    document_id: str
    kind: AlertKind = "new"
    title: CleanLine
    summary: CleanLine = ""
    language: str = ""
    topics: list[str] = Field(default_factory=list)
    published_at: str | None = None
    sources: list[Source] = Field(default_factory=list)
    more_sources: int = 0
    changes: list[Change] = Field(default_factory=list)


class DigestMessage(Frozen):
    """What a subscriber's machine receives. `alert_id` is the same whenever the same digest is sent again.

    `digest` is the name of a digest that was asked for; it is empty where `view` had more alerts in an hour than come
    singly. `since` and `until` are the window (ISO, UTC). Stories come newest first. What one message has no room for
    comes in a further one, whose `part` is one more.
    """

    version: Literal[1] = 1
    kind: Literal["digest"] = "digest"
    alert_id: str
    digest: str = ""
    view: str = ""
    zone: str = "UTC"
    since: str
    until: str
    part: int = 1
    stories: list[DigestStory]


def partition_of(digest: str) -> str:
    """Where the views table has what waits for a digest; no view has such a name."""
    return f"#digest:{digest}"


def digest_id(partition: str, until: str, part: int) -> str:
    """32 hex digits, the same for every attempt to send one letter: of a digest or view, its window and its part."""
    return hashlib.sha256(f"{partition}/{until}/{part}".encode()).hexdigest()[:DIGEST_ID_LENGTH]


def name_of_digest(views: list[str], languages: list[str], rhythm: Rhythm, at: str, zone: str) -> str:
    """`topic:sport daily 07:00 Europe/Berlin`: whoever asks for the same shares one digest."""
    clock = f"daily {at} {zone}" if rhythm == "daily" else "hourly"
    asked = " ".join([*sorted(views), *sorted(languages)])
    name = f"{asked} {clock}"
    if len(name) <= MAX_NAME_LENGTH:
        return name
    mark = hashlib.sha256(asked.encode()).hexdigest()[:8]
    return f"{asked[: MAX_NAME_LENGTH - len(clock) - len(mark) - 3]}… {mark} {clock}"
