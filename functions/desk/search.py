"""Searching the stored records with the query language of rules, newest first, until the view is full."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from functions.desk.lists import PAGE_SIZE, days_back, mark_of_day, pages_of, pages_of_days
from functions.desk.ports import DeskRecords, LinePage, RecordLine
from functions.desk.request import Mark
from shared.domain.documents import Outcome, Record
from shared.domain.rules import Rule
from shared.rules.document import SearchableDocument
from shared.rules.matcher import RuleSet
from shared.rules.parser import parse

MAX_SEARCHED = 2_000  # records of one call, by judgement: some 20 s of a function's CPU with long texts
MAX_SECONDS = 12.0  # of one call, by judgement: a person waits, and the function has 30
RECORDS_A_READ = 50  # records with their texts read at once, some 1 MB
SEARCH_NAME = "search"


@dataclass(frozen=True)
class SearchResult:
    """What a search found. `searched` counts the records that were read, the oldest of them processed at `back_to`.

    `after` is the mark to go on from, None where all was searched.
    """

    lines: Sequence[RecordLine]
    searched: int
    back_to: str = ""
    after: Mark | None = None


@dataclass
class RecordSearch:
    """One search. Raises `BadQuery` where the query cannot be read."""

    records: DeskRecords
    query: str
    topic: str = ""
    clock: Callable[[], float] = time.monotonic
    limit: int = PAGE_SIZE
    rules: RuleSet = field(init=False)

    def __post_init__(self) -> None:
        parse(self.query)
        self.rules = RuleSet([Rule(name=SEARCH_NAME, query=self.query)])

    def run(self, newest: date, after: Mark | None) -> SearchResult:
        until = self.clock() + MAX_SECONDS
        found: list[RecordLine] = []
        searched, last = 0, None
        for batch in self.batches(newest, after):
            found += self.matching(batch)
            searched, last = searched + len(batch), batch[-1]
            if len(found) >= self.limit or searched >= MAX_SEARCHED or self.clock() >= until:
                return SearchResult(found, searched, last.processed_at or "", self.mark_of(last))
        return SearchResult(found, searched, (last.processed_at or "") if last else "")

    def batches(self, newest: date, after: Mark | None) -> Iterator[Sequence[RecordLine]]:
        """The lines of published records, newest first, so many at once as are read together."""
        lines = (line for page in self.pages(newest, after) for line in page.lines if line.outcome == Outcome.PUBLISHED)
        while batch := list(islice(lines, RECORDS_A_READ)):
            yield batch

    def pages(self, newest: date, after: Mark | None) -> Iterator[LinePage]:
        if self.topic:
            return pages_of(self.records, "topic", self.topic, after, RECORDS_A_READ)
        return pages_of_days(self.records, days_back(newest), after, RECORDS_A_READ)

    def matching(self, lines: Sequence[RecordLine]) -> Iterator[RecordLine]:
        records = self.records.find_many([line.document_id for line in lines])
        for line in lines:
            sentence = self.sentence_in(line.document_id, records)
            if sentence is not None:
                yield line.model_copy(update={"sentence": sentence})

    def sentence_in(self, document_id: str, records: Mapping[str, Record]) -> str | None:
        """The sentence that satisfies the query, None where the record does not."""
        record = records.get(document_id)
        if record is None or record.outcome is not Outcome.PUBLISHED:
            return None
        return sentence_of(self.rules, record)

    def mark_of(self, line: RecordLine) -> Mark:
        if self.topic:
            return {"topic": self.topic, "timeline_at": line.timeline_at or "", "document_id": line.document_id}
        return mark_of_day(line)


def sentence_of(rules: RuleSet, record: Record) -> str | None:
    """The sentence of the record that a single query matched, None where none did."""
    return next((match.sentence for match in rules.match(SearchableDocument.of_record(record))), None)
