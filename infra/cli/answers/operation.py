"""Answers of the operator's commands."""

from pydantic import Field

from infra.cli.answers.base import Answer


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
