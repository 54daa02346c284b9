"""Running a version again alerts nobody: its other text counts as told, in whichever stage it is found."""

from shared.domain.documents import Record
from shared.domain.errors import Transient
from shared.domain.told import counted_as_told, forgotten, story_of
from shared.ports import AlertLedger

MAX_ATTEMPTS = 10  # to write a story's item that others write too; by judgement


def count_as_told(alert_ledger: AlertLedger, known: Record, rewritten: Record) -> bool:
    """False, and nothing noted, where the alert of the known record is still due."""
    told = alert_ledger.find(story_of(known))
    for _ in range(MAX_ATTEMPTS):
        counted = counted_as_told(told, known, rewritten)
        if counted is None or counted is told:
            return counted is not None
        standing = alert_ledger.replace(counted)
        if standing is None:
            return True
        told = standing
    raise Transient("other workers write what is told of this story all the time")


def forget_told(alert_ledger: AlertLedger, before: Record, now: Record) -> None:
    """Where a document came into another story, the story before knows nothing of it any more.

    That happens to a page that changes when its row of joining has expired. Its readers hear of it in the new story.
    """
    if story_of(before) == story_of(now):
        return
    told = alert_ledger.find(story_of(before))
    for _ in range(MAX_ATTEMPTS):
        if before.document_id not in told.documents:
            return
        standing = alert_ledger.replace(forgotten(before.document_id, told, expires_at=told.expires_at))
        if standing is None:
            return
        told = standing
    raise Transient("other workers write what is told of this story all the time")
