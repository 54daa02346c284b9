"""Alerts on SNS: a letter for people, JSON for machines, and attributes that subscriptions filter on."""

import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from shared.adapters.aws_errors import translated
from shared.domain.messages import Alert
from shared.domain.rules import UNLISTED
from shared.letters.letter import letter
from shared.letters.subject import subject

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


class SnsAlerts:
    """Publishes no faster than `per_second`, and once more on the topic of version 1 where there is one.

    SNS deactivates an e-mail subscription that gets more than ten messages a second.
    """

    def __init__(
        self,
        client: "SNSClient",
        topic_arn: str,
        per_second: float,
        sleep: Callable[[float], None] = time.sleep,
        v1_topic_arn: str = "",
    ) -> None:
        self._client = client
        self._topic_arn = topic_arn
        self._v1_topic_arn = v1_topic_arn
        self._interval = 1 / per_second if per_second > 0 else 0.0
        self._sleep = sleep
        self._next = 0.0

    def publish(self, alert: Alert) -> None:
        self.keep_pace()
        old = version_1(alert) if self._v1_topic_arn else None
        with translated("publish the alert"):
            self._publish(self._topic_arn, alert, alert.model_dump_json(exclude_none=True))
            if old:
                self._publish(
                    self._v1_topic_arn, old, old.model_dump_json(exclude_none=True, exclude=ONLY_IN_VERSION_2)
                )

    def _publish(self, topic_arn: str, alert: Alert, body: str) -> None:
        self._client.publish(
            TopicArn=topic_arn,
            Subject=subject(alert),
            MessageStructure="json",
            Message=json.dumps({"default": body, "email": letter(alert)}, ensure_ascii=False),
            MessageAttributes=attributes(alert),
        )

    def keep_pace(self) -> None:
        now = time.monotonic()
        if now < self._next:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + self._interval


ONLY_IN_VERSION_2 = {"story_id", "first_for", "changes", "also_in", "perhaps_same_story", "perhaps_in"}


def version_1(alert: Alert) -> Alert | None:
    """The alert as version 1 had it, every copy as new or updated; None for a withdrawal, which it did not know."""
    if alert.kind == "withdrawn":
        return None
    kind = "updated" if alert.kind == "corrected" else alert.kind
    return alert.model_copy(update={"version": 1, "kind": kind, "first_for": [], "changes": [], "also_in": []})


def attributes(alert: Alert) -> Mapping[str, Any]:
    """What a filter policy can ask for; an empty value is left out, since SNS refuses it.

    An alert that is first for no view has no `first_for`: only subscriptions that do not ask for it get every copy.
    """
    rules = [*alert.rules, *([UNLISTED] if alert.rules_unlisted else [])]
    lists = {"topics": alert.topics, "rules": rules, "first_for": alert.first_for}
    words = {"site": alert.site, "language": alert.language, "kind": alert.kind}
    return {
        **{
            name: {"DataType": "String.Array", "StringValue": json.dumps(value, ensure_ascii=False)}
            for name, value in lists.items()
            if value
        },
        **{name: {"DataType": "String", "StringValue": value} for name, value in words.items() if value},
    }
