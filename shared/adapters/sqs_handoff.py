"""The queues between the stages on SQS."""

from typing import TYPE_CHECKING

from shared.adapters.aws_errors import translated
from shared.domain.documents import Frozen
from shared.domain.messages import Announcement, ArticleMessage

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsHandoff:
    """Sends to the queues that a stage hands on to; enrich has no need of the first."""

    def __init__(self, client: "SQSClient", articles_url: str, announcements_url: str) -> None:
        self._client = client
        self._articles_url = articles_url
        self._announcements_url = announcements_url

    def send_article(self, message: ArticleMessage) -> None:
        self._send(self._articles_url, message)

    def send_announcement(self, announcement: Announcement) -> None:
        self._send(self._announcements_url, announcement)

    def _send(self, queue_url: str, message: Frozen) -> None:
        with translated("hand the document on"):
            self._client.send_message(QueueUrl=queue_url, MessageBody=message.model_dump_json(exclude_none=True))
