"""A queue subscribed to the alerts for as long as somebody looks."""

import json
import signal
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from infra.stack.readers import queues
from infra.stack.readers import subscription_filters as filters
from infra.stack.target import Target

_MAX_POLL = 10.0  # seconds a call waits; SQS allows 20, and a stop by Ctrl-C should not take so long
_KEPT_SECONDS = "3600"


@dataclass(frozen=True)
class Inbox:
    """Alerts as a subscriber's machine receives them."""

    target: Target
    queue_url: str

    def receive(self, patience: float) -> list[dict[str, Any]]:
        """What arrived; waits up to `patience` seconds for the first. Each alert is given once."""
        client = self.target.client("sqs")
        wait = int(max(0, min(patience, _MAX_POLL)))
        messages = client.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=wait).get(
            "Messages", []
        )
        for message in messages:
            client.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in messages]

    def follow(self, *, count: int | None, timeout: float | None) -> Iterator[dict[str, Any]]:
        """Alerts as they come, until `count` of them or `timeout` seconds."""
        deadline = None if timeout is None else time.monotonic() + timeout
        given = 0
        while count is None or given < count:
            left = _MAX_POLL if deadline is None else deadline - time.monotonic()
            if left <= 0:
                return
            for alert in self.receive(left):
                if count is None or given < count:
                    yield alert
                    given += 1


@contextmanager
def inbox(target: Target, wanted: filters.Policy) -> Iterator[Inbox]:
    """A queue of our own; unsubscribed and removed at the end, also on Ctrl-C and SIGTERM."""
    name = f"{target.stack}-inbox-{uuid.uuid4().hex[:12]}"  # the operator's policy lets one make queues of this name
    queue_url = queues.create(target, name, MessageRetentionPeriod=_KEPT_SECONDS)
    sns, arn = target.client("sns"), None
    before = signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        queues.open_to_alerts(target, queue_url)
        attributes = {**filters.attributes(wanted), "RawMessageDelivery": "true"}
        endpoint = queues.arn_of(target, queue_url)
        arn = sns.subscribe(
            TopicArn=target.output("AlertsTopicArn"),
            Protocol="sqs",
            Endpoint=endpoint,
            Attributes=attributes,
            ReturnSubscriptionArn=True,
        )["SubscriptionArn"]
        yield Inbox(target, queue_url)
    finally:
        signal.signal(signal.SIGTERM, before)
        if arn:
            sns.unsubscribe(SubscriptionArn=arn)
        target.client("sqs").delete_queue(QueueUrl=queue_url)


def _as_interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # what signal handlers are called with
    raise KeyboardInterrupt
