"""Parked messages sent back to their stage: one canary of a group first, the rest only if it passed."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from infra.operate.failures import Group
from infra.operate.log_lines import newest_failures
from infra.operate.parked import holding
from infra.operate.stages import STAGES, Stage, Subject, subjects_of
from infra.stack.records.documents import Item
from infra.stack.records.told_documents import find_with_alerts, is_told
from infra.stack.target import Target

Verdict = Literal["passed", "failed", "undecided", "unreadable", "gone"]
# Seconds, by judgement.
_PAUSE = 1.0  # before the first look for an outcome; later pauses grow
_MAX_PAUSE = 5.0  # between two looks
_CLOCK_SKEW = 5.0  # by which the clock of the log may be behind ours
_SECOND_TRY = 60.0  # that a second try may take after the visibility timeout (decision 0007)


@dataclass(frozen=True, slots=True)
class Redriven:
    """What became of a group. `sent` counts the canary."""

    group: Group
    verdict: Verdict
    sent: int
    why: str = ""


def redrive(target: Target, group: Group, wait: float | None, say: Callable[[str], None]) -> Redriven:
    """Sends a canary, waits up to `wait` seconds for its outcome, and sends the rest if it passed.

    Without `wait` it has the time of a second try: a worker that was killed leaves its message until the visibility
    timeout is over.
    """
    wait = wait if wait is not None else _visibility(target, group.stage) + _SECOND_TRY
    if not group.readable:
        return Redriven(group, "unreadable", 0, "no message of this stage: it would fail again")
    begun = time.time()
    canary = _send(target, group.stage, group.message_ids[:1])
    if not canary:
        return Redriven(group, "gone", 0, "it is no longer parked")
    say(f"{group.stage.name} {group.fingerprint}: one of {len(group.message_ids)} sent back, waiting for its outcome")
    verdict, why = _outcome(target, group.stage, canary, begun, wait)
    rest = _send(target, group.stage, group.message_ids[1:]) if verdict == "passed" else []
    return Redriven(group, verdict, 1 + len(rest), why)


def _send(target: Target, stage: Stage, message_ids: Collection[str]) -> list[Sequence[Subject]]:
    """Hands over the messages with these ids, and gives what they are about. The others are looked at and left."""
    wanted = set(message_ids)
    sent: list[Sequence[Subject]] = []
    if not wanted:
        return sent
    with holding(target.client("sqs"), target.output(stage.parked)) as held:
        for message in held.messages(limit=1_000_000):
            if message["MessageId"] in wanted:
                held.hand_over(message, target.output(stage.queue))
                sent.append(subjects_of(stage, message["Body"]))
                wanted.discard(message["MessageId"])
            if not wanted:
                break
    return sent


def _outcome(
    target: Target, stage: Stage, canary: Sequence[Sequence[Subject]], since: float, wait: float
) -> tuple[Verdict, str]:
    subjects = [subject for one in canary for subject in one]
    deadline = time.monotonic() + wait
    pause = _PAUSE
    while True:
        if _done(target, stage, subjects):
            return "passed", ""
        if why := _failed(target, stage, subjects, since):
            return "failed", why
        if time.monotonic() >= deadline:
            return _silent(target, stage, wait)
        time.sleep(min(pause, max(0.0, deadline - time.monotonic())))
        pause = min(pause * 1.3, _MAX_PAUSE)


def _silent(target: Target, stage: Stage, wait: float) -> tuple[Verdict, str]:
    """Neither an outcome nor a word of failure: either its turn has not come, or whoever worked on it was killed."""
    ahead = _attribute(target, stage, "ApproximateNumberOfMessages")
    if ahead:
        return (
            "undecided",
            f"{ahead} messages wait in its queue; it goes on by itself: see what became of it, then redrive the rest",
        )
    if wait < _visibility(target, stage):
        return (
            "undecided",
            f"no outcome within {wait:.0f} s; it goes on by itself. Without --wait its second try is waited for too",
        )
    killed = f"no word within {wait:.0f} s: the function was killed or ran out of time"
    return "failed", f"{killed}. Give it more of either, or remove the page"


def _visibility(target: Target, stage: Stage) -> int:
    return _attribute(target, stage, "VisibilityTimeout")


def _attribute(target: Target, stage: Stage, name: str) -> int:
    answer = target.client("sqs").get_queue_attributes(QueueUrl=target.output(stage.queue), AttributeNames=[name])
    return int(answer["Attributes"][name])


def _done(target: Target, stage: Stage, subjects: Sequence[Subject]) -> bool:
    names = ("sequencer", "outcome", "content_hash")
    items = find_with_alerts(target, [subject.document_id for subject in subjects], names)
    return all(_is_done(stage, subject, items.get(subject.document_id, {})) for subject in subjects)


def _is_done(stage: Stage, subject: Subject, item: Item) -> bool:
    """In the ledger for the first two stages; alerted, or with nothing left to alert of, for the last."""
    recorded = item.get("sequencer", "")
    if stage.name != "notify":
        return bool(recorded >= subject.version)
    return recorded != subject.version or is_told(item)


def _failed(target: Target, stage: Stage, subjects: Sequence[Subject], since: float) -> str:
    """The canary's first failure in its stage or a later one; it is tried again, but the rest need not follow it."""
    logs: Any = target.client("logs")
    wanted = {subject.correlation_id for subject in subjects}
    for later in STAGES[STAGES.index(stage) :]:
        told = newest_failures(logs, target.output(later.function), since - _CLOCK_SKEW, wanted)
        for failure in told.values():
            return f"{later.name}: {failure.error}: {failure.message}"
    return ""
