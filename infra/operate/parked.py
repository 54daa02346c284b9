"""Messages in a dead-letter queue, looked at without taking them away."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

_MESSAGES_A_CALL = 10  # what SQS gives at once
HOLD_SECONDS = 120  # by judgement: time to read the log of what is parked, and no longer out of sight


@dataclass
class Held:
    """Messages received, each once. Whoever holds them keeps others from seeing them, for two minutes at most."""

    sqs: Any
    queue_url: str
    receipts: dict[str, str] = field(default_factory=dict)

    def messages(self, limit: int) -> Iterator[dict[str, Any]]:
        """Up to `limit` messages.

        An answer that is waited for asks all of a queue's servers: an empty one means that none are left.
        """
        while len(self.receipts) < limit:
            fresh = [message for message in self.receive_batch() if self._is_new(message)]
            if not fresh:
                return
            yield from fresh

    def hand_over(self, message: dict[str, Any], queue_url: str) -> None:
        """Sends it to a queue, then deletes it here: a stop in between leaves it twice, which no stage minds."""
        self.sqs.send_message(QueueUrl=queue_url, MessageBody=message["Body"])
        self.sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=self.receipts.pop(message["MessageId"]))

    def give_back(self) -> None:
        """Lets others see at once what is still held."""
        receipts = list(self.receipts.values())
        for start in range(0, len(receipts), _MESSAGES_A_CALL):
            batch = receipts[start : start + _MESSAGES_A_CALL]
            entries = [
                {"Id": str(number), "ReceiptHandle": receipt, "VisibilityTimeout": 0}
                for number, receipt in enumerate(batch)
            ]
            self.sqs.change_message_visibility_batch(QueueUrl=self.queue_url, Entries=entries)

    def receive_batch(self) -> list[dict[str, Any]]:
        answer = self.sqs.receive_message(
            QueueUrl=self.queue_url,
            MaxNumberOfMessages=_MESSAGES_A_CALL,
            VisibilityTimeout=HOLD_SECONDS,
            WaitTimeSeconds=1,
            MessageSystemAttributeNames=["SentTimestamp"],
        )
        return list(answer.get("Messages", []))

    def _is_new(self, message: dict[str, Any]) -> bool:
        """A message seen before came back because its two minutes were over: its newer receipt counts."""
        known = message["MessageId"] in self.receipts
        self.receipts[message["MessageId"]] = message["ReceiptHandle"]
        return not known


@contextmanager
def holding(sqs: Any, queue_url: str) -> Iterator[Held]:  # noqa: ANN401  # an SQS client
    held = Held(sqs, queue_url)
    try:
        yield held
    finally:
        held.give_back()
