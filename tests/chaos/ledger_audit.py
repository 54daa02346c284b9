"""What must be true after any amount of chaos, checked by machine against what was uploaded."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
    verdict.alerted_twice.extend(f"{key}: {repeated}" for repeated in repeated_alerts(list(told)))


def repeated_alerts(told: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Which readers of one document heard of one title twice; whoever heard that it is gone may hear of it anew.

    A rule that was made between two versions with one text has readers of its own, so that the second version may
    tell them: it is a repetition only if each of its views was told by the first.
    """
    by_title: dict[str, list[Mapping[str, Any]]] = {}
    for alert in told:
        by_title.setdefault(alert["title"], []).append(alert)
    for title, alerts in by_title.items():
        withdrawn = sum(alert["kind"] == "withdrawn" for alert in alerts)
        telling = [views_told(alert) for alert in alerts if alert["kind"] != "withdrawn"]
        count_of = Counter(view for views in telling for view in views)
        to_somebody_new = sum(any(count_of[view] == 1 for view in views) for views in telling)
        heard_most = max(count_of.values(), default=0)
        if len(telling) > max(1, to_somebody_new) + withdrawn or heard_most > 1 + withdrawn:
            said = "; ".join(f"{alert['kind']} to {', '.join(views_told(alert)) or 'every copy'}" for alert in alerts)
            yield f"{title!r} was told: {said}"


def views_told(alert: Mapping[str, Any]) -> Sequence[str]:
    return alert.get("first_for", ())
