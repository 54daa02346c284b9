"""Stored records told once more, in the order in which they came: by the functions' own code, and nothing is written.

A page counts once, as it is stored now and when it was processed last: what its older versions said is not kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from functions.digest.schedule import GRACE_SECONDS
from functions.digest.usecase import SendDigests
from functions.notify.asked_views import AskedViews
from functions.notify.usecase import NotifyReaders
from infra.operate.memory_desk import Clock, DigestOutbox, MemoryLedger, MemoryTold, MemoryViews, NoHistory, Outbox
from infra.operate.rehearsal import SilentTelemetry
from shared.domain.digests import Digest, DigestMessage
from shared.domain.documents import Record
from shared.domain.messages import Alert
from shared.ports import AskedView

TICK_SECONDS = 300  # between two looks at what is due, as the schedule of the digest function has it
MAX_WINDOW_SECONDS = 25 * 3_600  # of a digest: the day on which summer time ends
MAX_SECONDS = float("inf")  # a replay on this machine has no time-out


@dataclass(frozen=True, slots=True)
class Replayed:
    """What would have been sent: alerts, and letters of digests and of what was over an hour's limit."""

    alerts: Sequence[Alert]
    letters: Sequence[DigestMessage]


class Replay:
    """One desk in memory, with what readers ask for. `most` is the stack's number of alerts an hour and view."""

    def __init__(self, asked: Mapping[str, AskedView], digests: Sequence[Digest] = (), most: int = 0) -> None:
        self.clock, self.ledger = Clock(), MemoryLedger()
        self.views, told = MemoryViews(asked, digests), MemoryTold()
        self.outbox, self.letters = Outbox(), DigestOutbox()
        self.notify = NotifyReaders(
            ledger=self.ledger,
            alert_ledger=told,
            alerts=self.outbox,
            views=self.views,
            asked=AskedViews(self.views),
            history=NoHistory(),
            telemetry=SilentTelemetry("replay"),
            most=most,
            now=self.clock,
        )
        self.digest = SendDigests(
            baskets=self.views,
            ledger=self.ledger,
            alert_ledger=told,
            members=self.ledger,
            publisher=self.letters,
            telemetry=SilentTelemetry("replay"),
            now=self.clock,
        )

    def run(self, records: Iterable[Record]) -> Replayed:
        """Tells of each record, the oldest first, and in the end what still waits for a digest."""
        for record in sorted(records, key=lambda record: (record.processed_at, record.document_id)):
            self.pass_time(datetime.fromisoformat(record.processed_at).timestamp())
            self.ledger.add(record)
            self.notify.tell_readers(record)
        self.pass_time(self.clock() + MAX_WINDOW_SECONDS + GRACE_SECONDS + TICK_SECONDS)
        return Replayed(self.outbox.alerts, self.letters.letters)

    def pass_time(self, until: float) -> None:
        """Sends the digests that are due on the way."""
        while self.views.is_waiting and self.clock() + TICK_SECONDS <= until:
            self.clock.seconds += TICK_SECONDS
            self.digest.handle(lambda: MAX_SECONDS)
        self.clock.seconds = until
