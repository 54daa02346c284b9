"""What the readers of one story were told, by document and view, and who is about to tell them.

Pure: each function gives a new `Told`, whose `revision` is one more, for a write that is made only if nobody else wrote
in between.
"""

from collections.abc import Iterable, Mapping

from pydantic import Field

from shared.domain.clean_text import CleanLine
from shared.domain.documents import Frozen, Outcome, Record, opened_story_id
from shared.domain.facts import Facts, facts_of
from shared.domain.messages import AlertKind, Change

CONTENT_KEY_LENGTH = 16  # hex digits of a content hash: 64 bits, for the few versions of one document

# Bytes of what is told of one story, as JSON, which is never smaller than what DynamoDB counts of its 409,600. Past
# that, what was told longest ago is forgotten: its views may be told again, and none is silenced. Some 300 documents.
MAX_TOLD_BYTES = 300_000

MAX_CONTENTS = 50  # of a claim, by judgement: versions of one page that came while no alert could be sent


class Claim(Frozen):
    """The right of one document to tell its story, until a moment (epoch seconds); readers may have heard already.

    `audience` are the views that get it whatever was told before, `fresh` those that it would be the first to tell.
    `contents` are the contents that were claimed since the last alert, in order. `since` is when the last began.
    """

    alert_id: str
    kind: AlertKind
    until: int
    since: int
    contents: list[str]
    audience: list[str] = Field(default_factory=list)
    fresh: list[str] = Field(default_factory=list)


class ToldDocument(Frozen):
    """What was told of one document.

    `version` is the newest that was claimed or is gone. `content` is the one that was told last, empty where there is
    none; `also` are others that count as told. `views` are those that its alerts were first for, `held` those that wait
    for a digest. `facts` are kept where it told a view, and for digests the `changes` of its last correction.
    """

    version: str = ""
    content: str = ""
    alert_id: str = ""
    sent_at: str = ""
    language: str = ""
    site: CleanLine = ""
    url: CleanLine = ""
    views: list[str] = Field(default_factory=list)
    held: list[str] = Field(default_factory=list)
    also: list[str] = Field(default_factory=list)
    facts: Facts | None = None
    changes: list[Change] = Field(default_factory=list)
    claim: Claim | None = None

    def knows(self, content: str) -> bool:
        """Whether this content is the last that readers certainly heard of."""
        return self.claim is None and bool(self.content) and content in {self.content, *self.also}


NEVER_TOLD = ToldDocument()


class Told(Frozen):
    """One item of the told table: all that was told of a story. `revision` 0 is an item that is not there."""

    story_id: str
    revision: int = 0
    documents: Mapping[str, ToldDocument] = Field(default_factory=dict)
    expires_at: int | None = None

    def of(self, document_id: str) -> ToldDocument:
        return self.documents.get(document_id, NEVER_TOLD)

    def others(self, document_id: str) -> Mapping[str, ToldDocument]:
        return {name: document for name, document in self.documents.items() if name != document_id}

    def views_told(self, language: str) -> set[str]:
        """The views whose readers of this language were truly told."""
        same = (document for document in self.documents.values() if document.language == language)
        return {view for document in same for view in document.views}

    def with_document(self, document_id: str, document: ToldDocument, expires_at: int | None = None) -> "Told":
        """The next revision, in which this document is as given."""
        documents = within_bound({**self.documents, document_id: document}, document_id)
        return Told(
            story_id=self.story_id,
            revision=self.revision + 1,
            documents=documents,
            expires_at=later_expiry(self, document_id, expires_at),
        )


def within_bound(documents: Mapping[str, ToldDocument], kept: str) -> dict[str, ToldDocument]:
    """Without the documents that told least, and longest ago, where all together have no room in an item."""
    sizes = {name: len(document.model_dump_json(exclude_defaults=True)) for name, document in documents.items()}
    within, surplus = dict(documents), sum(sizes.values()) - MAX_TOLD_BYTES
    for name in sorted(documents, key=lambda name: importance(documents[name])) if surplus > 0 else ():
        if surplus > 0 and name != kept and not documents[name].claim:
            del within[name]
            surplus -= sizes[name]
    return within


def importance(document: ToldDocument) -> tuple[bool, bool, str]:
    """What told a view without a site is kept longest, then what told any view, then what is new."""
    return any("@" not in view for view in document.views), bool(document.views), document.sent_at


def later_expiry(told: Told, document_id: str, expires_at: int | None) -> int | None:
    """The item stays as long as the last of its documents; None is for ever."""
    if expires_at is None or not told.others(document_id):
        return expires_at
    return None if told.expires_at is None else max(told.expires_at, expires_at)


def story_of(record: Record) -> str:
    """The story of a record; the one that it would open where it was recorded before there were stories."""
    return record.story_id or opened_story_id(record.document_id)


def content_key(content_hash: str | None) -> str:
    """What stands for a content in the told table: the beginning of its hash."""
    return (content_hash or "")[:CONTENT_KEY_LENGTH]


def is_told(told: Told, record: Record) -> bool:
    """Whether nothing is left to tell of a record."""
    return record.outcome is not Outcome.PUBLISHED or told.of(record.document_id).knows(
        content_key(record.content_hash)
    )


def counted_as_told(told: Told, known: Record, rewritten: Record) -> Told | None:
    """Lets another text of the same version count as told, so that nobody is alerted of it.

    None where the alert of the known record is still due. What was told stays as it is where there is nothing to note.
    """
    entry, content = told.of(known.document_id), content_key(rewritten.content_hash)
    due = known.content_hash and not entry.knows(content_key(known.content_hash))
    if entry.claim or due:
        return None
    if not content or entry.knows(content):
        return told
    facts = facts_of(rewritten, entry.facts.notice) if entry.facts else None
    silent = {"version": known.sequencer, "content": entry.content or content, "also": [*entry.also, content]}
    return told.with_document(known.document_id, entry.model_copy(update={**silent, "facts": facts}), known.expires_at)


def forgotten(document_id: str, told: Told, version: str = "", expires_at: int | None = None) -> Told:
    """Nothing is left but the version, so that a worker that still holds an older one tells nobody of it."""
    entry = told.of(document_id)
    bare = ToldDocument(version=max(version, entry.version), alert_id=entry.alert_id)
    return told.with_document(document_id, bare, expires_at)


def told_by_digest(told: Told, document_id: str, views: Iterable[str], alert_id: str, at: str) -> Told:
    """Notes that a digest told these views of the story, by one of its documents that was held."""
    entry = told.of(document_id)
    held = [view for view in entry.held if view not in set(views)]
    now_told = {"views": list(dict.fromkeys([*entry.views, *views])), "held": held}
    noted = entry.model_copy(update={**now_told, "alert_id": entry.alert_id or alert_id, "sent_at": at})
    return told.with_document(document_id, noted, told.expires_at)
