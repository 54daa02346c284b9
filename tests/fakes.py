"""In-memory stand-ins for the ports. They pass the same contract tests as the AWS adapters."""

import hashlib
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from functions.desk.dynamodb_desk_records import INDEXES
from functions.desk.ports import DayCandidates, LinePage, RecordLine
from functions.desk.request import Mark
from functions.export.ports import ExportState
from functions.reconcile.ports import Run
from functions.reconcile.record_states import Finding, RecordState, StoredObject
from shared.adapters.dynamodb_stories import MAX_FOUND_UNDER_A_KEY
from shared.adapters.s3_pages import KEPT, PARKED, article_key, is_superseded, location_of
from shared.domain.digests import Digest, DigestMessage, WaitingStory, Window, partition_of
from shared.domain.documents import Article, Outcome, Record, RuleMatch, Source
from shared.domain.errors import Reason, Rejected
from shared.domain.history import HistoryLine, is_late_alert, line_of_record
from shared.domain.limits import MAX_ITEM_BYTES, MAX_MESSAGE_BYTES, MAX_PAGE_BYTES
from shared.domain.messages import Alert, AlertKind, Announcement, ArticleLocation, ArticleMessage
from shared.domain.rules import Rule
from shared.domain.stories import StoredCounts, StoryDecision, StoryRow
from shared.domain.told import Told, is_told, story_of
from shared.ports import AskedView, HeldAlert, Page, WriteResult
from shared.times import iso_utc


@dataclass
class FakePages:
    """`objects` by bucket and key is what people uploaded, `quiet` those of them whose alerts are switched off;
    `articles` by `s3://` address is what the stages keep.
    """

    bucket: str = "pages"
    objects: dict[tuple[str, str], bytes] = field(default_factory=dict)
    quiet: set[tuple[str, str]] = field(default_factory=set)
    articles: dict[str, Article] = field(default_factory=dict)
    max_page_bytes: int = MAX_PAGE_BYTES

    def read_page(self, source: Source) -> Page:
        body = self.objects.get((source.bucket, source.key))
        if body is None:
            raise Rejected(Reason.GONE, "the object was gone before it was read")
        if len(body) > self.max_page_bytes:
            raise Rejected(Reason.TOO_LARGE, "the page is larger than is read")
        return Page(body=body, etag=etag_of(body), alerts_off=(source.bucket, source.key) in self.quiet)

    def find_etag(self, source: Source) -> str | None:
        body = self.objects.get((source.bucket, source.key))
        return None if body is None else etag_of(body)

    def park_article(self, source: Source, article: Article) -> ArticleLocation:
        return self._put(PARKED, source, article)

    def keep_article(self, source: Source, article: Article) -> str:
        return self._put(KEPT, source, article).address

    def fetch_article(self, location: ArticleLocation) -> Article | None:
        return self.articles.get(location.address)

    def drop_article(self, location: ArticleLocation) -> None:
        self.articles.pop(location.address, None)

    def drop_copies(self, document_id: str, version: str, keep: str | None = None) -> None:
        for address in list(self.articles):
            key = location_of(address).key
            if f"/{document_id}/" in key and is_superseded(key, version) and address != keep:
                del self.articles[address]

    def kept(self, prefix: str) -> dict[str, Article]:
        """What stands under `texts` or `handoff`, by address."""
        return {
            address: article
            for address, article in self.articles.items()
            if location_of(address).key.startswith(f"{prefix}/")
        }

    def _put(self, prefix: str, source: Source, article: Article) -> ArticleLocation:
        location = ArticleLocation(bucket=self.bucket, key=article_key(prefix, source))
        self.articles[location.address] = article
        return location


def etag_of(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


@dataclass
class FakeHandoff:
    """Refuses a message that SQS would refuse."""

    articles: list[ArticleMessage] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)

    def send_article(self, message: ArticleMessage) -> None:
        assert len(message.model_dump_json(exclude_none=True).encode()) <= MAX_MESSAGE_BYTES
        self.articles.append(message)

    def send_announcement(self, announcement: Announcement) -> None:
        self.announcements.append(announcement)


@dataclass
class FakeLedger:
    """`records` by document id. Refuses a record that DynamoDB would refuse."""

    records: dict[str, Record] = field(default_factory=dict)

    def find(self, document_id: str) -> Record | None:
        return self.records.get(document_id)

    def write(self, record: Record) -> WriteResult:
        known = self.records.get(record.document_id)
        if known and known.sequencer >= record.sequencer:
            return WriteResult("duplicate" if known.sequencer == record.sequencer else "stale", known)
        self._put(record)
        return WriteResult("written", known)

    def rewrite(self, record: Record, known: Record) -> WriteResult:
        standing = self.records.get(record.document_id)
        if standing is None or identity(standing) != (record.sequencer, known.outcome, known.content_hash):
            return WriteResult("stale", standing)
        self._put(record)
        return WriteResult("written", standing)

    def _put(self, record: Record) -> None:
        assert item_bytes(record) <= MAX_ITEM_BYTES
        known = self.records.get(record.document_id)
        if known and record.outcome is not Outcome.PUBLISHED and not record.story_id:
            record = record.model_copy(update={"story_id": known.story_id})
        self.records[record.document_id] = record


def identity(record: Record) -> tuple[str, Outcome, str | None]:
    """What a rewriting compares."""
    return record.sequencer, record.outcome, record.content_hash


def item_bytes(record: Record) -> int:
    """An upper bound of what DynamoDB counts, which is each name and value in UTF-8 and a few bytes a nested value."""
    return len(record.model_dump_json(exclude_none=True).encode())


@dataclass
class FakeAlertLedger:
    """`items` by story id, as the told table holds them."""

    items: dict[str, Told] = field(default_factory=dict)

    def find(self, story_id: str) -> Told:
        return self.items.get(story_id, Told(story_id=story_id))

    def replace(self, told: Told) -> Told | None:
        standing = self.find(told.story_id)
        if standing.revision != told.revision - 1:
            return standing
        assert len(told.model_dump_json(exclude_defaults=True).encode()) <= MAX_ITEM_BYTES
        self.items[told.story_id] = told
        return None

    def is_told(self, record: Record) -> bool:
        """Whether this record's content is the last that its readers certainly heard of."""
        return is_told(self.find(story_of(record)), record)


@dataclass
class FakeViews:
    """`wishes` by view; `counts` has the alerts of a view and hour, `held` what waits, by view, story, document
    and alert.
    """

    wishes: dict[str, AskedView] = field(default_factory=dict)
    counts: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    held: dict[tuple[str, str, str, str], HeldAlert] = field(default_factory=dict)

    def ask(self, *views: str, most: int | None = None) -> None:
        """As `clipwire subscribe` does it."""
        self.wishes |= {view: AskedView(view, most) for view in views}

    def mute(self, view: str, until: int) -> None:
        """As `clipwire mute` does it."""
        self.wishes[view] = replace(self.wishes[view], muted_until=until)

    def asked(self) -> Mapping[str, AskedView]:
        return dict(self.wishes)

    def admit(self, view: str, hour: str, alert_id: str, most: int) -> bool:
        count = self.counts.setdefault((view, hour), set())
        if alert_id not in count and len(count) >= most:
            return False
        count.add(alert_id)
        return True

    def hold(self, held: HeldAlert) -> None:
        self.held.setdefault((held.view, held.story_id, held.document_id, held.alert_id), held)


@dataclass
class FakeDigests:
    """What waits is what the views hold; `wanted` has the digests that were asked for, `windows` their letters."""

    views: FakeViews
    wanted: dict[str, Digest] = field(default_factory=dict)
    windows: dict[str, Window] = field(default_factory=dict)

    def save(self, digest: Digest) -> None:
        self.wanted[digest.name] = digest
        for view in digest.views:
            asked = self.views.wishes.get(view, AskedView(view, most=0))
            self.views.wishes[view] = replace(asked, digests=tuple(sorted({*asked.digests, digest.name})))

    def drop(self, digest: Digest) -> None:
        self.wanted.pop(digest.name, None)
        for view in digest.views:
            asked = self.views.wishes.get(view, AskedView(view, most=0))
            left = tuple(name for name in asked.digests if name != digest.name)
            self.views.wishes[view] = replace(asked, digests=left)
        partition = partition_of(digest.name)
        self.windows.pop(partition, None)
        self.views.held = {key: held for key, held in self.views.held.items() if key[0] != partition}

    def digests(self) -> Sequence[Digest]:
        return list(self.wanted.values())

    def asked_views(self) -> Sequence[AskedView]:
        return list(self.views.wishes.values())

    def load(self, partition: str) -> tuple[Window, Sequence[WaitingStory]]:
        rows = [held for key, held in sorted(self.views.held.items()) if key[0] == partition]
        waiting = [WaitingStory(**{name: getattr(row, name) for name in WaitingStory.model_fields}) for row in rows]
        return self.windows.get(partition, Window(partition=partition)), waiting

    def replace(self, window: Window) -> bool:
        standing = self.windows.get(window.partition, Window(partition=window.partition))
        if standing.revision != window.revision - 1:
            return False
        self.windows[window.partition] = window
        return True

    def remove(self, partition: str, told: Sequence[WaitingStory]) -> None:
        for row in told:
            self.views.held.pop((partition, row.story_id, row.document_id, row.alert_id), None)


@dataclass
class FakeMembers:
    ledger: FakeLedger

    def of(self, story_id: str) -> Sequence[Record]:
        found = [r for r in self.ledger.records.values() if r.story_id == story_id and r.outcome is Outcome.PUBLISHED]
        return sorted(found, key=lambda record: record.timeline_at or "", reverse=True)


@dataclass
class FakeDigestTopics:
    sent: list[DigestMessage] = field(default_factory=list)

    def publish(self, message: DigestMessage) -> None:
        self.sent.append(message)


@dataclass
class FakeMatches:
    """`matches` by document id: the version they are of, and the matches."""

    matches: dict[str, tuple[str, tuple[RuleMatch, ...]]] = field(default_factory=dict)

    def replace(self, record: Record, matches: Sequence[RuleMatch]) -> None:
        if self.matches.get(record.document_id, ("", ()))[0] <= record.sequencer:
            self.matches[record.document_id] = (record.sequencer, tuple(matches))

    def remove_rule(self, name: str) -> None:
        """As `clipwire rules remove` does it."""
        for document, (sequencer, found) in self.matches.items():
            self.matches[document] = (sequencer, tuple(match for match in found if match.rule != name))

    def remove(self, document_id: str, sequencer: str) -> None:
        if self.matches.get(document_id, ("", ()))[0] <= sequencer:
            self.matches[document_id] = (sequencer, ())


@dataclass
class FakeHistory:
    """`entries` by document id and entry."""

    now: Callable[[], float] = time.time
    entries: dict[tuple[str, str], HistoryLine] = field(default_factory=dict)

    def note(self, line: HistoryLine) -> None:
        noted = line.model_copy(update={"noted_at": iso_utc(self.now())})
        self.entries.setdefault((line.document_id, line.entry), noted)

    def lines(self, document_id: str) -> list[HistoryLine]:
        return [self.entries[key] for key in sorted(self.entries) if key[0] == document_id]

    def noted_on(self, day: str, since: str = "") -> Iterator[HistoryLine]:
        found = [line for line in self.entries.values() if line.noted_at[:10] == day and line.noted_at >= since]
        yield from sorted(found, key=lambda line: line.noted_at)

    def note_alert(self, record: Record, alert_id: str, kind: AlertKind, at: str) -> None:
        key = (record.document_id, line_of_record(record, replaced=False).entry)
        if key in self.entries:
            told = {"alert_id": alert_id, "alert_kind": kind, "alerted_at": at}
            told |= {"noted_at": at} if is_late_alert(self.entries[key], at) else {}
            self.entries[key] = self.entries[key].model_copy(update=told)

    def strip(self, document_id: str) -> None:
        for line in self.lines(document_id):
            self.entries[document_id, line.entry] = line.model_copy(update={"marks": {}})


@dataclass
class FakeStories:
    """`rows` by document id, `found_by` the documents with their day under each key, as the stories table holds them."""

    rows: dict[str, StoryRow] = field(default_factory=dict)
    found_by: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    counts: dict[str, StoredCounts] = field(default_factory=dict)

    def enter(self, row: StoryRow) -> StoryRow:
        before = self.rows.get(row.document_id)
        if before and before.sequencer > row.sequencer:
            return before
        if before:
            self._drop_keys(before)
        self.rows[row.document_id] = replace(row, decision=before.decision if before else None)
        for key in row.keys:
            self.found_by.setdefault(key, set()).add((row.day, row.document_id))
        return self.rows[row.document_id]

    def look_up(self, keys: Sequence[str], first_day: str, last_day: str) -> Mapping[str, Sequence[str]]:
        return {key: self._newest(key, first_day, last_day) for key in keys}

    def fetch(self, document_ids: Sequence[str]) -> Sequence[StoryRow]:
        return [self.rows[name] for name in document_ids if name in self.rows]

    def decide(self, document_id: str, decision: StoryDecision) -> StoryDecision:
        row = self.rows.get(document_id)
        if row is None or row.decision:
            return row.decision if row and row.decision else decision
        self.rows[document_id] = replace(row, decision=decision)
        return decision

    def remove(self, document_id: str, sequencer: str) -> None:
        row = self.rows.get(document_id)
        if row and row.sequencer <= sequencer:
            self._drop_keys(row)
            del self.rows[document_id]

    def read_counts(self, language: str) -> StoredCounts | None:
        return self.counts.get(language)

    def write_counts(self, language: str, packed: bytes, before: int) -> bool:
        stored = self.counts.get(language)
        if (stored.revision if stored else 0) != before:
            return False
        self.counts[language] = StoredCounts(packed, before + 1)
        return True

    def _newest(self, key: str, first_day: str, last_day: str) -> list[str]:
        found = sorted(self.found_by.get(key, ()), reverse=True)
        return [name for day, name in found if first_day <= day <= last_day][:MAX_FOUND_UNDER_A_KEY]

    def _drop_keys(self, row: StoryRow) -> None:
        for key in row.keys:
            self.found_by[key].discard((row.day, row.document_id))
            if not self.found_by[key]:
                del self.found_by[key]


@dataclass
class FakeAlerts:
    sent: list[Alert] = field(default_factory=list)

    def publish(self, alert: Alert) -> None:
        self.sent.append(alert)


@dataclass
class FakeObjects:
    """The uploads of a page store as reconciling lists them.

    `modified` where an object is not from the beginning of time.
    """

    pages_store: FakePages
    modified: dict[str, float] = field(default_factory=dict)
    page_size: int = 100

    def pages(self, prefix: str, after: str | None) -> Iterator[Sequence[StoredObject]]:
        keys = sorted(key for _, key in self.pages_store.objects if key.startswith(prefix) and key > (after or ""))
        for start in range(0, len(keys), self.page_size):
            yield [self._stored(key) for key in keys[start : start + self.page_size]]

    def find(self, key: str) -> StoredObject | None:
        return self._stored(key) if (self.pages_store.bucket, key) in self.pages_store.objects else None

    def _stored(self, key: str) -> StoredObject:
        page = self.pages_store.read_page(Source(bucket=self.pages_store.bucket, key=key))
        return StoredObject(key=key, etag=page.etag, size=len(page.body), modified_at=self.modified.get(key, 0.0))


@dataclass
class FakeRecordStates:
    ledger: FakeLedger
    page_size: int = 100

    def of(self, document_ids: Sequence[str], *, consistent: bool = False) -> Mapping[str, RecordState]:  # noqa: ARG002  # always is
        found = {name: self.ledger.records[name] for name in document_ids if name in self.ledger.records}
        return {
            name: RecordState(**record.model_dump(include=set(RecordState.model_fields)))
            for name, record in found.items()
        }

    def pages(self, after: str | None) -> Iterator[tuple[Sequence[tuple[str, str]], str | None]]:
        kept = sorted(
            (r.document_id, r.source_key) for r in self.ledger.records.values() if r.outcome is not Outcome.DELETED
        )
        kept = [entry for entry in kept if entry[0] > (after or "")]
        while True:
            page, kept = kept[: self.page_size], kept[self.page_size :]
            yield page, page[-1][0] if kept else None
            if not kept:
                return


@dataclass
class FakeChanges:
    """`backlog` is what waits for extract; what waits for enrich is in the handoff behind it."""

    sent: list[Finding] = field(default_factory=list)
    backlog: int = 0
    behind: FakeHandoff | None = None

    def send(self, findings: Sequence[Finding]) -> None:
        self.sent += findings

    def waiting(self) -> int:
        return self.backlog + (len(self.behind.articles) if self.behind else 0)


@dataclass
class FakeRecordsByDay:
    ledger: FakeLedger

    def days(self) -> set[str]:
        return {record.processed_on for record in self.ledger.records.values() if record.processed_on}

    def of_day(self, day: str) -> Iterator[Record]:
        yield from [record for record in self.ledger.records.values() if record.processed_on == day]


@dataclass
class FakeToldStories:
    ledger: FakeAlertLedger

    def find_many(self, story_ids: Collection[str]) -> Mapping[str, Told]:
        return {name: self.ledger.items[name] for name in story_ids if name in self.ledger.items}


@dataclass
class FakeDayFiles:
    """`files` by day and table."""

    state: ExportState = field(default_factory=ExportState)
    files: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def load_state(self) -> ExportState:
        return self.state

    def save_state(self, state: ExportState) -> None:
        self.state = state

    def days(self) -> set[str]:
        return {day for day, _ in self.files}

    def replace(self, day: str, files: Mapping[str, bytes]) -> None:
        for table in [table for known, table in self.files if known == day]:
            del self.files[day, table]
        self.files |= {(day, table): body for table, body in files.items()}


@dataclass
class FakeRuns:
    run: Run | None = None

    def load(self) -> Run | None:
        return self.run

    def save(self, run: Run) -> None:
        self.run = run


@dataclass
class FakeRules:
    """`rules` by name, as in the table."""

    rules: dict[str, Rule] = field(default_factory=dict)
    readings: int = 0

    def enabled(self) -> list[Rule]:
        self.readings += 1
        return [rule for rule in self.rules.values() if rule.enabled]

    def existing(self, names: Collection[str]) -> set[str]:
        return self.rules.keys() & set(names)

    def every(self) -> Iterator[Rule]:
        yield from self.rules.values()

    def find(self, name: str) -> Rule | None:
        return self.rules.get(name)

    def save(self, rule: Rule) -> None:
        self.rules[rule.name] = rule

    def remove(self, name: str) -> bool:
        return self.rules.pop(name, None) is not None

    def mark(self, rule: Rule, error: str | None) -> None:
        known = self.rules.get(rule.name)
        if known and known.query == rule.query:
            self.rules[rule.name] = known.model_copy(update={"error": error})


@dataclass
class FakeDayTexts:
    """`copied` by day: the records whose texts are in the day's copy. Gives every one of them as a candidate."""

    copied: dict[str, list[Record]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def days(self) -> Sequence[str]:
        return sorted(self.copied, reverse=True)

    def candidates(self, days: Sequence[str], query: str, topic: str) -> Iterator[DayCandidates]:  # noqa: ARG002  # the use case looks again
        for day in days:
            self.asked.append(day)
            found = [record for record in self.copied.get(day, []) if not topic or record.topic == topic]
            keys = sorted(((record.processed_at, record.document_id) for record in found), reverse=True)
            yield DayCandidates(day, keys, len(found))


@dataclass
class FakeDeskRecords:
    """The desk's lists over a ledger and the matches of its records."""

    ledger: FakeLedger
    matches: FakeMatches = field(default_factory=FakeMatches)
    reads: int = 0

    def page(self, name: str, value: str, after: Mark | None, limit: int) -> LinePage:
        self.reads += 1
        index = INDEXES[name]
        rows = self._rows_of_rule(value) if name == "rule" else self._rows_of_index(index.partition, index.sort, value)
        ordered = sorted(rows, key=lambda row: (row[index.sort], row["document_id"]), reverse=True)
        names = [index.partition, index.sort, *(["document_id"] if index.name else [])]
        keys = [{key: row[key] for key in names} for row in ordered]
        start = keys.index(after) + 1 if after in keys else 0
        end = start + limit
        lines = [RecordLine.model_validate(row) for row in ordered[start:end]]
        return LinePage(lines, keys[end - 1] if end < len(keys) else None)

    def find(self, document_id: str) -> Record | None:
        return self.ledger.find(document_id)

    def find_many(self, document_ids: Sequence[str]) -> Mapping[str, Record]:
        self.reads += 1
        return {name: self.ledger.records[name] for name in document_ids if name in self.ledger.records}

    def _rows_of_index(self, partition: str, sort: str, value: str) -> list[dict[str, Any]]:
        rows = [record.model_dump(exclude_none=True) for record in self.ledger.records.values()]
        return [row for row in rows if row.get(partition) == value and sort in row]

    def _rows_of_rule(self, rule: str) -> list[dict[str, Any]]:
        rows = []
        for document_id, (_, found) in self.matches.matches.items():
            record = self.ledger.records[document_id]
            at = record.timeline_at or record.processed_at
            told = {"document_id": document_id, "title": record.title, "site": record.site, "url": record.url}
            key = {"rule": rule, "matched_at_document": f"{at}#{document_id}", "timeline_at": at}
            rows += [{**told, **key, "sentence": match.sentence} for match in found if match.rule == rule]
        return rows
