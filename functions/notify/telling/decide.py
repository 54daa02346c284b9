"""Who is told what of a record: a pure policy over what the story's readers were told.

*A story is never silenced unless its readers were truly told of it.* A view is silent only where an alert that was sent
told it of this story, in this language. Where another document is about to tell it, this one waits, and where that one
stopped on its way, its alert is finished first, under its own id.
"""

from collections.abc import Collection, Sequence

from functions.notify.telling.changes import all_changes, changes_by_document
from functions.notify.telling.decision import Decision, FinishFirst, Silence, Tell, Wait
from functions.notify.telling.notes import hush, unique, with_claim
from shared.domain.alert_ids import alert_id
from shared.domain.documents import Outcome, Record
from shared.domain.limits import CLAIM_SECONDS
from shared.domain.messages import AlertKind
from shared.domain.told import MAX_CONTENTS, Claim, Told, ToldDocument, content_key, forgotten
from shared.domain.views import MAX_VIEWS_BYTES, is_any_rule, views_of

WITHDRAWN = "withdrawn"  # stands among the contents that readers perhaps heard of


def decide(record: Record, told: Told, now: float, muted: Collection[str] = (), *, finishing: bool = False) -> Decision:
    """What to do about a record, as it is in the ledger, for the readers of its story. `now` is in epoch seconds.

    `finishing` is for a document that another one waits for: it does not wait for that one in turn.
    """
    entry = told.of(record.document_id)
    if record.sequencer < entry.version:
        return Silence()
    if entry.claim and entry.claim.until >= now:
        return Wait(int(entry.claim.until - now))
    if record.outcome is not Outcome.PUBLISHED or record.alerts_off:
        return hush(record, told) if record.alerts_off else withdraw(record, told, now, muted)
    fresh = fresh_views(record, told, muted)
    if entry.knows(content_key(record.content_hash)) and not has_new_readers(record, entry, fresh):
        return unchanged(record, told)
    blocked = blocked_by(record, told, fresh, now)
    if blocked and not (finishing and isinstance(blocked, FinishFirst)):
        return blocked
    return tell(record, told, fresh, now, muted)


def unchanged(record: Record, told: Told) -> Silence:
    """A version with the text that was told: it is noted, so that no worker tells of an older one that it still holds.

    A page that says for a moment something else would else be told of with that, and nobody would hear the rest.
    """
    entry = told.of(record.document_id)
    if entry.version == record.sequencer:
        return Silence()
    noted = entry.model_copy(update={"version": record.sequencer})
    return Silence(told.with_document(record.document_id, noted, record.expires_at))


def withdraw(record: Record, told: Told, now: float, muted: Collection[str]) -> Decision:
    """A page that is gone, or rejected: those who were told of it hear so, and what is known of it goes."""
    entry = told.of(record.document_id)
    if entry.content or entry.claim:
        heard = unique(entry.views, *reserved(entry.claim))
        audience = within_message([view for view in heard if view not in muted])
        claim = next_claim(record, entry, WITHDRAWN, now, kind="withdrawn", audience=audience, fresh=[])
        return Tell(with_claim(record, told, claim), entry, claim)
    if entry.version == record.sequencer:
        return Silence()
    return Silence(forgotten(record.document_id, told, record.sequencer, record.expires_at))


def fresh_views(record: Record, told: Told, muted: Collection[str]) -> list[str]:
    """The record's views whose readers were not told of the story; a rule that is not kept apart counts as never told.

    A muted view is none of them: it is neither told nor held.
    """
    known = told.views_told(record.language or "")
    return [view for view in views_of(record) if (view not in known or is_any_rule(view)) and view not in muted]


def has_new_readers(record: Record, entry: ToldDocument, fresh: Sequence[str]) -> bool:
    """Whether a newer version with the text that was told belongs to other views, such as that of a rule made since.

    Not of the same version: what runs again is silent.
    """
    return record.sequencer > entry.version and any(not is_any_rule(v) and v not in entry.held for v in fresh)


def blocked_by(record: Record, told: Told, fresh: Sequence[str], now: float) -> Wait | FinishFirst | None:
    """Another document of the story that claimed one of these views first."""
    for name, other in told.others(record.document_id).items():
        _, claimed = reserved(other.claim)
        needed = [view for view in fresh if view in claimed and not is_any_rule(view)]
        if other.claim and needed and other.language == (record.language or ""):
            return Wait(int(other.claim.until - now)) if other.claim.until >= now else FinishFirst(name)
    return None


def tell(record: Record, told: Told, fresh: Sequence[str], now: float, muted: Collection[str]) -> Tell:
    """The alert of a record whose content its readers were not told."""
    entry, content = told.of(record.document_id), content_key(record.content_hash)
    changed = changes_by_document(told, record)
    changes = all_changes(changed.values())
    if entry.claim and entry.version == record.sequencer and entry.claim.contents[-1:] == [content]:
        again = entry.claim.model_copy(update={"until": int(now) + CLAIM_SECONDS})
        return Tell(with_claim(record, told, again), entry, again, changes if again.kind == "corrected" else ())
    heard, perhaps_first = reserved(entry.claim)
    affected = unique(*(told.of(name).views for name in changed), heard)
    audience = within_message([view for view in affected if view not in muted])
    first = [view for view in unique(fresh, perhaps_first) if view not in audience and view not in muted]
    kind = kind_of(entry, audience, first)
    claim = next_claim(record, entry, content, now, kind=kind, audience=audience, fresh=first)
    return Tell(with_claim(record, told, claim), entry, claim, changes if kind == "corrected" else ())


def within_message(audience: Sequence[str]) -> list[str]:
    """The views that a message has room for: those without a site first, since more readers asked for them."""
    room, fitting = MAX_VIEWS_BYTES, set()
    for view in sorted(audience, key=lambda view: "@" in view):
        room -= len(view.encode())
        if room >= 0:
            fitting.add(view)
    return [view for view in audience if view in fitting]


def kind_of(entry: ToldDocument, audience: Sequence[str], first: Sequence[str]) -> AlertKind:
    """`updated` is for readers of every copy alone: it says nothing new to anybody else."""
    if entry.claim and entry.claim.kind == "withdrawn":
        return "new"
    if audience:
        return "corrected"
    return "updated" if entry.content and not first else "new"


def next_claim(  # noqa: PLR0913  # the parts of a claim
    record: Record,
    entry: ToldDocument,
    content: str,
    now: float,
    *,
    kind: AlertKind,
    audience: list[str],
    fresh: list[str],
) -> Claim:
    """The claim of a content, under the id that each attempt to tell just this has."""
    before = entry.claim.contents if entry.claim else []
    again = before[-1:] == [content]
    contents = before if again else [*before, content][-MAX_CONTENTS:]
    return Claim(
        alert_id=alert_id(record.document_id, content, entry.alert_id, contents),
        kind=kind,
        until=int(now) + CLAIM_SECONDS,
        since=entry.claim.since if again and entry.claim else int(now),
        contents=contents,
        audience=audience,
        fresh=fresh,
    )


def reserved(claim: Claim | None) -> tuple[list[str], list[str]]:
    """The views whose readers perhaps heard of an alert that was begun: the audience, and those it was first for.

    Whoever perhaps heard that the page is gone hears of the story as if for the first time.
    """
    if claim is None:
        return [], []
    return ([], claim.audience) if claim.kind == "withdrawn" else (claim.audience, claim.fresh)
