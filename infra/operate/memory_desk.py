"""The ports of notify and digest, kept in memory: what a replay tells stays here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shared.domain.digests import Digest, DigestMessage, WaitingStory, Window
from shared.domain.documents import Outcome, Record
from shared.domain.history import HistoryLine
from shared.domain.messages import Alert, AlertKind
from shared.domain.told import Told, story_of
from shared.ports import AskedView, HeldAlert, WriteResult


@dataclass
class Clock:
    """A time that the replay sets, in epoch seconds."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class MemoryLedger:
    """The records as far as the replay has come, also by story."""

    records: dict[str, Record] = field(default_factory=dict)
    stories: dict[str, list[Record]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        self.records[record.document_id] = record
        self.stories.setdefault(story_of(record), []).append(record)

    def find(self, document_id: str) -> Record | None:
        return self.records.get(document_id)

    def of(self, story_id: str) -> Sequence[Record]:
        pages = [record for record in self.stories.get(story_id, []) if record.outcome is Outcome.PUBLISHED]
        return sorted(pages, key=lambda record: record.timeline_at or "", reverse=True)

    def write(self, record: Record) -> WriteResult:
        raise NotImplementedError(record)

    def rewrite(self, record: Record, known: Record) -> WriteResult:
        raise NotImplementedError(record, known)


@dataclass
class MemoryTold:
    """What was told, by story."""

    items: dict[str, Told] = field(default_factory=dict)

    def find(self, story_id: str) -> Told:
        return self.items.get(story_id, Told(story_id=story_id))

    def replace(self, told: Told) -> Told | None:
        standing = self.find(told.story_id)
        if standing.revision != told.revision - 1:
            return standing
        self.items[told.story_id] = told
        return None


@dataclass
class MemoryViews:
    """What is asked for, what was counted in each hour, and what waits by partition."""

    wishes: Mapping[str, AskedView]
    wanted: Sequence[Digest] = ()
    counts: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    waiting: dict[str, dict[tuple[str, str, str], WaitingStory]] = field(default_factory=dict)
    windows: dict[str, Window] = field(default_factory=dict)

    def asked(self) -> Mapping[str, AskedView]:
        return self.wishes

    def admit(self, view: str, hour: str, alert_id: str, most: int) -> bool:
        count = self.counts.setdefault((view, hour), set())
        if alert_id not in count and len(count) >= most:
            return False
        count.add(alert_id)
        return True

    def hold(self, held: HeldAlert) -> None:
        row = WaitingStory(**{name: getattr(held, name) for name in WaitingStory.model_fields})
        self.waiting.setdefault(held.view, {}).setdefault(key_of(row), row)

    def digests(self) -> Sequence[Digest]:
        return self.wanted

    def asked_views(self) -> Sequence[AskedView]:
        return list(self.wishes.values())

    def load(self, partition: str) -> tuple[Window, Sequence[WaitingStory]]:
        rows = sorted(self.waiting.get(partition, {}).items())
        return self.windows.get(partition, Window(partition=partition)), [row for _, row in rows]

    def replace(self, window: Window) -> bool:
        self.windows[window.partition] = window
        return True

    def remove(self, partition: str, told: Sequence[WaitingStory]) -> None:
        for row in told:
            self.waiting.get(partition, {}).pop(key_of(row), None)

    @property
    def is_waiting(self) -> bool:
        return any(self.waiting.values())


def key_of(row: WaitingStory) -> tuple[str, str, str]:
    return row.story_id, row.document_id, row.alert_id


@dataclass
class Outbox:
    """What would have been sent, in order."""

    alerts: list[Alert] = field(default_factory=list)

    def publish(self, alert: Alert) -> None:
        self.alerts.append(alert)


@dataclass
class DigestOutbox:
    """The letters that would have been sent, in order."""

    letters: list[DigestMessage] = field(default_factory=list)

    def publish(self, message: DigestMessage) -> None:
        self.letters.append(message)


class NoHistory:
    """Notes nothing: a replay leaves no trace."""

    def note(self, line: HistoryLine) -> None:
        pass

    def note_alert(self, record: Record, alert_id: str, kind: AlertKind, at: str) -> None:
        pass

    def strip(self, document_id: str) -> None:
        pass
