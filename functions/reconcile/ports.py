"""What reconciling needs from the outside; its AWS side is in this folder, its fakes in `tests/fakes.py`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from functions.reconcile.record_states import Finding, RecordState, StoredObject
from shared.domain.documents import Frozen


class Position(Frozen):
    """Where a run goes on: first through the bucket's objects in key order, then through the ledger's records.

    `after` is the last seen.
    """

    records: bool = False
    after: str | None = None


class Run(Frozen):
    """A run and how far it came; no `position` once it is through. Times in epoch seconds.

    `records_compared_at` is when this run, or an earlier one, last began to compare the records with the objects.
    """

    started_at: float
    records_compared_at: float = 0.0
    position: Position | None = Position()
    seen: int = 0
    missing: int = 0
    stale: int = 0
    orphaned: int = 0
    held_back: int = 0


class Objects(Protocol):
    """The uploads in the pages bucket."""

    def pages(self, prefix: str, after: str | None) -> Iterator[Sequence[StoredObject]]:
        """Up to 1,000 at a time in key order, from behind `after`."""

    def find(self, key: str) -> StoredObject | None:
        """One object as it is now, None where it is gone."""


class RecordStates(Protocol):
    """The records table, as far as comparing needs it."""

    def of(self, document_ids: Sequence[str], *, consistent: bool = False) -> Mapping[str, RecordState]:
        """The state of each document that has a record."""

    def pages(self, after: str | None) -> Iterator[tuple[Sequence[tuple[str, str]], str | None]]:
        """Document id and key of all records but tombstones, some hundreds at a time.

        Each comes with what to go on after, None at the end.
        """


class Changes(Protocol):
    """The pages queue, and what waits behind it."""

    def send(self, findings: Sequence[Finding]) -> None:
        """Puts each as a notification of S3's shape in the queue."""

    def waiting(self) -> int:
        """About how many messages wait for extract or for enrich: pages that have no record yet."""


class Runs(Protocol):
    """Where the latest run is noted, so that the next turn of the function goes on with it."""

    def load(self) -> Run | None:
        """The run as it was noted last, None before the first."""

    def save(self, run: Run) -> None:
        """Notes the run in place of what was noted before."""
