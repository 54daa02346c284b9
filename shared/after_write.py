"""Cleaning up after the conditional write to the records table, in every stage.

It is done again for a version that is recorded already, since the worker that recorded it may have stopped in between.
It uses the record that the write replaced or found, never one that was read before the write.
"""

from shared.domain.documents import Outcome, Record
from shared.domain.history import line_of_record
from shared.domain.messages import Announcement
from shared.ports import History, PageStore, WriteResult


def drop_replaced_copies(pages: PageStore, record: Record, result: WriteResult, *, rewriting: bool = False) -> None:
    """Removes the document's articles in the bucket that its standing record does not name.

    This costs two lists, so it is left out where nothing can be there: after the first version of a document, and after
    one that replaced a record without a long text. A version that is rewritten may have left its text in an attempt
    before.
    """
    standing = result.standing(record)
    replaced_text = result.known is not None and (result.known.text_location or record.text_location)
    if rewriting or result.status != "written" or record.outcome is Outcome.DELETED or replaced_text:
        pages.drop_copies(standing.document_id, standing.sequencer, standing.text_location)


def note_outcome(history: History, record: Record, result: WriteResult) -> None:
    """Adds the standing record's line to the history, and clears the document's lines once it is deleted.

    The line of the record that was replaced is added too, if its worker stopped before it did so: whoever copies the
    records by day finds by the lines on which days a document stood.
    """
    standing = result.standing(record)
    if result.status == "stale":
        return
    if result.status == "written" and result.known is not None:
        history.note(line_of_record(result.known, replaced=True))
    history.note(line_of_record(standing, replaced=not replaced_nothing(result)))
    if standing.outcome is Outcome.DELETED and not replaced_nothing(result):
        history.strip(standing.document_id)


def replaced_nothing(result: WriteResult) -> bool:
    """Whether this was the document's first record, and the write's first attempt: nothing older can be anywhere."""
    return result.status == "written" and result.known is None


def announcement_of(record: Record) -> Announcement:
    """What notify is told of a recorded version. Repeated announcements of a version cause one alert."""
    return Announcement(
        correlation_id=record.correlation_id, document_id=record.document_id, sequencer=record.sequencer
    )
