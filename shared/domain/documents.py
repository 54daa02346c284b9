"""What Clipwire knows about one document, from the object in the bucket to the record a team reads."""

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.domain.clean_text import CleanLine, CleanText

DateSource = Literal["declared", "inferred", "none"]
NameKind = Literal["person", "organisation", "place"]


class Frozen(BaseModel):
    """Base of all domain models: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Section(Frozen):
    """One part of an article under its own heading; the heading is empty for the part before the first one."""

    heading: CleanLine
    text: CleanText


class Article(Frozen):
    """The article of one page. Empty string, empty list or None where the page does not say.

    `text` holds paragraphs separated by blank lines, NFC, without control characters. Times are ISO 8601 at the
    precision the page gives: `2025-05-01`, `2025-05-01T08:45:00` (wall clock, zone unknown) or
    `2025-05-01T08:45:00+05:30`. `sources` says where each filled field came from, for example `{"title": "json-ld"}`.
    No string has a character that a reader cannot see: their types take such out, whatever gave them.
    `extraction_confidence` is the probability, 0 to 1, that the page is an article at all; None in messages of versions
    that did not measure it.
    """

    title: CleanLine = ""
    standfirst: CleanLine = ""
    authors: list[CleanLine] = Field(default_factory=list)
    site: CleanLine = ""
    url: CleanLine = ""
    published_at: CleanLine | None = None
    published_at_source: DateSource = "none"
    modified_at: CleanLine | None = None
    dateline: CleanLine = ""
    language: CleanLine = ""
    breadcrumb: list[CleanLine] = Field(default_factory=list)
    text: CleanText = ""
    sections: list[Section] = Field(default_factory=list)
    image_url: CleanLine = ""
    image_caption: CleanLine = ""
    image_credit: CleanLine = ""
    sources: dict[str, CleanLine] = Field(default_factory=dict)
    extraction_confidence: float | None = None

    def content_hash(self) -> str:
        """Hex digest of what a reader would see change: title, standfirst and text."""
        return hashlib.sha256(f"{self.title}\x1f{self.standfirst}\x1f{self.text}".encode()).hexdigest()


class PageFacts(Frozen):
    """What a page told of itself before it was rejected, so that a person finds it again; empty where it did not."""

    title: CleanLine = ""
    site: CleanLine = ""
    url: CleanLine = ""
    language: CleanLine = ""


class TopicScore(Frozen):
    """One of the 17 IPTC Media Topics with its calibrated probability and the terms that drove it."""

    slug: str
    score: float
    evidence: list[str] = Field(default_factory=list)


class Name(Frozen):
    """A person, organisation or place, and how often the text speaks of it.

    `text` is how the text has it; `listed` is a place's plain form where the text has another case of it: `Россия` for
    `России`.
    """

    text: str
    kind: NameKind
    count: int
    listed: str = ""

    @property
    def plain(self) -> str:
        """The form for records and rules."""
        return self.listed or self.text


class RuleMatch(Frozen):
    """A team's rule that a document satisfied, and the sentence that did it."""

    rule: str
    sentence: str


class Outcome(StrEnum):
    """How an object version ended. There is no fourth."""

    PUBLISHED = "published"
    REJECTED = "rejected"
    DELETED = "deleted"


class Source(Frozen):
    """One version of one object in the pages bucket, as the S3 event names it."""

    bucket: str
    key: str
    etag: str = ""
    sequencer: str = ""

    @property
    def document_id(self) -> str:
        """Stable identifier of the object, whatever its version."""
        return document_id(self.bucket, self.key)

    @property
    def version(self) -> str:
        """The version's place in the order of the object's versions: what the ledger compares."""
        return comparable_sequencer(self.sequencer)

    @property
    def correlation_id(self) -> str:
        """The same for one object version in all functions, however often it is processed."""
        return f"{self.document_id}:{self.version}"


def document_id(bucket: str, key: str) -> str:
    """32 hex digits derived from bucket and key; the record's partition key."""
    return hashlib.sha256(f"{bucket}/{key}".encode()).hexdigest()[:32]


def opened_story_id(document_id: str) -> str:
    """32 hex digits: the id of the story that this document opens, or would open."""
    return hashlib.sha256(f"story/{document_id}".encode()).hexdigest()[:32]


def comparable_sequencer(sequencer: str) -> str:
    """An S3 sequencer as a string that sorts in event order.

    S3 says to pad on the right with zeros before comparing; dropping trailing zeros gives the same order at any length.
    """
    return sequencer.upper().rstrip("0")


class Enrichment(Frozen):
    """What enrich adds to an article."""

    topics: list[TopicScore] = Field(default_factory=list)
    topics_note: str = ""
    names: list[Name] = Field(default_factory=list)
    rules: list[RuleMatch] = Field(default_factory=list)
    rules_unlisted: int = 0
    summary: str = ""
    key_phrases: list[str] = Field(default_factory=list)
    word_count: int = 0
    reading_minutes: int = 0
    fingerprint: str = ""
    numbers: list[str] = Field(default_factory=list)


class Record(Frozen):
    """One row of the records table: flat, plain names, ISO times, readable without opening the item.

    A published record has an article; a rejected one a `reason`, a `detail` and what the page told of itself; a deleted
    one is a tombstone that expires. `sequencer` is the version in its comparable form. `timeline_at` (UTC) is what
    lists sort by: when the article was published, else when it was processed. `topics_note` says why there is no topic.
    `rules_unlisted` counts rules that matched and found no room in `rules`. `text_location` points at the whole article
    where it is too large for the item. `alerts_off` is true where the uploader asked that nobody be alerted of this
    version.

    `story_id` names the story of the article: 32 hex digits, made from the id of the document that opened it (the
    article opened its own story where it is `opened_story_id(document_id)`). `story_probability` and `story_evidence`
    say how sure that is, and why. `perhaps_same_story` names another story that the article may belong to. `numbers`
    has the numbers of the text, each with its noun or unit where the text gives one, such as `12 people`.
    """

    document_id: str
    outcome: Outcome
    sequencer: str
    source_bucket: str
    source_key: str
    etag: str = ""
    processed_at: str
    processed_on: str | None = None
    pipeline_version: str
    correlation_id: str = ""
    reason: CleanLine | None = None
    detail: CleanLine | None = None
    attention: CleanLine | None = None
    expires_at: int | None = None
    timeline_at: str | None = None
    title: CleanLine | None = None
    standfirst: CleanLine | None = None
    site: CleanLine | None = None
    url: CleanLine | None = None
    authors: list[CleanLine] | None = None
    published_at: CleanLine | None = None
    published_at_source: DateSource | None = None
    modified_at: CleanLine | None = None
    dateline: CleanLine | None = None
    language: CleanLine | None = None
    breadcrumb: list[CleanLine] | None = None
    image_url: CleanLine | None = None
    image_caption: CleanLine | None = None
    image_credit: CleanLine | None = None
    topic: CleanLine | None = None
    topics: list[CleanLine] | None = None
    topic_scores: Mapping[str, float] | None = None
    topic_evidence: Mapping[str, CleanLine] | None = None
    topics_note: CleanLine | None = None
    people: list[CleanLine] | None = None
    organisations: list[CleanLine] | None = None
    places: list[CleanLine] | None = None
    rules: list[str] | None = None
    rule_sentences: Mapping[str, CleanLine] | None = None
    rules_unlisted: int | None = None
    summary: CleanText | None = None
    key_phrases: list[CleanLine] | None = None
    text: CleanText | None = None
    text_location: str | None = None
    sections: list[Section] | None = None
    word_count: int | None = None
    reading_minutes: int | None = None
    fingerprint: str | None = None
    content_hash: str | None = None
    alerts_off: bool | None = None
    sources: Mapping[str, CleanLine] | None = None
    extraction_confidence: float | None = None
    story_id: str | None = None
    story_probability: float | None = None
    story_evidence: CleanLine | None = None
    perhaps_same_story: str | None = None
    numbers: list[CleanLine] | None = None
