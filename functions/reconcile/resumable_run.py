"""A run in parts: the function stops before its time is up, notes how far it came, and goes on at its next tick."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from functions.reconcile.ports import Run, Runs
from functions.reconcile.record_states import KINDS
from functions.reconcile.usecase import ComparedPage, ReconcileBucket
from shared.telemetry import Telemetry
from shared.times import SECONDS_A_DAY

SECONDS_TO_SPARE = (
    60  # before the function's time-out; a page of 1,000 objects takes some 3 s on the emulator (decision 7)
)

# A little less than a day, so that a run does not wander through the hours.
SECONDS_BETWEEN_RUNS = SECONDS_A_DAY - 1_800

# Heads of all stored pages are most of what reconciling costs; a lost delete is rare, and found within a week (decision
# 19).
SECONDS_BETWEEN_COMPARISONS_OF_RECORDS = 7 * SECONDS_A_DAY - 1_800

# Messages that wait for extract or enrich. A page among them has no record yet and would be sent again, so this is the
# most work that is done twice; by judgement. A stack that keeps up has none waiting.
MAX_WAITING = 10


@dataclass(frozen=True)
class ResumableReconcile:
    """A run begins a day after the one before. While a stage is behind nothing is compared: what waits is not lost."""

    reconcile: ReconcileBucket
    runs: Runs
    telemetry: Telemetry
    now: Callable[[], float] = time.time

    def continue_run(self, seconds_left: Callable[[], float]) -> Run | None:
        """Goes on with the run that is due, as far as time allows; None where none is due or a stage is behind."""
        run = self.due_run()
        if run is None or run.position is None:
            return None
        if self.is_behind():
            self.telemetry.log.info("extract or enrich is behind: reconciling waits")
            return None
        for page in self.reconcile.steps(run.position):
            run = self.finish_early(run_after(run, page))
            self.runs.save(run)
            self.count_findings(page)
            if run.position is None or seconds_left() < SECONDS_TO_SPARE or self.is_behind():
                break
        self.telemetry.log.info(
            "reconciled", extra=run.model_dump(exclude={"position"}) | {"through": run.position is None}
        )
        return run

    def due_run(self) -> Run | None:
        """The run that is under way, or a new one once a day; the one before, which is through, until then."""
        run = self.runs.load()
        if run is None or (run.position is None and self.now() - run.started_at >= SECONDS_BETWEEN_RUNS):
            return Run(started_at=self.now(), records_compared_at=run.records_compared_at if run else 0.0)
        return run

    def is_behind(self) -> bool:
        return self.reconcile.changes.waiting() > MAX_WAITING

    def finish_early(self, run: Run) -> Run:
        """The run as it is where it comes to the records: through, if they were compared within the last week."""
        if run.position is None or not run.position.records or run.position.after is not None:
            return run
        if self.now() - run.records_compared_at < SECONDS_BETWEEN_COMPARISONS_OF_RECORDS:
            return run.model_copy(update={"position": None})
        return run.model_copy(update={"records_compared_at": self.now()})

    def count_findings(self, page: ComparedPage) -> None:
        """Metrics of what one page of the comparison found."""
        for kind, number in count_by_kind(page).items():
            if number:
                self.telemetry.count(f"Reconcile{kind.capitalize()}", number)
        if page.held_back:
            self.telemetry.count("ReconcileHeldBack", page.held_back)


def run_after(run: Run, page: ComparedPage) -> Run:
    """The run with one more page counted."""
    found = {kind: getattr(run, kind) + number for kind, number in count_by_kind(page).items()}
    counted = {"seen": run.seen + page.seen, "held_back": run.held_back + page.held_back}
    return run.model_copy(update={**found, **counted, "position": page.position})


def count_by_kind(page: ComparedPage) -> dict[str, int]:
    return {kind: sum(finding.kind == kind for finding in page.findings) for kind in KINDS}
