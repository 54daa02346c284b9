"""Programs that read version 1 of alerts alone get it on a topic of its own, where the stack has one."""

import json
from pathlib import Path

from shared.adapters.sns_alerts import SnsAlerts, version_1
from shared.domain.messages import Alert

ALERT = Alert.model_validate_json((Path(__file__).parents[1] / "events" / "alert.v2.json").read_text(encoding="utf-8"))
FIELDS = set(json.loads((Path(__file__).parents[1] / "events" / "alert.v1.json").read_text(encoding="utf-8")))


class Topics:
    def __init__(self) -> None:
        self.published: list[dict] = []

    def publish(self, **message) -> None:
        self.published.append(message)


def published(alert: Alert, v1_topic: str) -> list[tuple[str, dict, set[str]]]:
    """Topic, JSON and attributes of each message."""
    topics = Topics()
    SnsAlerts(topics, "today", 0, v1_topic_arn=v1_topic).publish(alert)  # type: ignore[arg-type]
    return [
        (one["TopicArn"], json.loads(json.loads(one["Message"])["default"]), set(one["MessageAttributes"]))
        for one in topics.published
    ]


def test_an_alert_is_published_once_where_nobody_asked_for_version_1():
    assert [topic for topic, *_ in published(ALERT, "")] == ["today"]


def test_version_1_has_its_own_fields_kinds_and_attributes():
    _, (topic, body, attributes) = published(ALERT, "old")
    assert (topic, body["version"], body["kind"]) == ("old", 1, "updated")
    assert body.keys() == FIELDS
    assert attributes == {"topics", "rules", "site", "language", "kind"}


def test_version_1_knows_no_withdrawal():
    withdrawn = ALERT.model_copy(update={"kind": "withdrawn"})
    assert version_1(withdrawn) is None
    assert [topic for topic, *_ in published(withdrawn, "old")] == ["today"]


def test_version_2_has_every_field_of_version_1():
    assert json.loads(ALERT.model_dump_json(exclude_none=True)).keys() >= FIELDS
