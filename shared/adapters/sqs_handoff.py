"""The queues between the stages on SQS."""

from typing import TYPE_CHECKING

from shared.adapters.aws_errors import translated
from shared.domain.documents import Frozen
from shared.domain.messages import Announcement, ArticleMessage

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsHandoff:
    """Sends to the one queue that the stage hands on to."""

    def __init__(self, client: "SQSClient", queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def send_article(self, message: ArticleMessage) -> None:
        self._send(message)

    def send_announcement(self, announcement: Announcement) -> None:
        self._send(announcement)

    def _send(self, message: Frozen) -> None:
        with translated("hand the document on"):
            self._client.send_message(QueueUrl=self._queue_url, MessageBody=message.model_dump_json(exclude_none=True))
