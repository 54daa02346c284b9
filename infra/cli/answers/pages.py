"""Answers of commands about pages and their records."""

from typing import Any

from pydantic import Field

from infra.cli.answers.base import Answer


class PageOutcome(Answer):
    """What became of a page, as far as it is known."""

    document_id: str | None = None
    outcome: str | None = None
    reason: str | None = None
    detail: str | None = None
    title: str | None = None
    topics: list[str] | None = None
    site: str | None = None
    language: str | None = None
    source_key: str | None = None
    published_at: str | None = None
    processed_at: str | None = None
    alerted_at: str | None = None


class UploadedPage(PageOutcome):
    file: str
    key: str
    unchanged: bool = Field(description="Whether it was there already, and not sent (--skip-unchanged).")
    url: str | None


class LeftOut(Answer):
    file: str
    why: str


class Upload(Answer):
    uploaded: int
    unchanged: int
    failed: int
    stopped: bool = Field(description="Whether Ctrl-C ended it.")
    pages: list[UploadedPage] = Field(description="The first 10,000 that are in the bucket.")
    left_out: list[LeftOut]


class Invite(Answer):
    """A presigned form: its address, and the fields that go before the file."""

    url: str
    fields: dict[str, str]
    folder: str
    max_bytes: int
    expires_at: str
    page: str | None = None


class Records(Answer):
    """Each record has the attributes of `clipwire schema show` that its list keeps."""

    records: list[dict[str, Any]]
    after: str | None = Field(description="What `--after` goes on from; null at the end.")
