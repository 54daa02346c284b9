"""What a storm throws at a stack, the stack it is thrown at, and the table of what came of it."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from infra.local.emulator import discard
from infra.local.guard import watch_over
from infra.local.home import CLONE, Home
from infra.local.stack import bring_up, outputs_of, stack_of, take_down
from tests.chaos.faulty_proxy import FaultPlan, FaultyProxy
from tests.chaos.ledger_audit import Verdict
from tests.own_stack import Lines, free_port

Stormy = tuple[int, dict[str, str], FaultPlan, Path]
"""Port and outputs of a stack, the plan of its faults, and the log of its functions."""


@dataclass
class Storm:
    """What is thrown at the stack; the seed decides all of it."""

    documents: int = 2_000
    seed: int = 1
    fault_rate: float = 0.06
    kill_every: float = 5.0
    concurrency: int = 4
    deadline: float = 1_800.0


@dataclass
class Outcome:
    injected: Counter[str] = field(default_factory=Counter)
    verdict: Verdict = field(default_factory=Verdict)
    seconds: float = 0.0
    executions: Counter[str] = field(default_factory=Counter)
    parked: dict[str, int] = field(default_factory=dict)
    unreconciled: int = 0


@contextmanager
def stormy_stack(storm: Storm) -> Iterator[Stormy]:
    """A stack of its own whose functions reach AWS through the faulty proxy only."""
    port, plan = free_port(), FaultPlan(storm.seed, storm.fault_rate)
    home = Home(CLONE, Path(tempfile.mkdtemp(prefix="clipwire-chaos-")))
    with FaultyProxy(port, plan) as proxy:
        extra = {"AWS_ENDPOINT_URL": proxy.endpoint, "LAMBDA_ACCOUNT_CONCURRENCY": str(2 * storm.concurrency)}
        try:
            bring_up(home, port, Lines(), extra)
            watch_over(home, os.getpid())
            yield port, outputs_of(stack_of(port)), plan, home.log
        finally:
            take_down(home, wipe=True)
            discard(home.state)  # each worker that was killed has left its thousands of files


def report(storm: Storm, outcome: Outcome) -> str:
    verdict = outcome.verdict
    rows = [
        ("seed", storm.seed),
        ("documents", storm.documents),
        ("seconds", round(outcome.seconds)),
        *((f"injected: {name}", count) for name, count in sorted(outcome.injected.items())),
        *((f"outcome: {name}", count) for name, count in sorted(verdict.outcomes.items())),
        ("survived", sum(verdict.outcomes.values()) - len(verdict.wrong)),
        ("lost", len(verdict.lost)),
        ("wrong", len(verdict.wrong)),
        ("alerts", verdict.alerts),
        ("alerts missing", len(verdict.unalerted)),
        ("alerts twice", len(verdict.alerted_twice)),
        ("left behind", len(verdict.left_behind)),
        *verdict.stories.rows(),
        ("sent again, same alert_id", verdict.same_id_twice),
        ("runs that ended", outcome.executions["runs"]),
        ("versions with an outcome", outcome.executions["versions"]),
        ("effects a version", f"{outcome.executions['effects'] / outcome.executions['versions']:.2f}"),
        ("left to reconcile", outcome.unreconciled),
        *((f"parked: {stage}", count) for stage, count in outcome.parked.items()),
    ]
    lines = [f"{name:<28}{value!s:>10}" for name, value in rows]
    return "\n".join(
        [
            *lines,
            *verdict.lost[:5],
            *verdict.wrong[:5],
            *verdict.unalerted[:5],
            *verdict.alerted_twice[:5],
            *verdict.left_behind[:20],
            *verdict.stories.joined_wrongly[:5],
        ]
    )
