"""Answers of commands that ask the files of the days."""

from pydantic import Field

from infra.cli.answers.base import Answer


class SearchMatch(Answer):
    """A record that a search found. Times are in UTC; a field that the page did not tell is empty."""

    document_id: str
    processed_at: str
    published_at: str = Field(description="When the article was published, else when it was processed.")
    site: str
    topic: str
    language: str
    title: str
    url: str
    sentence: str = Field(description="The one that matched.")


class Search(Answer):
    matches: list[SearchMatch]
    more: bool = Field(description="Whether there are more than `--limit`.")


class Stats(Answer):
    by: str
    counts: dict[str, int] = Field(description="By value, the most frequent first; days newest first.")


class SavedQuestion(Answer):
    name: str
    about: str
    sql: str


class Asked(Answer):
    """The rows of an answer, or without a question the list of those that are saved."""

    rows: list[dict[str, str]] | None = Field(None, description="By column, the first thousand; all values as text.")
    scanned_bytes: int | None = Field(None, description="What Athena read, and bills.")
    questions: list[SavedQuestion] | None = None
