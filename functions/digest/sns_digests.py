"""Digests on SNS: those that were asked for on a topic of their own, what was over an hour's limit among the alerts."""

import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from shared.adapters.aws_errors import translated
from shared.domain.digests import DigestMessage
from shared.letters.digest_letter import digest_letter, digest_subject

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

# Seconds between two letters. SNS deactivates an e-mail subscription that gets more than ten messages a second, and
# notify may send nine.
SECONDS_BETWEEN = 1.0


class SnsDigests:
    """The attribute `digest` names the digest; `first_for` the view whose readers get the rest of an hour."""

    def __init__(
        self,
        client: "SNSClient",
        digests_topic_arn: str,
        alerts_topic_arn: str,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._topics = {True: digests_topic_arn, False: alerts_topic_arn}
        self._sleep = sleep
        self._next = 0.0

    def publish(self, message: DigestMessage) -> None:
        self.keep_pace()
        body = message.model_dump_json(exclude_none=True)
        with translated("publish the digest"):
            self._client.publish(
                TopicArn=self._topics[bool(message.digest)],
                Subject=digest_subject(message),
                MessageStructure="json",
                Message=json.dumps({"default": body, "email": digest_letter(message)}, ensure_ascii=False),
                MessageAttributes=attributes(message),
            )

    def keep_pace(self) -> None:
        now = time.monotonic()
        if now < self._next:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + SECONDS_BETWEEN


def attributes(message: DigestMessage) -> Mapping[str, Any]:
    """What a filter policy asks for."""
    name, value = ("digest", message.digest) if message.digest else ("first_for", message.view)
    return {
        name: {"DataType": "String.Array", "StringValue": json.dumps([value], ensure_ascii=False)},
        "kind": {"DataType": "String", "StringValue": message.kind},
    }
