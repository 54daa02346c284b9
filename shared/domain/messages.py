"""Versioned messages between the functions and to subscribers.

A committed sample of every version lives in tests/events.
"""

from typing import Literal

from pydantic import Field

from shared.domain.clean_text import CleanLine
from shared.domain.documents import Article, Frozen, Source

AlertKind = Literal["new", "updated", "corrected", "withdrawn"]
"""`updated` reaches only readers of every copy: nothing that was told is wrong by it."""

ChangedFact = Literal["headline", "number", "name", "notice", "text"]


class ArticleLocation(Frozen):
    """Where an article that is too large for a queue message, or for an item, stands in S3."""

    bucket: str
    key: str

    @property
    def address(self) -> str:
        """The location as one word, `s3://bucket/key`, as a record names it."""
        return f"s3://{self.bucket}/{self.key}"


class ArticleMessage(Frozen):
    """extract → enrich: one object version's article, inline or behind a claim check (exactly one of the two).

    `reprocess` is left out unless it is true: the record of this very version is written anew, and nobody is alerted of
    it. `read_at` is when extract read the page (ISO, UTC); without it the message counts as old. `alerts_off` is left
    out unless the uploader asked that nobody be alerted of the page.
    """

    version: Literal[1] = 1
    correlation_id: str
    source: Source
    article: Article | None = None
    article_location: ArticleLocation | None = None
    reprocess: bool | None = None
    read_at: str | None = None
    alerts_off: bool | None = None


class Announcement(Frozen):
    """enrich or extract → notify: this version was recorded; tell whoever has to hear of it, or that it is gone."""

    version: Literal[1] = 1
    correlation_id: str
    document_id: str
    sequencer: str


class Change(Frozen):
    """One thing that was told and is otherwise now; `before` is empty for a notice, and for a text."""

    what: ChangedFact
    before: CleanLine = ""
    after: CleanLine = ""


class Mention(Frozen):
    """Another page that tells the same story."""

    site: CleanLine = ""
    url: CleanLine = ""


class Alert(Frozen):
    """What a subscriber's machine receives. `alert_id` is the same whenever the same alert is sent again.

    `rules` has every rule that matched, with its sentence, or an empty one where the message has no room for it;
    `rules_unlisted` counts those that not even their names had room. `first_for` names the views that this alert is
    for: those that it tells of the story first, and of a correction or withdrawal those that were told. `also_in` are
    other pages with this story, the newest first, and `perhaps_in` those of a story that may be the same. Version 1 had
    no field below `processed_at`, and the kinds `new` and `updated` alone.
    """

    version: Literal[1, 2] = 2
    alert_id: str
    kind: AlertKind
    document_id: str
    title: str
    standfirst: str = ""
    summary: str = ""
    site: str = ""
    url: str = ""
    language: str = ""
    published_at: str | None = None
    topics: list[str]
    topic_evidence: dict[str, str]
    rules: dict[str, str]
    rules_unlisted: int | None = None
    source_key: str
    processed_at: str
    story_id: str = ""
    first_for: list[str] = Field(default_factory=list)
    changes: list[Change] = Field(default_factory=list)
    also_in: list[Mention] = Field(default_factory=list)
    perhaps_same_story: str | None = None
    perhaps_in: list[Mention] = Field(default_factory=list)
