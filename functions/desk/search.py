"""Searching the stored records with the query language of rules, newest first, until the view is full.

Of today and yesterday every record is read, by the index of days. Of older days only those are read that the copy of
the texts has the query's terms in. What is shown was read from the records table in any case, so that nothing deleted
or changed since is found.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from functions.desk.lists import PAGE_SIZE, days_from, mark_before, pages_of
from functions.desk.ports import DayTexts, DeskRecords, RecordLine, line_of_record
from functions.desk.request import Mark
from shared.domain.documents import Outcome, Record
from shared.domain.rules import Rule
from shared.rules.document import SearchableDocument
from shared.rules.matcher import RuleSet
from shared.rules.parser import parse

MAX_READ = 2_000  # records of one call, by judgement: some 15 s with long texts
MAX_SECONDS = 12.0  # of one call, by judgement: a person waits, and the function has 30
MAX_DAYS_A_CALL = 400  # by judgement: a query of an empty day takes some 5 ms
MAX_DAYS_NOT_COPIED = 14  # that are read by their index: as long as a message waits to be mended, the copy may be late
RECORDS_A_READ = 50  # records with their texts read at once, some 1 MB
SEARCH_NAME = "search"


@dataclass(frozen=True)
class SearchResult:
    """What a search found. `searched` counts the records that were looked at, the oldest of them of `back_to`.

    `after` is the mark to go on from, None where all was searched.
    """

    lines: Sequence[RecordLine]
    searched: int
    back_to: str = ""
    after: Mark | None = None


@dataclass(frozen=True)
class Part:
    """Some documents that may match, newest first: those to read, how many were looked at, where to go on."""

    document_ids: Sequence[str]
    searched: int
    back_to: str
    after: Mark | None


@dataclass
class RecordSearch:
    """One search. Raises `BadQuery` where the query cannot be read."""

    records: DeskRecords
    day_texts: DayTexts
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
        searched, read, back_to, last = 0, 0, "", None
        for part in self.parts(newest, after):
            found += self.matching(part.document_ids)
            searched, read = searched + part.searched, read + len(part.document_ids)
            back_to, last = part.back_to or back_to, part.after
            if len(found) >= self.limit or read >= MAX_READ or self.clock() >= until:
                break
        return SearchResult(found, searched, back_to, last)

    def parts(self, newest: date, after: Mark | None) -> Iterator[Part]:
        """Everything from the mark on, in parts; the last one has no mark where nothing older is known."""
        copied = self.day_texts.days()
        days = days_from(newest, after, MAX_DAYS_A_CALL)
        fresh = first_fresh_day(newest, copied[0]) if copied else ""
        recent = [day for day in days if day >= fresh]
        older = [day for day in copied if day < fresh and day <= days[0]]
        yield from self.parts_of_index(recent, after, ends=bool(copied) and not older)
        yield from self.parts_of_copy(older, None if recent else after)

    def parts_of_index(self, days: Sequence[str], after: Mark | None, *, ends: bool) -> Iterator[Part]:
        """Every record of these days. `ends`: nothing older is known."""
        for number, day in enumerate(days):
            end = None if ends and number + 1 == len(days) else mark_before(day)
            for page in pages_of(self.records, "day", day, after if number == 0 else None, RECORDS_A_READ):
                lines = [line for line in page.lines if self.is_wanted(line)]
                ids = [line.document_id for line in lines]
                yield Part(ids, len(lines), day if lines else "", page.after or end)

    def parts_of_copy(self, days: Sequence[str], after: Mark | None) -> Iterator[Part]:
        """The documents of these days that have the query's terms."""
        for number, found in enumerate(self.day_texts.candidates(days, self.query, self.topic)):
            begin = (after or {}).get("processed_at", "") if number == 0 else ""
            documents = [key for key in found.documents if not begin or key < (begin, (after or {})["document_id"])]
            end = mark_before(found.day) if number + 1 < len(days) else None
            batches = [documents[at : at + RECORDS_A_READ] for at in range(0, len(documents), RECORDS_A_READ)] or [[]]
            for place, batch in enumerate(batches):
                total = found.total if place == 0 else 0
                mark = end if place + 1 == len(batches) else mark_of_key(found.day, batch[-1])
                yield Part([document_id for _, document_id in batch], total, found.day, mark)

    def is_wanted(self, line: RecordLine) -> bool:
        return line.outcome == Outcome.PUBLISHED and (not self.topic or line.topic == self.topic)

    def matching(self, document_ids: Sequence[str]) -> Iterator[RecordLine]:
        records = self.records.find_many(document_ids) if document_ids else {}
        for document_id in document_ids:
            sentence = self.sentence_in(document_id, records)
            if sentence is not None:
                yield line_of_record(records[document_id], sentence)

    def sentence_in(self, document_id: str, records: Mapping[str, Record]) -> str | None:
        """The sentence that satisfies the query, None where the record does not."""
        record = records.get(document_id)
        if record is None or record.outcome is not Outcome.PUBLISHED:
            return None
        return sentence_of(self.rules, record)


def first_fresh_day(newest: date, last_copied: str) -> str:
    """The first of the days that are read by their index: yesterday, or the day after the last that was copied."""
    yesterday, missing = newest - timedelta(days=1), date.fromisoformat(last_copied) + timedelta(days=1)
    return f"{min(yesterday, max(missing, newest - timedelta(days=MAX_DAYS_NOT_COPIED)))}"


def mark_of_key(day: str, key: tuple[str, str]) -> Mark:
    return {"processed_on": day, "processed_at": key[0], "document_id": key[1]}


def sentence_of(rules: RuleSet, record: Record) -> str | None:
    """The sentence of the record that a single query matched, None where none did."""
    return next((match.sentence for match in rules.match(SearchableDocument.of_record(record))), None)
