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
    muted: dict[str, str] = Field(description="Views that nobody is alerted of, each with when that ends.")


class AskedDigest(Answer):
    name: str
    views: list[str]
    languages: list[str] = Field(description="Empty for all.")
    rhythm: str = Field(description="daily or hourly.")
    at: str
    zone: str
    begun_at: str


class Subscribed(Answer):
    subscription: str
    protocol: str
    endpoint: str
    filter: Filter
    filter_before: Filter | None = Field(description="What this replaced; null where there was none.")
    digest: AskedDigest | None = Field(None, description="With `--digest`: what was asked for.")


class WouldBeSent(Answer):
    """What the last days would have brought."""

    messages: int
    alerts: dict[str, int] = Field(description="Single alerts by kind.")
    letters: int
    stories_in_letters: int
    one_alert_a_page: int = Field(description="What one alert for each page would have been.")
    by_day: dict[str, int] = Field(description="Messages by day (UTC).")


class Muted(Answer):
    view: str
    muted_until: str | None = Field(description="Null where it was switched off.")


class Unsubscribed(Answer):
    unsubscribed: list[str]
