"""Who is subscribed to the topics of a stack, as SNS lists it."""

import json
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from infra.stack.target import Target

# What SNS lists in place of an ARN until somebody has confirmed.
PENDING = "PendingConfirmation"


def list_subscriptions(target: Target, topic: str | None = None) -> Iterator[dict[str, Any]]:
    """Every subscription to alerts, or of the topic that an output of the stack names."""
    for arn in [target.output(topic)] if topic else alert_topics(target):
        for page in target.client("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=arn):
            yield from page["Subscriptions"]


def alert_topics(target: Target) -> list[str]:
    """The topic of alerts, and that of their version 1 where the stack has it."""
    return [target.output("AlertsTopicArn"), *filter(None, [target.outputs.get("AlertsV1TopicArn")])]


def redrive_policy(target: Target) -> str:
    """Where SNS parks alerts that a subscriber did not take after all retries, as a subscription's attribute."""
    asked = {"QueueUrl": target.output("AlertsDeadLetterQueueUrl"), "AttributeNames": ["QueueArn"]}
    arn = target.client("sqs").get_queue_attributes(**asked)["Attributes"]["QueueArn"]
    return json.dumps({"deadLetterTargetArn": arn})


def subscription_attributes(target: Target, arn: str) -> dict[str, Any]:
    """The attributes of a subscription; empty where it has ended since it was listed."""
    try:
        return dict(target.client("sns").get_subscription_attributes(SubscriptionArn=arn)["Attributes"])
    except ClientError as error:
        if error.response["Error"]["Code"] not in {"NotFound", "NotFoundException"}:
            raise
        return {}
