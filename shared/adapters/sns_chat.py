"""Alerts for chat channels, on a topic that Amazon Q Developer in chat applications is subscribed to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shared.adapters.aws_errors import translated
from shared.domain.messages import Alert
from shared.letters.chat import chat_message
from shared.ports import AlertPublisher

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


class SnsChat:
    """Publishes what one of these views is told; the channel's settings filter nothing."""

    def __init__(self, client: "SNSClient", topic_arn: str, views: Sequence[str]) -> None:
        self._client = client
        self._topic_arn = topic_arn
        self._views = frozenset(views)

    def publish(self, alert: Alert) -> None:
        if self._views.isdisjoint(alert.first_for):
            return
        body = chat_message(alert).model_dump_json(by_alias=True)
        with translated("publish the alert to chat"):
            self._client.publish(TopicArn=self._topic_arn, Message=body)


class EveryChannel:
    """Publishes an alert on each channel. Where one fails all get it again, under the same id."""

    def __init__(self, channels: Sequence[AlertPublisher]) -> None:
        self._channels = channels

    def publish(self, alert: Alert) -> None:
        for channel in self._channels:
            channel.publish(alert)


def views_listed(named: str) -> list[str]:
    """`topic:conflict; rule:north-korea` → the two views."""
    return [view.strip() for view in named.split(";") if view.strip()]
