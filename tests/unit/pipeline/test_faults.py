"""Whatever call of whatever stage fails, before or after its effect, the message comes again and everything ends the
same.

A message that comes again at once leads to the very state of a run without a fault. One that comes again after all
others may find newer versions there: then nothing may contradict anything else.

The calls are those of the ports' Protocols, found by running each scenario once and counting: a new method is failed
the day it is written, and one that no scenario reaches fails `test_every_method_of_every_port_is_failed`.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import pytest

from shared.domain.digests import DigestMessage
from shared.domain.errors import Transient
from shared.domain.messages import Alert
from tests.pipeline import Clock, Pipeline
from tests.ports import PARTS, every_method, gated, protocols, then_fails
from tests.unit.pipeline.scenarios import SCENARIOS, Life

When = Literal["before", "after"]
How = Literal["raises", "is killed"]
Retry = Literal["at once", "in the end"]
Handler = Callable[[Any], object]
MAX_ATTEMPTS = 5
RETRY_SECONDS = 200  # a message comes back after its claim has expired
CHANGES_BY_ITSELF = {"processed_at", "processed_on", "timeline_at", "expires_at"}


class Killed(BaseException):
    """The process ends here: no handler of the stage's own runs."""


@dataclass
class FaultyRun:
    """A scenario in which one call fails, by its number.

    Without a number nothing fails, and `calls` names all that were made.
    """

    fails: int = -1
    when: When = "before"
    how: How = "raises"
    retry: Retry = "at once"
    line: Pipeline = field(
        default_factory=lambda: Pipeline(rules_clock=Clock())
    )  # the rules are read once, whatever fails
    calls: list[str] = field(default_factory=list)
    left_over: list[tuple[Handler, object]] = field(default_factory=list)

    def run(self, scenario: str) -> "FaultyRun":
        self.line.connect(gated(self.gate))
        life = Life(self.deliver, self.line)
        SCENARIOS[scenario](life)
        for handle, message in self.left_over:
            self.line.clock.seconds += RETRY_SECONDS
            handle(message)
        life.end()
        return self

    def gate(self, name: str, call: Any) -> Any:
        number = len(self.calls)
        self.calls.append(name)
        if number != self.fails:
            return call()
        error = Transient(f"{name} failed {self.when} its effect") if self.how == "raises" else Killed()
        if self.when == "before":
            raise error
        return then_fails(call(), error)

    def deliver(self, stage: str, message: object) -> None:
        handle = self.handler_of(stage)
        for _ in range(MAX_ATTEMPTS):
            try:
                handle(message)
            except (Transient, Killed):
                self.line.clock.seconds += RETRY_SECONDS
                if self.retry == "in the end":
                    self.left_over.append((handle, message))
                    return
            else:
                return
        raise AssertionError(f"{stage} failed {MAX_ATTEMPTS} times")

    def handler_of(self, stage: str) -> Handler:
        """The stage as it is now: a scenario may put other code in its place."""
        if stage == "reconcile":
            return lambda _message: self.line.reconcile.continue_run(lambda: 900.0)
        if stage == "export":
            return lambda _message: self.line.export.run(lambda: 900.0)
        if stage == "digest":
            return lambda _message: self.line.digest.handle(lambda: 900.0)
        return getattr(self.line, stage).handle


def end_state(line: Pipeline) -> dict[str, Any]:
    """All that is left where a scenario ended, but for times."""
    records = {name: record.model_dump(exclude=CHANGES_BY_ITSELF) for name, record in line.ledger.records.items()}
    told = {
        (story, name): document.model_copy(update={"sent_at": "", "claim": None})
        for story, item in line.alert_ledger.items.items()
        for name, document in item.documents.items()
        if document.content or document.claim  # else only its version is kept, of a page that is gone
    }
    return {
        "records": records,
        "matches": line.listed_rules(),
        "stories": {name: row.decision for name, row in line.stories.rows.items()},
        "texts": line.pages.kept("texts"),
        "handoff": line.pages.kept("handoff"),
        "queues": (line.handoff.articles, line.handoff.announcements, line.changes.sent),
        "claims": claims_of(line),
        "alerts": list(dict.fromkeys(what_was_told(alert) for alert in line.alerts.sent)),
        "digests": list(dict.fromkeys(what_a_digest_told(digest) for digest in line.digest_topics.sent)),
        "told": told,
        "held": {key: held.alert_id for key, held in line.views.held.items()},
        "counted": list(line.views.counts.values()),
        "history": {
            (noted.document_id, noted.sequencer, noted.outcome, noted.alert_id, *sorted(noted.marks.items()))
            for noted in line.history.entries.values()
        },
    }


def what_a_digest_told(digest: DigestMessage) -> tuple[str, ...]:
    return digest.alert_id, *(f"{story.kind} {story.title}" for story in digest.stories)


def claims_of(line: Pipeline) -> set[str]:
    """Documents with an alert that was begun, and perhaps not sent."""
    told = line.alert_ledger.items.values()
    return {name for item in told for name, document in item.documents.items() if document.claim}


def what_was_told(alert: Alert) -> tuple[object, ...]:
    changes = tuple((change.what, change.before, change.after) for change in alert.changes)
    return alert.alert_id, alert.kind, alert.title, tuple(alert.first_for), changes


@cache
def sound_run(scenario: str) -> FaultyRun:
    return FaultyRun().run(scenario)


def fault_points() -> Iterator[Any]:
    ways = list(itertools.product(("before", "after"), ("raises", "is killed"), ("at once", "in the end")))
    for scenario in SCENARIOS:
        for number, name in enumerate(sound_run(scenario).calls):
            yield pytest.param(scenario, number, ways, id=f"{scenario}-{number}-{name}")


@pytest.mark.parametrize(("scenario", "number", "ways"), list(fault_points()))
def test_a_call_that_fails_before_or_after_its_effect_changes_nothing_in_the_end(scenario, number, ways):
    sound = sound_run(scenario).line
    for when, how, retry in ways:
        line = FaultyRun(number, when, how, retry).run(scenario).line
        assert line.contradictions() == [], f"{when} its effect, {how}, again {retry}"
        if retry == "at once":
            assert end_state(line) == end_state(sound), f"{when} its effect, {how}"
        if sound.day_files.state.seen_until:
            assert line.copied_by_day() == line.standing_by_day(), f"{when} its effect, {how}, again {retry}"


def test_every_method_of_every_port_is_failed():
    reached = {name for scenario in SCENARIOS for name in sound_run(scenario).calls}
    assert every_method() == reached


def test_every_port_has_its_part_in_the_pipeline():
    assert protocols() == set(PARTS)
