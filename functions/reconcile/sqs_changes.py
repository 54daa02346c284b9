"""Findings into the pages queue, ten a call."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from functions.reconcile.notification import notification
from functions.reconcile.record_states import Finding
from shared.adapters.aws_errors import translated
from shared.domain.errors import Transient

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

MESSAGES_A_CALL = 10  # of SendMessageBatch: AWS's own limit


class SqsChanges:
    """Sends to the pages queue. `reprocess` asks extract to run the very versions named once more.

    `later_queue_urls` are queues that a page passes before it has a record. `delay` is how many seconds a message waits
    before anybody may take it, up to SQS's 900.
    """

    def __init__(  # noqa: PLR0913  # each is one wish of a caller
        self,
        client: "SQSClient",
        queue_url: str,
        bucket: str,
        *,
        later_queue_urls: Sequence[str] = (),
        reprocess: bool = False,
        delay: int = 0,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._client = client
        self._queue_url = queue_url
        self._bucket = bucket
        self._later_queue_urls = later_queue_urls
        self._reprocess = reprocess
        self._delay = delay
        self._now = now

    def send(self, findings: Sequence[Finding]) -> None:
        for start in range(0, len(findings), MESSAGES_A_CALL):
            self._send(findings[start : start + MESSAGES_A_CALL])

    def waiting(self) -> int:
        return sum(map(self._waiting_in, (self._queue_url, *self._later_queue_urls)))

    def _waiting_in(self, queue_url: str) -> int:
        with translated("look at the queue"):
            answer = self._client.get_queue_attributes(
                QueueUrl=queue_url, AttributeNames=["ApproximateNumberOfMessages"]
            )
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])

    def _send(self, findings: Sequence[Finding]) -> None:
        bodies = [notification(self._bucket, finding, self._now(), reprocess=self._reprocess) for finding in findings]
        with translated("put the change in the queue"):
            answer = self._client.send_message_batch(
                QueueUrl=self._queue_url,
                Entries=[
                    {"Id": str(number), "MessageBody": body, "DelaySeconds": self._delay}
                    for number, body in enumerate(bodies)
                ],
            )
        if answer.get("Failed"):
            raise Transient(f"could not put the change in the queue: {answer['Failed'][0]['Code']}")
