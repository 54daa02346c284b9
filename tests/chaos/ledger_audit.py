"""What must be true after any amount of chaos, checked by machine against what was uploaded."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.domain.documents import document_id
from tests.chaos.story_audit import StoryVerdict


@dataclass
class Expected:
    """What an upload or delete left in the bucket: the newest body's title, `None` once deleted."""

    title: str | None
    publishes: bool = True

    @property
    def outcome(self) -> str:
        if self.title is None:
            return "deleted"
        return "published" if self.publishes else "rejected"


@dataclass
class Verdict:
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    unalerted: list[str] = field(default_factory=list)
    alerted_twice: list[str] = field(default_factory=list)
    same_id_twice: int = 0
    left_behind: list[str] = field(default_factory=list)
    alerts: int = 0
    stories: StoryVerdict = field(default_factory=StoryVerdict)
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def clean(self) -> bool:
        wrong = self.lost or self.wrong or self.unalerted or self.alerted_twice or self.left_behind
        return not (wrong or self.stories.joined_wrongly)


def audit(
    bucket: str,
    expected: Mapping[str, Expected],
    records: Mapping[str, Mapping[str, Any]],
    alerts: Sequence[Mapping[str, Any]],
) -> Verdict:
    """`records` by document id; `alerts` are the bodies that a subscriber to everything received."""
    verdict = Verdict(alerts=len(alerts))
    told: dict[str, list[Mapping[str, Any]]] = {}
    for alert in alerts:
        told.setdefault(alert["document_id"], []).append(alert)
    for key, wanted in expected.items():
        _judge(key, wanted, records.get(document_id(bucket, key)), told.get(document_id(bucket, key), []), verdict)
    return verdict


def _judge(
    key: str, wanted: Expected, record: Mapping[str, Any] | None, alerts: Sequence[Mapping[str, Any]], verdict: Verdict
) -> None:
    if record is None:
        verdict.lost.append(key)
        return
    verdict.outcomes[record["outcome"]] += 1
    if record["outcome"] != wanted.outcome or (wanted.outcome == "published" and record.get("title") != wanted.title):
        verdict.wrong.append(
            f"{key}: {record['outcome']} {record.get('title')!r}, wanted {wanted.outcome} {wanted.title!r}"
        )
    if wanted.outcome == "published" and wanted.title not in {alert["title"] for alert in alerts}:
        verdict.unalerted.append(key)
    by_id = Counter(alert["alert_id"] for alert in alerts)
    verdict.same_id_twice += sum(count - 1 for count in by_id.values())
    told = {alert["alert_id"]: alert for alert in alerts}.values()
    titles = Counter(alert["title"] for alert in told if alert["kind"] != "withdrawn")
    withdrawn = Counter(alert["title"] for alert in told if alert["kind"] == "withdrawn")  # told anew when it is back
    verdict.alerted_twice.extend(f"{key}: {title!r}" for title, n in titles.items() if n > 1 + withdrawn[title])
