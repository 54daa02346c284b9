"""A query tried on the records already there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from rich.text import Text

from infra.cli.screen.output import ConsoleProgress, err, out, plain, when, words
from infra.cli.trials.backtest import Backtest, Wish, backtest, lean
from infra.cli.trials.backtest import show as show_backtest
from infra.stack.deployment.deploying import deployed_parameters
from infra.stack.records.documents import Item, Question, find_many, page_of
from infra.stack.records.whole_texts import MAX_TEXTS, WholeTexts
from infra.stack.target import Target
from shared.adapters.dynamodb_records import record_of
from shared.domain.documents import Record
from shared.domain.rules import Rule
from shared.domain.views import View
from shared.rules.document import SearchableDocument
from shared.rules.matcher import RuleSet

MAX_RECORDS = 20_000  # records read by one trial, by judgement: a minute or two, and some ten cents of reads
_BATCH = 100  # records a call, the most that DynamoDB gives
_TRIAL = "trial"  # what the rule is called while it is tried
_READ = (
    "outcome", "sequencer", "source_bucket", "source_key", "processed_at", "pipeline_version", "title", "standfirst",
    "text", "text_location", "summary", "site", "url", "language", "topics", "people", "organisations", "places",
    "rules", "published_at", "timeline_at", "content_hash", "story_id", "numbers", "perhaps_same_story", "alerts_off",
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
    `sent` is what a rule of this query would have brought its readers.
    """

    days: list[str]
    read: int
    clipped: int
    matches: list[Match]
    is_whole: bool
    sent: Backtest

    def document(self, query: str, read_as: str) -> dict[str, Any]:
        said = {
            "query": query,
            "read_as": read_as,
            "records": self.read,
            "by_lead_only": self.clipped,
            "whole": self.is_whole,
        }
        matches = [vars(match) for match in self.matches]
        return {**said, "days": self.by_day(), "sent": self.sent.document(), "matches": matches}

    def by_day(self) -> dict[str, int]:
        """The pages that matched on each day."""
        counts = Counter(match.processed_at[:10] for match in self.matches)
        return {day: counts[day] for day in self.days}


def run(target: Target, query: str, days: int) -> Trial:
    """Reads the days' records newest first, up to a bound, and tells of them as notify would, the oldest first."""
    rules = RuleSet([Rule(name=_TRIAL, query=query)])
    texts, matches, records = WholeTexts(target), list[Match](), list[Record]()
    with ConsoleProgress().step("Reading the records") as note:
        for record in recent_records(target, days):
            found = matches_of_record(rules, texts.whole(record))
            matches += found
            records.append(lean(record.model_copy(update={"rules": [_TRIAL] if found else None})))
            if not len(records) % _BATCH:
                note(f"{len(records)} read, {len(matches)} matched")
    sent = backtest(records, Wish([View("rule", _TRIAL).text]), alerts_an_hour(target))
    return Trial(days_back(days), len(records), texts.unread, matches, len(records) < MAX_RECORDS, sent)


def recent_records(target: Target, days: int) -> Iterator[Record]:
    """The published records of the last days, the newest first, up to a bound."""
    return map(record_of, islice(published_records(target, days_back(days)), MAX_RECORDS))


def days_back(days: int) -> list[str]:
    return [f"{datetime.now(UTC) - timedelta(days=back):%Y-%m-%d}" for back in range(days)]


def alerts_an_hour(target: Target) -> int:
    """How many alerts an hour a view of this stack gets singly; 0 is no limit."""
    return int(deployed_parameters(target).get("MostAlertsAnHour") or 0)


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
    out.print(words(f"read as  {read_as}", "dim"))
    out.print(words(f"{len(trial.matches)} of {trial.read} records match."))
    show_backtest(trial.sent, len(trial.days))
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
