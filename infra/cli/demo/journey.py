"""The sample pages' way through the stack, watched: uploaded, an outcome in the ledger, an alert at a subscriber."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from infra.stack.readers.inbox import Inbox
from infra.stack.records.documents import Item
from infra.stack.records.outcomes import SHOWN
from infra.stack.records.told_documents import find_with_alerts, is_told
from infra.stack.target import Target

Changed = Callable[["Journey"], None]


@dataclass
class Journey:
    """What is known of each page so far, by document id, and when it was first seen in seconds since the upload."""

    keys: Mapping[str, str]
    before: Mapping[str, str]
    begun: float = field(default_factory=time.monotonic)
    outcomes: dict[str, Item] = field(default_factory=dict)
    alerts: dict[str, dict[str, Any]] = field(default_factory=dict)
    seconds: dict[tuple[str, str], float] = field(default_factory=dict)

    def stage(self, name: str) -> str:
        """Where the page is, in one word."""
        if name in self.alerts:
            return "alerted"
        if name not in self.outcomes:
            return "uploaded"
        return str(self.outcomes[name]["outcome"])

    @property
    def complete(self) -> bool:
        return len(self.outcomes) == len(self.keys) and not any(True for _ in self.due())

    def due(self) -> Iterator[str]:
        """Published pages whose alert is still on its way. One that says what was alerted before alerts nobody."""
        for name, item in self.outcomes.items():
            if item["outcome"] == "published" and name not in self.alerts and not self.unchanged(name):
                yield name

    def unchanged(self, name: str) -> bool:
        item = self.outcomes[name]
        return name not in self.alerts and is_told(item) and not item.get("fresh_alert")

    def note(self, name: str, stage: str) -> None:
        self.seconds.setdefault((name, stage), time.monotonic() - self.begun)


def watch(target: Target, journey: Journey, box: Inbox, timeout: float, changed: Changed) -> None:
    """Follows every page until it is through, or `timeout` seconds have gone."""
    deadline = time.monotonic() + timeout
    alerted_before = {
        name: item.get("alerted_at") for name, item in find_with_alerts(target, list(journey.keys), ["outcome"]).items()
    }
    while not journey.complete and time.monotonic() < deadline:
        if read_outcomes(target, journey, alerted_before) | receive_alerts(journey, box):
            changed(journey)


def read_outcomes(target: Target, journey: Journey, alerted_before: Mapping[str, str | None]) -> bool:
    moving = [name for name in journey.keys if name not in journey.outcomes or name in journey.due()]
    found = find_with_alerts(target, moving, SHOWN)
    fresh = {name: item for name, item in found.items() if item.get("sequencer") != journey.before.get(name)}
    news = [name for name in fresh if name not in journey.outcomes]
    for name, item in fresh.items():
        journey.outcomes[name] = {**item, "fresh_alert": item.get("alerted_at") != alerted_before.get(name)}
        journey.note(name, "outcome")
    return bool(news)


def receive_alerts(journey: Journey, box: Inbox) -> bool:
    mine = [alert for alert in box.receive(1) if alert.get("document_id") in journey.keys]
    for alert in mine:
        journey.alerts[alert["document_id"]] = alert
        journey.note(alert["document_id"], "alert")
    return bool(mine)
