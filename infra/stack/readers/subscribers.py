"""Who is subscribed to the topics of a stack, as SNS lists it."""

import json
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from infra.stack.readers import subscription_filters as filters
from infra.stack.target import Target

# What SNS lists in place of an ARN until somebody has confirmed.
PENDING = "PendingConfirmation"


def list_subscriptions(target: Target, topic: str | None = None) -> Iterator[dict[str, Any]]:
    """Every subscription of a reader, or of the topic that an output of the stack names."""
    for arn in [target.output(topic)] if topic else alert_topics(target):
        for page in target.client("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=arn):
            yield from page["Subscriptions"]


def alert_topics(target: Target) -> list[str]:
    """The topics that readers subscribe to: alerts, their version 1 where the stack has it, and digests."""
    others = (target.outputs.get(name) for name in ("DigestsTopicArn", "AlertsV1TopicArn"))
    return [target.output("AlertsTopicArn"), *filter(None, others)]


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


def put_subscription(target: Target, protocol: str, endpoint: str, wanted: filters.Policy, topic_arn: str) -> str:
    """Makes the subscription, or gives the one that is there the new filter."""
    client = target.client("sns")
    attributes = {**filters.attributes(wanted), "RedrivePolicy": redrive_policy(target)}
    there = existing_subscription(target, protocol, endpoint, topic_arn)
    if there is None or there["SubscriptionArn"] == PENDING:
        answer = client.subscribe(
            TopicArn=topic_arn,
            Protocol=protocol,
            Endpoint=endpoint,
            Attributes=attributes,
            ReturnSubscriptionArn=True,
        )
        return str(answer["SubscriptionArn"])
    arn = str(there["SubscriptionArn"])
    for name, value in attributes.items():
        client.set_subscription_attributes(SubscriptionArn=arn, AttributeName=name, AttributeValue=value)
    return arn


def existing_subscription(target: Target, protocol: str, endpoint: str, topic_arn: str) -> dict[str, Any] | None:
    """The subscription of an endpoint as SNS lists it: SNS keeps one for each endpoint of a topic."""
    wanted = {"Protocol": protocol, "Endpoint": endpoint, "TopicArn": topic_arn}
    return next((entry for entry in list_subscriptions(target) if wanted.items() <= entry.items()), None)


def filter_before(target: Target, protocol: str, endpoint: str, topic_arn: str) -> dict[str, Any] | None:
    """What the endpoint was subscribed to until now; None where it was not, or has not confirmed."""
    there = existing_subscription(target, protocol, endpoint, topic_arn)
    if there is None or there["SubscriptionArn"] == PENDING:
        return None
    return filter_of(target, there["SubscriptionArn"])


def filter_of(target: Target, arn: str) -> dict[str, Any]:
    """The filter of a subscription; empty where it has none."""
    return dict(json.loads(subscription_attributes(target, arn).get("FilterPolicy") or "{}"))


def filters_of_others(target: Target, endpoint: str, own: filters.Policy) -> Iterator[filters.Policy]:
    """What is asked for after a change: by this endpoint, and by every other that has confirmed."""
    yield own
    for entry in list_subscriptions(target):
        if entry["SubscriptionArn"] != PENDING and entry["Endpoint"] != endpoint:
            yield filter_of(target, entry["SubscriptionArn"])
