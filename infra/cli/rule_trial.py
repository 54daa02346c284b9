"""A query tried on the records already there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from rich.text import Text

from infra.cli.output import ConsoleProgress, err, out, plain, table, when, words
from infra.stack.documents import Item, Question, find_many, page_of
from infra.stack.target import Target
from infra.stack.whole_texts import MAX_TEXTS, WholeTexts
from shared.adapters.dynamodb_records import record_of
from shared.domain.documents import Record
from shared.domain.rules import Rule
from shared.rules.document import SearchableDocument
from shared.rules.matcher import RuleSet

MAX_RECORDS = 20_000  # records read by one trial, by judgement: a minute or two, and some ten cents of reads
_BATCH = 100  # records a call, the most that DynamoDB gives
_BAR = 30  # columns of the longest bar, by judgement
_READ = (
    "outcome", "sequencer", "source_bucket", "source_key", "processed_at", "pipeline_version", "title", "standfirst",
    "text", "text_location", "summary", "site", "url", "language", "topics", "people", "organisations", "places",
)  # fmt: skip


@dataclass(frozen=True)
class Match:
    document_id: str
    processed_at: str
    site: str
    title: str
    sentence: str


@dataclass(frozen=True)
class Trial:
    """What a query would have done in so many days.

    `read` counts the records that it was held against, `clipped` those of them that are known by their lead only.
    """

    days: list[str]
    read: int
    clipped: int
    matches: list[Match]
    is_whole: bool

    def by_day(self) -> dict[str, int]:
        counts = Counter(match.processed_at[:10] for match in self.matches)
        return {day: counts[day] for day in self.days}

    def document(self, query: str, read_as: str) -> dict[str, Any]:
        said = {
            "query": query,
            "read_as": read_as,
            "records": self.read,
            "by_lead_only": self.clipped,
            "whole": self.is_whole,
        }
        return {**said, "days": self.by_day(), "matches": [vars(match) for match in self.matches]}


def run(target: Target, query: str, days: int) -> Trial:
    """Reads the days' records newest first, up to a bound; the whole is held in memory by its matches only."""
    rules = RuleSet([Rule(name="trial", query=query)])
    names = [f"{datetime.now(UTC) - timedelta(days=back):%Y-%m-%d}" for back in range(days)]
    read, texts = 0, WholeTexts(target)
    matches: list[Match] = []
    with ConsoleProgress().step("Reading the records") as note:
        for item in islice(published_records(target, names), MAX_RECORDS):
            read += 1
            matches += matches_of_record(rules, texts.whole(record_of(item)))
            if not read % _BATCH:
                note(f"{read} read, {len(matches)} matched")
    return Trial(names, read, texts.unread, matches, read < MAX_RECORDS)


def published_records(target: Target, days: list[str]) -> Iterator[Item]:
    for day in days:
        after: str | None = None
        while True:
            found, after = page_of(target, Question(date=day), _BATCH, after)
            ids = [item["document_id"] for item in found if item.get("outcome") == "published"]
            records = find_many(target, ids, _READ)
            yield from (records[name] for name in ids if records.get(name, {}).get("outcome") == "published")
            if after is None:
                break


def matches_of_record(rules: RuleSet, record: Record) -> list[Match]:
    return [
        Match(record.document_id, record.processed_at, record.site or "", record.title or "", match.sentence)
        for match in rules.match(SearchableDocument.of_record(record))
    ]


def show(trial: Trial, read_as: str, limit: int) -> None:
    a_day = len(trial.matches) / len(trial.days)
    out.print(words(f"read as  {read_as}", "dim"))
    out.print(
        words(f"{len(trial.matches)} of {trial.read} records in {len(trial.days)} days, {a_day:.1f} alerts a day")
    )
    most = max(trial.by_day().values(), default=0)
    if most:
        out.print(
            table(
                "",
                ("day", "alerts", ""),
                ((day, count, "█" * -(-count * _BAR // most)) for day, count in trial.by_day().items() if count),
            )
        )
    for match in trial.matches[:limit]:
        out.print(told(match.document_id, match.processed_at, match.site, match.title, match.sentence))
    if len(trial.matches) > limit:
        err.print(words(f"{len(trial.matches) - limit} more: raise `--limit`, or use `--json`.", "dim"))
    if trial.clipped:
        why = f"{MAX_TEXTS} are read whole, if they are there and you may read them"
        err.print(
            words(
                f"{trial.clipped} long texts were read by their lead only: up to {why}. New pages are read whole.",
                "yellow",
            )
        )
    if not trial.is_whole:
        err.print(words(f"Stopped after {MAX_RECORDS} records: ask for fewer days.", "yellow"))


def told(document_id: str, at: str, site: str, title: str, sentence: str) -> Text:
    """One match as a person reads it on a terminal of any width."""
    where = "  ".join(plain(part) for part in (document_id[:8], when(at), site) if part)
    return Text.assemble((f"{where}\n", "dim"), (f"  {plain(title)}\n", "bold"), f"  because of: {plain(sentence)}")
