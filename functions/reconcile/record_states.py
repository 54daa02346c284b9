"""What reconciling compares and finds: pure rules, without a bucket or a table."""

from typing import Literal

from shared.domain.documents import Frozen, Outcome
from shared.domain.errors import Reason

Kind = Literal["missing", "stale", "orphaned"]
KINDS: tuple[Kind, ...] = ("missing", "stale", "orphaned")
SEQUENCER_DIGITS = 40  # twice as many as S3's longest: ours count where S3's have zeros


class StoredObject(Frozen):
    """An object as the bucket lists it; `modified_at` in epoch seconds."""

    key: str
    etag: str
    size: int
    modified_at: float


class RecordState(Frozen):
    """What the ledger holds of a document, as far as comparing needs it."""

    outcome: Outcome
    sequencer: str
    etag: str = ""
    reason: str | None = None


class Finding(Frozen):
    """A document whose record does not tell of the bucket as it is, and the change that will put it right."""

    kind: Kind
    key: str
    sequencer: str
    etag: str = ""
    size: int = 0


def finding_of_object(stored: StoredObject, state: RecordState | None) -> Finding | None:
    """What is wrong with an object's record, None where it tells of just these bytes."""
    if state is None:
        kind: Kind = "missing"
    elif is_recorded_as_gone(state) or state.etag != stored.etag:
        kind = "stale"
    else:
        return None
    after = successor(state.sequencer if state else "")
    return Finding(kind=kind, key=stored.key, sequencer=after, etag=stored.etag, size=stored.size)


def finding_of_record(key: str, state: RecordState | None) -> Finding | None:
    """What is wrong with the record of an object that is gone, None for a tombstone or where there is none."""
    if state is None or state.outcome is Outcome.DELETED:
        return None
    return Finding(kind="orphaned", key=key, sequencer=successor(state.sequencer))


def successor(sequencer: str) -> str:
    """The next version after one in the ledger, and before any event that S3 has still to send.

    Sequencers compare as if padded on the right with zeros. S3's have 16 to 20 digits; ours count in the last of 40, so
    that they come right behind the one they follow, and the first of all before every one of S3's.
    """
    return f"{int(sequencer.ljust(SEQUENCER_DIGITS, '0'), 16) + 1:0{SEQUENCER_DIGITS}X}"


def is_recorded_as_gone(state: RecordState) -> bool:
    return state.outcome is Outcome.DELETED or state.reason == Reason.GONE
