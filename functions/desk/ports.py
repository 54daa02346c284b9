"""What the desk needs from the outside: reading, and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from functions.desk.request import Mark
from shared.domain.clean_text import CleanLine, CleanText
from shared.domain.documents import Article, Record
from shared.domain.history import HistoryLine
from shared.domain.messages import ArticleLocation
from shared.domain.rules import Rule

ListName = Literal["day", "topic", "site", "attention", "rule", "story"]


class RecordLine(BaseModel):
    """What a list shows of one record. What its index does not keep is None.

    `sentence` is why the line is there: the sentence that made a rule or a search match.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    document_id: str
    outcome: str = "published"
    reason: CleanLine | None = None
    detail: CleanLine | None = None
    title: CleanLine | None = None
    summary: CleanText | None = None
    site: CleanLine | None = None
    url: CleanLine | None = None
    language: CleanLine | None = None
    topic: CleanLine | None = None
    topics: list[CleanLine] = Field(default_factory=list)
    rules: list[CleanLine] = Field(default_factory=list)
    published_at: CleanLine | None = None
    processed_at: CleanLine | None = None
    timeline_at: CleanLine | None = None
    source_key: CleanLine | None = None
    story_probability: float | None = None
    story_evidence: CleanLine | None = None
    sentence: CleanLine | None = None


@dataclass(frozen=True, slots=True)
class LinePage:
    """Lines of one list, newest first. `after` is the mark to go on from, None where the list ends."""

    lines: Sequence[RecordLine]
    after: Mark | None = None


def line_of_record(record: Record, sentence: str) -> RecordLine:
    """The line of a record that was read whole, with why it is there."""
    known = record.model_dump(include=set(RecordLine.model_fields), exclude_none=True)
    return RecordLine.model_validate({**known, "sentence": sentence})


class DeskRecords(Protocol):
    """The records table, its indexes and the matches table."""

    def page(self, name: ListName, value: str, after: Mark | None, limit: int) -> LinePage:
        """One page of a list: of a topic, a site, a rule, a story, a day of processing, or a kind of attention.

        A mark of another list counts as none.
        """

    def find(self, document_id: str) -> Record | None:
        """The whole record, None where there is none."""

    def find_many(self, document_ids: Sequence[str]) -> Mapping[str, Record]:
        """The whole records that are there, by id."""


@dataclass(frozen=True, slots=True)
class DayCandidates:
    """The documents of one day that may match a query, newest first: `(processed_at, document_id)` of each.

    `total` counts all documents of the day that were looked at.
    """

    day: str
    documents: Sequence[tuple[str, str]]
    total: int


class DayTexts(Protocol):
    """The copy of the texts by day, which is up to an hour behind the records."""

    def days(self) -> Sequence[str]:
        """The days that there is a copy of, newest first; none where no texts are copied."""

    def candidates(self, days: Sequence[str], query: str, topic: str) -> Iterator[DayCandidates]:
        """What may match on each of the days, in their order. An empty topic is any."""


class DeskTexts(Protocol):
    """The articles that are too large for a record."""

    def fetch_article(self, location: ArticleLocation) -> Article | None:
        """The whole article, None where it is gone."""


class DeskRules(Protocol):
    """The rules table."""

    def enabled(self) -> list[Rule]:
        """Every rule that is switched on."""


class DeskHistory(Protocol):
    """The history table."""

    def lines(self, document_id: str) -> list[HistoryLine]:
        """A line for each version of the document that ended, oldest first."""
