"""What is parked in the dead-letter queues, grouped by what went wrong."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from infra.operate.log_lines import SILENT, Failure, newest_failures
from infra.operate.parked import holding
from infra.operate.stages import STAGES, Malformed, Stage, Subject, subjects_of
from infra.stack.target import Target

_VARYING = re.compile(r"\b[0-9a-f]{8,}\b|\d+", re.IGNORECASE)
_LINE_NUMBER = re.compile(r":\d+")
MALFORMED = "Malformed"


@dataclass
class Group:
    """Messages of a stage that failed alike. The fingerprint is the same from one look to the next."""

    stage: Stage
    fingerprint: str
    failure: Failure
    sample: Subject | None
    oldest: float
    message_ids: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)

    @property
    def readable(self) -> bool:
        """False for messages that are no messages of this stage: sent again, they would only fail again."""
        return self.failure.error != MALFORMED


@dataclass(frozen=True, slots=True)
class ParkedMessage:
    message_id: str
    sent_at: float
    subjects: Sequence[Subject]
    malformed: str = ""


def failures(target: Target, stages: Sequence[Stage] = STAGES, limit: int = 1_000) -> list[Group]:
    """Up to `limit` messages a stage, the largest group of each first. Nothing is taken out of the queues."""
    return [group for stage in stages for group in group_failures(target, stage, limit)]


def fingerprint(stage: str, failure: Failure) -> str:
    """Eight hex digits; numbers, ids and line numbers do not tell failures apart."""
    told = (stage, failure.error, _VARYING.sub("#", failure.message), _LINE_NUMBER.sub("", failure.at))
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:8]


def group_failures(target: Target, stage: Stage, limit: int) -> list[Group]:
    with holding(target.client("sqs"), target.output(stage.parked)) as held:
        seen = [read_message(stage, message) for message in held.messages(limit)]
    told = failures_in_log(target, stage, seen)
    groups: dict[str, Group] = {}
    for one in seen:
        failure = failure_of_message(one, told)
        name = fingerprint(stage.name, failure)
        group = groups.setdefault(name, Group(stage, name, failure, next(iter(one.subjects), None), one.sent_at))
        group.oldest = min(group.oldest, one.sent_at)
        group.message_ids.append(one.message_id)
        group.documents.update(subject.document_id for subject in one.subjects)
    return sorted(groups.values(), key=lambda group: -len(group.message_ids))


def read_message(stage: Stage, message: Mapping[str, Any]) -> ParkedMessage:
    sent_at = int(message["Attributes"]["SentTimestamp"]) / 1000
    try:
        return ParkedMessage(message["MessageId"], sent_at, subjects_of(stage, message["Body"]))
    except Malformed as error:
        return ParkedMessage(message["MessageId"], sent_at, (), str(error))


def failures_in_log(target: Target, stage: Stage, seen: Sequence[ParkedMessage]) -> Mapping[str, Failure]:
    wanted = {subject.correlation_id for one in seen for subject in one.subjects}
    if not wanted:
        return {}
    since = min(one.sent_at for one in seen)
    return newest_failures(target.client("logs"), target.output(stage.function), since, wanted)


def failure_of_message(one: ParkedMessage, told: Mapping[str, Failure]) -> Failure:
    if one.malformed:
        return Failure(MALFORMED, one.malformed)
    return next(known_failures(one, told), SILENT)


def known_failures(one: ParkedMessage, told: Mapping[str, Failure]) -> Iterator[Failure]:
    yield from (told[subject.correlation_id] for subject in one.subjects if subject.correlation_id in told)
