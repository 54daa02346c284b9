"""SQS queues that receive alerts: made, found, and opened to the stack's topics alone."""

import json
from typing import Any

from botocore.exceptions import ClientError

from infra.errors import CliError
from infra.stack.readers.subscribers import alert_topics
from infra.stack.target import Target

_SID = "ClipwireAlerts"


def create(target: Target, name: str, **attributes: str) -> str:
    """A queue's address; the same one where it is there already."""
    return str(
        target.client("sqs").create_queue(QueueName=name, Attributes={"SqsManagedSseEnabled": "true", **attributes})[
            "QueueUrl"
        ]
    )


def address_of(target: Target, named: str) -> str:
    """The address of a queue given as name, ARN or address; raises `CliError` where there is none."""
    if named.startswith(("https://", "http://")):
        return named
    name = named.rpartition(":")[2]
    try:
        return str(target.client("sqs").get_queue_url(QueueName=name)["QueueUrl"])
    except ClientError as error:
        if (
            "NonExistentQueue" not in error.response["Error"]["Code"]
            and error.response["Error"]["Code"] != "QueueDoesNotExist"
        ):
            raise
        raise CliError(f"There is no queue called {name}.", "Add `--create` to make it.") from None


def arn_of(target: Target, queue_url: str) -> str:
    answer = target.client("sqs").get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])
    return str(answer["Attributes"]["QueueArn"])


def open_to_alerts(target: Target, queue_url: str) -> None:
    """Lets the topics of alerts and digests, and nothing else of SNS, send to the queue.

    What its policy says otherwise stays.
    """
    client, arn = target.client("sqs"), arn_of(target, queue_url)
    written = (
        client.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["Policy"]).get("Attributes", {}).get("Policy")
    )
    policy: dict[str, Any] = json.loads(written) if written else {"Version": "2012-10-17"}
    others = [statement for statement in _listed(policy.get("Statement", [])) if statement.get("Sid") != _SID]
    ours = {
        "Sid": _SID,
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": alert_topics(target)}},
    }
    policy["Statement"] = [*others, ours]
    client.set_queue_attributes(QueueUrl=queue_url, Attributes={"Policy": json.dumps(policy)})


def _listed(statements: Any) -> list[dict[str, Any]]:  # noqa: ANN401  # AWS takes one or a list
    return statements if isinstance(statements, list) else [statements]
