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
    """Publishes no faster than `per_second`.

    SNS deactivates an e-mail subscription that gets more than ten messages a second.
    """

    def __init__(
        self, client: "SNSClient", topic_arn: str, per_second: float, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._client = client
        self._topic_arn = topic_arn
        self._interval = 1 / per_second if per_second > 0 else 0.0
        self._sleep = sleep
        self._next = 0.0

    def publish(self, alert: Alert) -> None:
        self.keep_pace()
        body = alert.model_dump_json(exclude_none=True)
        with translated("publish the alert"):
            self._client.publish(
                TopicArn=self._topic_arn,
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
