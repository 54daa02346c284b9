"""The bucket compared with the ledger: what is missing, stale or left behind goes back in the pages queue."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from functions.reconcile.ports import Changes, Objects, Position, RecordStates
from functions.reconcile.record_states import Finding, RecordState, StoredObject, finding_of_object, finding_of_record
from shared.domain.documents import document_id
from shared.times import SECONDS_A_DAY

INCOMING = "incoming/"
LOOKUPS_AT_ONCE = 8  # threads that ask for heads; by judgement: the function has 0.29 of a CPU, and waits


@dataclass(frozen=True, slots=True)
class ReconcileTerms:
    """What is compared. Objects younger than the grace are left alone, since their events may be on the way.

    Where pages expire, a record without its object is as it should be; where records do, an old object without its
    record is. A page that stays without its record fails each time: `spaced` sends it 1, 2, 4, 8 … days after its
    upload and holds it back between.
    """

    prefix: str = INCOMING
    grace_seconds: float = 900  # S3 sends most events within seconds; decision 7
    pages_expire: bool = False
    record_days: int = 0
    dry_run: bool = False
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class ComparedPage:
    """One page compared: what was found (and sent, unless the run is dry), and where to go on, None at the end."""

    seen: int
    findings: Sequence[Finding]
    position: Position | None
    held_back: int = 0


@dataclass(frozen=True)
class ReconcileBucket:
    """Collaborators of a run. It holds one page at a time, may stop after any, and does no harm when repeated."""

    bucket: str
    objects: Objects
    states: RecordStates
    changes: Changes
    terms: ReconcileTerms = ReconcileTerms()
    now: Callable[[], float] = time.time

    def steps(self, position: Position) -> Iterator[ComparedPage]:
        """Through the objects, then the records. A page's findings are sent before its step is given."""
        if not position.records:
            yield from self.compare_objects(position.after)
            if self.terms.pages_expire:
                yield ComparedPage(0, (), None)
                return
            position = Position(records=True)
            yield ComparedPage(0, (), position)
        yield from self.compare_records(position.after)

    def compare_objects(self, after: str | None) -> Iterator[ComparedPage]:
        for page in self.objects.pages(self.terms.prefix, after):
            suspects = self.find_suspects([stored for stored in page if self.is_settled(stored)])
            due = [stored.key for stored in suspects if self.is_due_today(stored)]
            step = self._step(len(page), self.look_again(due, there=True), Position(after=page[-1].key))
            yield replace(step, held_back=len(suspects) - len(due))

    def compare_records(self, after: str | None) -> Iterator[ComparedPage]:
        for page, last in self.states.pages(after):
            ours = [key for name, key in page if key.startswith(self.terms.prefix) and name == self._id(key)]
            yield self._step(len(page), self.find_orphaned(ours), Position(records=True, after=last) if last else None)

    def _step(self, seen: int, findings: Sequence[Finding], position: Position | None) -> ComparedPage:
        if findings and not self.terms.dry_run:
            self.changes.send(findings)
        return ComparedPage(seen, findings, position)

    def find_suspects(self, listed: Sequence[StoredObject]) -> list[StoredObject]:
        states = self.states.of([self._id(stored.key) for stored in listed])
        return [stored for stored in listed if self._finding_of_object(stored, states.get(self._id(stored.key)))]

    def find_orphaned(self, keys: Sequence[str]) -> list[Finding]:
        with ThreadPoolExecutor(LOOKUPS_AT_ONCE) as pool:
            suspects = [
                key for key, stored in zip(keys, pool.map(self.objects.find, keys), strict=True) if stored is None
            ]
        return self.look_again(suspects, there=False)

    def look_again(self, keys: Sequence[str], *, there: bool) -> list[Finding]:
        """Looks again, at the ledger first.

        Whatever happened to an object since then has a later sequencer than ours, and wins.
        """
        states = self.states.of([self._id(key) for key in keys], consistent=True) if keys else {}
        found = []
        for key in keys:
            stored, state = self.objects.find(key), states.get(self._id(key))
            if stored is None:
                found.append(None if there else finding_of_record(key, state))
            elif there and self.is_settled(stored):
                found.append(self._finding_of_object(stored, state))
        return [finding for finding in found if finding]

    def _finding_of_object(self, stored: StoredObject, state: RecordState | None) -> Finding | None:
        finding = finding_of_object(stored, state)
        return None if finding and finding.kind == "missing" and self.record_has_expired(stored) else finding

    def is_settled(self, stored: StoredObject) -> bool:
        return stored.modified_at <= self.now() - self.terms.grace_seconds

    def is_due_today(self, stored: StoredObject) -> bool:
        """On the first day, and then on those whose number is a power of two."""
        days = int((self.now() - stored.modified_at) // SECONDS_A_DAY)
        return not self.terms.spaced or days & (days - 1) == 0

    def record_has_expired(self, stored: StoredObject) -> bool:
        return 0 < self.terms.record_days * SECONDS_A_DAY <= self.now() - stored.modified_at

    def _id(self, key: str) -> str:
        return document_id(self.bucket, key)
