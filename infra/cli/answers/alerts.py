"""Answers of commands about subscriptions."""

from typing import Any

from pydantic import Field

from infra.cli.answers.base import Answer

Filter = dict[str, list[Any]]
"""A subscription's filter policy, as SNS has it."""


class Subscription(Answer):
    subscription: str = Field(description="Its ARN, or PendingConfirmation.")
    protocol: str
    endpoint: str
    filter: Filter
    confirmed: bool


class Subscriptions(Answer):
    subscriptions: list[Subscription]


class Subscribed(Answer):
    subscription: str
    protocol: str
    endpoint: str
    filter: Filter
    filter_before: Filter | None = Field(description="What this replaced; null where there was none.")


class Unsubscribed(Answer):
    unsubscribed: list[str]
