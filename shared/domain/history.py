"""The history of a document: one line for each version that ended, without a word of its content."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from pydantic import Field

from shared.domain.documents import Frozen, Outcome, Record
from shared.domain.messages import AlertKind

# The fields whose changes the history names, as a person reads them.
WATCHED_FIELDS = (
    "title", "standfirst", "text", "site", "url", "authors", "published_at", "modified_at", "language", "topics",
    "people", "organisations", "places", "rules",
)  # fmt: skip
LATE_ALERT_SECONDS = 3_600  # from a record to its alert; the export reads the lines of an hour and a half again
MARK_LENGTH = 8  # hex digits of a field's hash: one change in four thousand million goes unseen


class HistoryLine(Frozen):
    """How one version of a document ended.

    `entry` sorts a document's lines by time: `<ended_at>#<sequencer>#<a hash of outcome and marks>`. A version that ran
    again has one line more.
    `recorded_on` is the day under which the version's record stood, None for a deleted one. `marks` has a short hash of
    each field that the record had; none is left once the page is deleted. `noted_at` is when the line was written, or
    its alert was sent where that was late.
    `alert_id`, `alert_kind` and `alerted_at` are of the last alert that told of the version, None where none did.
    """

    document_id: str
    entry: str
    outcome: Outcome
    ended_at: str
    noted_at: str = ""
    recorded_on: str | None = None
    reason: str | None = None
    pipeline_version: str = ""
    replaced: bool = False
    marks: Mapping[str, str] = Field(default_factory=dict)
    alert_id: str | None = None
    alert_kind: AlertKind | None = None
    alerted_at: str | None = None

    @property
    def sequencer(self) -> str:
        """The version that ended, in its comparable form."""
        return self.entry.split("#")[1]


def line_of_record(record: Record, *, replaced: bool) -> HistoryLine:
    """The line of a record as it stands in the ledger. `replaced` where it may have replaced another one."""
    marks = marks_of_record(record)
    return HistoryLine(
        document_id=record.document_id,
        entry=f"{record.processed_at}#{record.sequencer}#{mark_of([record.outcome, sorted(marks.items())])}",
        outcome=record.outcome,
        ended_at=record.processed_at,
        recorded_on=record.processed_on,
        reason=record.reason,
        pipeline_version=record.pipeline_version,
        replaced=replaced,
        marks=marks,
    )


def is_late_alert(line: HistoryLine, at: str) -> bool:
    """Whether the export, which reads by `noted_at`, may have read the line before the alert was sent."""
    return datetime.fromisoformat(at) - datetime.fromisoformat(line.ended_at) > timedelta(seconds=LATE_ALERT_SECONDS)


def marks_of_record(record: Record) -> dict[str, str]:
    """A short hash of each watched field that the record has; a text that the bucket keeps has the article's hash."""
    values = {name: getattr(record, name) for name in WATCHED_FIELDS}
    if record.text_location:
        values["text"] = record.content_hash
    return {name: mark_of(value) for name, value in values.items() if value}


def mark_of(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:MARK_LENGTH]


def changed_fields(before: HistoryLine, after: HistoryLine) -> list[str]:
    """The fields that differ between two versions; none where one of them has no marks any more."""
    if not before.marks or not after.marks:
        return []
    return [name for name in WATCHED_FIELDS if before.marks.get(name) != after.marks.get(name)]


def with_changes(lines: Sequence[HistoryLine]) -> Iterator[tuple[HistoryLine, list[str]]]:
    """Each line of one document, oldest first, with the fields that changed since the one before."""
    ordered = sorted(lines, key=lambda line: line.entry)
    if ordered:
        yield ordered[0], []
    for before, after in pairwise(ordered):
        yield after, changed_fields(before, after)
