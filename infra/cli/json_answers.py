"""What each command answers with `--json`, as models: `clipwire schema` prints them as JSON Schema, and tests hold the
commands to them.

A field that may be missing has a default here. Fields may be added within a minor version; none is taken away or
changes its meaning.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

Filter = dict[str, list[Any]]
"""A subscription's filter policy, as SNS has it."""


class Answer(BaseModel):
    """A JSON object with these fields and no other."""

    model_config = ConfigDict(extra="forbid")


class Trouble(Answer):
    what: str = Field(description="What is wrong, in a sentence or two.")
    todo: str = Field(description="What to do about it; may be empty.")
    exit_code: int


class Failure(Answer):
    """What every command writes to standard error in place of its answer, where it fails."""

    error: Trouble


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


class PageOutcome(Answer):
    """What became of a page, as far as it is known."""

    document_id: str | None = None
    outcome: str | None = None
    reason: str | None = None
    detail: str | None = None
    title: str | None = None
    topics: list[str] | None = None
    site: str | None = None
    language: str | None = None
    source_key: str | None = None
    published_at: str | None = None
    processed_at: str | None = None
    alerted_at: str | None = None


class UploadedPage(PageOutcome):
    file: str
    key: str
    unchanged: bool = Field(description="Whether it was there already, and not sent (--skip-unchanged).")
    url: str | None


class LeftOut(Answer):
    file: str
    why: str


class Upload(Answer):
    uploaded: int
    unchanged: int
    failed: int
    stopped: bool = Field(description="Whether Ctrl-C ended it.")
    pages: list[UploadedPage] = Field(description="The first 10,000 that are in the bucket.")
    left_out: list[LeftOut]


class Invite(Answer):
    """A presigned form: its address, and the fields that go before the file."""

    url: str
    fields: dict[str, str]
    folder: str
    max_bytes: int
    expires_at: str
    page: str | None = None


class Records(Answer):
    """Each record has the attributes of `clipwire schema show` that its list keeps."""

    records: list[dict[str, Any]]
    after: str | None = Field(description="What `--after` goes on from; null at the end.")


class SearchMatch(Answer):
    """A record that a search found. Times are in UTC; a field that the page did not tell is empty."""

    document_id: str
    processed_at: str
    published_at: str = Field(description="When the article was published, else when it was processed.")
    site: str
    topic: str
    language: str
    title: str
    url: str
    sentence: str = Field(description="The one that matched.")


class Search(Answer):
    matches: list[SearchMatch]
    more: bool = Field(description="Whether there are more than `--limit`.")


class Stats(Answer):
    by: str
    counts: dict[str, int] = Field(description="By value, the most frequent first; days newest first.")


class SavedQuestion(Answer):
    name: str
    about: str
    sql: str


class Asked(Answer):
    """The rows of an answer, or without a question the list of those that are saved."""

    rows: list[dict[str, str]] | None = Field(None, description="By column, the first thousand; all values as text.")
    scanned_bytes: int | None = Field(None, description="What Athena read, and bills.")
    questions: list[SavedQuestion] | None = None


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


class Demo(Answer):
    pages: list[PageOutcome]
    alerts: list[dict[str, Any]]


class Finding(Answer):
    part: str
    verdict: str = Field(description="well, note, mend or unreadable.")
    what: str
    todo: str


class Check(Answer):
    sound: bool
    findings: list[Finding]


class Smoke(Answer):
    passed: bool
    seconds: dict[str, float]
    milliseconds: dict[str, int] = Field(description="How long each function worked.")
    problem: str
    todo: str


class Sample(Answer):
    kind: str
    key: str


class Reconcile(Answer):
    seen: int
    dry_run: bool
    found: dict[str, int]
    samples: list[Sample]


class FailureGroup(Answer):
    stage: str
    group: str = Field(description="Its fingerprint, for `redrive --group`.")
    messages: int
    documents: int
    error: str
    message: str
    at: list[str] | str
    sample: str
    oldest: str


class RedrivenGroup(FailureGroup):
    verdict: str
    sent: int
    why: str


class Reprocess(Answer):
    selection: dict[str, str]
    tried: int | None = None
    changed: int | None = None
    unavailable: int | None = None
    fields: dict[str, int] | None = None
    sent: int
    alert_due: int


class Deployed(Answer):
    stack: str
    outputs: dict[str, str]


class Removed(Answer):
    removed: str
    kept: list[str]
    deleted: list[str]


ANSWERS: Mapping[str, Any] = {
    "up": Up, "status": Status, "upload": Upload, "invite": Invite, "records": Records,
    "search": Search, "stats": Stats, "ask": Asked, "demo": Demo,
    "subscribe": Subscribed, "unsubscribe": Unsubscribed, "subscriptions": Subscriptions,
    "rules add": AddedRule, "rules list": Rules, "rules test": RuleTrial, "rules caught": Caught, "rules fill": Filled,
    "rules remove": RemovedRule, "rules enable": Rule, "rules disable": Rule,
    "deploy": Deployed, "remove": Removed, "check": Check, "smoke": Smoke, "reconcile": Reconcile,
    "failures": list[FailureGroup], "redrive": list[RedrivenGroup], "reprocess": Reprocess,
}  # fmt: skip
