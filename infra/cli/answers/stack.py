"""Answers of commands about the stack itself."""

from typing import Any

from pydantic import Field

from infra.cli.answers.base import Answer
from infra.cli.answers.pages import PageOutcome


class QueueDepths(Answer):
    waiting: int
    in_work: int
    parked: int = Field(description="In the dead-letter queue.")


class Status(Answer):
    target: str
    status: str = Field(description="CloudFormation's.")
    queues: dict[str, QueueDepths]
    subscriptions: int
    alarms: list[str] | None = Field(description="The names of those that ring; null where the role may not see them.")
    outputs: dict[str, str]
    environment: dict[str, str] = Field(description="What other AWS tools need to speak to the local stack.")


class Up(Answer):
    port: int
    endpoint: str
    deployed: bool = Field(description="Whether it was built and deployed just now.")
    replayed: int = Field(description="Pages processed again after the emulator did not stop cleanly.")
    seconds: float


class Deployed(Answer):
    stack: str
    outputs: dict[str, str]


class Removed(Answer):
    removed: str
    kept: list[str]
    deleted: list[str]


class Headlines(Answer):
    before: str
    after: str


class ToldStory(Answer):
    sent: list[str] = Field(description="Files that this run uploaded; the others were there as they are.")
    records: list[dict[str, Any]]
    alerts: list[dict[str, Any]]
    headlines: list[Headlines] = Field(description="As the correction has them, or as an earlier run told it.")
    problems: list[str] = Field(description="What went otherwise than it should, a sentence each.")


class Demo(Answer):
    pages: list[PageOutcome]
    alerts: list[dict[str, Any]]
    one_story: ToldStory = Field(description="Two papers with one report: one alert, and a correction.")
