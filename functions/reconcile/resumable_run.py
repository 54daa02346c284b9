"""A run in turns: the function stops before its time is up, notes how far it came, and goes on at its next tick."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from functions.reconcile.ports import Run, Runs
from functions.reconcile.record_states import KINDS
from functions.reconcile.usecase import ComparedPage, ReconcileBucket
from shared.telemetry import Telemetry
from shared.times import SECONDS_A_DAY

SECONDS_TO_SPARE = 60
SECONDS_BETWEEN_RUNS = (
    SECONDS_A_DAY - 1_800
)  # a little less than a day, so that a run does not wander through the hours
MAX_WAITING = 1_000


@dataclass(frozen=True)
class ResumableReconcile:
    """A run begins a day after the one before. While extract is far behind nothing is compared: what waits is not lost."""

    reconcile: ReconcileBucket
    runs: Runs
    telemetry: Telemetry
    now: Callable[[], float] = time.time

    def continue_run(self, seconds_left: Callable[[], float]) -> Run | None:
        run = self._due()
        if run is None or run.position is None:
            return None
        if self.reconcile.changes.waiting() > MAX_WAITING:
            self.telemetry.log.info("extract is behind: reconciling waits")
            return None
        for step in self.reconcile.steps(run.position):
            run = run_after(run, step)
            self.runs.save(run)
            self._count(step)
            if seconds_left() < SECONDS_TO_SPARE:
                break
        self.telemetry.log.info(
            "reconciled", extra=run.model_dump(exclude={"position"}) | {"through": run.position is None}
        )
        return run

    def _due(self) -> Run | None:
        run = self.runs.load()
        if run is None or (run.position is None and self.now() - run.started_at >= SECONDS_BETWEEN_RUNS):
            return Run(started_at=self.now())
        return run

    def _count(self, step: ComparedPage) -> None:
        for kind, number in count_by_kind(step).items():
            if number:
                self.telemetry.count(f"Reconcile{kind.capitalize()}", number)
        if step.held_back:
            self.telemetry.count("ReconcileHeldBack", step.held_back)


def run_after(run: Run, step: ComparedPage) -> Run:
    found = {kind: getattr(run, kind) + number for kind, number in count_by_kind(step).items()}
    counted = {"seen": run.seen + step.seen, "held_back": run.held_back + step.held_back}
    return run.model_copy(update={**found, **counted, "position": step.position})


def count_by_kind(step: ComparedPage) -> dict[str, int]:
    return {kind: sum(finding.kind == kind for finding in step.findings) for kind in KINDS}
