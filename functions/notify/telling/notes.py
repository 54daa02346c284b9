"""What is written into a story's item, before and after its alerts. Pure: each gives the item's next revision."""

from collections.abc import Sequence

from functions.notify.telling.changes import telling_facts
from functions.notify.telling.decision import Silence, Tell
from shared.domain.documents import Record
from shared.domain.told import Claim, Told, ToldDocument, content_key

MAX_KEPT_CHANGES = 3  # of a correction, which digests tell later; by judgement: a line of a digest has no room for more
MAX_LINK_LENGTH = 300  # characters; by judgement: a longer address costs more than it is worth to "also in"


def with_claim(record: Record, told: Told, claim: Claim) -> Told:
    entry = told.of(record.document_id)
    language = entry.language if entry.views else record.language or ""
    held = {"version": record.sequencer, "claim": claim, "language": language, "site": record.site or entry.site}
    return told.with_document(record.document_id, entry.model_copy(update=held), record.expires_at)


def note_sent(told: Told, record: Record, telling: Tell, first_for: list[str], held: list[str], at: str) -> Told | None:
    """After the alert was sent: what its readers know now. None where a newer version was claimed since."""
    entry = told.of(record.document_id)
    if not entry.claim or entry.claim.alert_id != telling.claim.alert_id:
        return None
    if telling.claim.kind == "withdrawn":
        bare = ToldDocument(version=entry.version, alert_id=telling.claim.alert_id)
        return told.with_document(record.document_id, bare, record.expires_at)
    views = unique(entry.views if entry.language == (record.language or "") else [], first_for)
    facts = telling_facts(record) if first_for else entry.facts
    document = ToldDocument(
        version=record.sequencer,
        content=content_key(record.content_hash),
        alert_id=telling.claim.alert_id,
        sent_at=at,
        language=record.language or "",
        site=record.site or "",
        url=link_of(record),
        views=views,
        held=[view for view in unique(entry.held, held) if view not in views],
        facts=facts,
        changes=list(telling.changes)[:MAX_KEPT_CHANGES] or entry.changes,
    )
    return told.with_document(record.document_id, document, record.expires_at)


def released(told: Told, record: Record, telling: Tell) -> Told | None:
    """The claim as one that expired; None where it is another's by now. Its views stay kept for its document."""
    entry = told.of(record.document_id)
    if entry.claim != telling.claim:
        return None
    claim = telling.claim.model_copy(update={"until": 0})
    return told.with_document(record.document_id, entry.model_copy(update={"claim": claim}), record.expires_at)


def hush(record: Record, told: Told) -> Silence:
    """A version whose uploader switched alerts off: what was begun for an older one is given up, its views are free."""
    entry = told.of(record.document_id)
    if not entry.claim:
        return Silence()
    silent = entry.model_copy(update={"version": record.sequencer, "claim": None})
    return Silence(told.with_document(record.document_id, silent, record.expires_at))


def link_of(record: Record) -> str:
    return record.url if record.url and len(record.url) <= MAX_LINK_LENGTH else ""


def unique(*groups: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(view for group in groups for view in group))
