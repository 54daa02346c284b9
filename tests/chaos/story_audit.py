"""What must be true of stories after any amount of chaos: copies share one, and nothing else does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

EVERYTHING = "everything"


@dataclass
class StoryVerdict:
    """`apart` counts copies that are in two stories, which tells twice; `joined_wrongly` are documents that are in the
    story of another subject, which would silence it. `told` counts the first alerts of stories to readers of everything.
    """

    copies: int = 0
    apart: int = 0
    joined_wrongly: list[str] = field(default_factory=list)
    stories: int = 0
    told: int = 0

    def rows(self) -> list[tuple[str, object]]:
        """What a report says of stories."""
        return [
            ("stories", self.stories),
            ("alerts a story", f"{self.alerts_a_story:.2f}"),
            ("subjects with copies", self.copies),
            ("of which in two stories", self.apart),
            ("in another's story", len(self.joined_wrongly)),
        ]

    @property
    def alerts_a_story(self) -> float:
        return self.told / self.stories if self.stories else 0.0


def audit_stories(
    subjects: Mapping[str, int], records: Mapping[str, Mapping[str, Any]], alerts: Sequence[Mapping[str, Any]]
) -> StoryVerdict:
    """`subjects` says by document id what each reports of."""
    published = {name: records[name] for name in subjects if records.get(name, {}).get("outcome") == "published"}
    stories: dict[str, set[int]] = {}
    found: dict[int, list[str]] = {}
    for name, record in published.items():
        stories.setdefault(record["story_id"], set()).add(subjects[name])
        found.setdefault(subjects[name], []).append(record["story_id"])
    copies = [of_subject for of_subject in found.values() if len(of_subject) > 1]
    first = {alert["alert_id"]: alert for alert in alerts if is_first(alert) and alert["story_id"] in stories}
    return StoryVerdict(
        copies=len(copies),
        apart=sum(len(set(of_subject)) > 1 for of_subject in copies),
        joined_wrongly=[f"{story}: {sorted(of)}" for story, of in stories.items() if len(of) > 1],
        stories=len(stories),
        told=len(first),
    )


def is_first(alert: Mapping[str, Any]) -> bool:
    """Whether the alert is the first of its story to whoever asked for everything."""
    return alert["kind"] == "new" and EVERYTHING in alert.get("first_for", ())
