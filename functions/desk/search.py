"""Searching the stored records with the query language of rules, newest first, until the view is full."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from functions.desk.lists import PAGE_SIZE, days_from, mark_before, pages_of
from functions.desk.ports import DeskRecords, LinePage, RecordLine
from functions.desk.request import Mark
from shared.domain.documents import Outcome, Record
from shared.domain.rules import Rule
from shared.rules.document import SearchableDocument
from shared.rules.matcher import RuleSet
from shared.rules.parser import parse

MAX_SEARCHED = 2_000  # records of one call, by judgement: some 20 s of a function's CPU with long texts
MAX_SECONDS = 12.0  # of one call, by judgement: a person waits, and the function has 30
MAX_DAYS_A_CALL = 400  # by judgement: a query of an empty day takes some 5 ms
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
        """Reads until the view is full, or until the call's bounds; then it says how far it came."""
        until = self.clock() + MAX_SECONDS
        found: list[RecordLine] = []
        searched, back_to, last = 0, "", after
        for page, here in self.pages(newest, after):
            lines = [line for line in page.lines if line.outcome == Outcome.PUBLISHED]
            found += self.matching(lines)
            searched += len(lines)
            back_to = lines[-1].processed_at or back_to if lines else back_to
            last = here
            if here is None or len(found) >= self.limit or searched >= MAX_SEARCHED or self.clock() >= until:
                break
        return SearchResult(found, searched, back_to, last)

    def pages(self, newest: date, after: Mark | None) -> Iterator[tuple[LinePage, Mark | None]]:
        """Pages of lines, newest first, each with the mark to go on after it; None where the list ends."""
        if self.topic:
            for page in pages_of(self.records, "topic", self.topic, after, RECORDS_A_READ):
                yield page, page.after
            return
        for number, day in enumerate(days_from(newest, after, MAX_DAYS_A_CALL)):
            for page in pages_of(self.records, "day", day, after if number == 0 else None, RECORDS_A_READ):
                yield page, page.after or mark_before(day)

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


def sentence_of(rules: RuleSet, record: Record) -> str | None:
    """The sentence of the record that a single query matched, None where none did."""
    return next((match.sentence for match in rules.match(SearchableDocument.of_record(record))), None)
