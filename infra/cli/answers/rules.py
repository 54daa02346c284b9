"""Answers of `clipwire rules`."""

from pydantic import Field

from infra.cli.answers.alerts import WouldBeSent
from infra.cli.answers.base import Answer


class Rule(Answer):
    name: str
    query: str
    enabled: bool
    owner: str
    note: str
    error: str | None = Field(description="Why the rule is skipped; null for a sound one.")
    updated_at: str


class AddedRule(Rule):
    read_as: str = Field(description="The query as it was understood.")


class Rules(Answer):
    rules: list[Rule]


class RuleMatch(Answer):
    document_id: str
    processed_at: str
    site: str
    title: str
    sentence: str


class RuleTrial(Answer):
    query: str
    read_as: str
    records: int
    by_lead_only: int = Field(description="Long texts of which only the lead was read.")
    whole: bool = Field(description="Whether all records of these days were read.")
    days: dict[str, int] = Field(description="Matches by day (UTC).")
    sent: WouldBeSent = Field(description="What a rule of this query would have sent.")
    matches: list[RuleMatch]


class CaughtRow(Answer):
    rule: str
    matched_at_document: str
    document_id: str
    title: str | None = None
    site: str | None = None
    url: str | None = None
    sequencer: str | None = None
    sentence: str | None = None
    expires_at: int | None = None


class Caught(Answer):
    rule: str
    caught: list[CaughtRow]


class Filled(Answer):
    rule: str
    days: int
    records: int
    matched: int
    sent: int
    alert_due: int


class RemovedRule(Answer):
    removed: str
    rows_removed: int
