"""What a letter says of the stories that wait: one line each with its sources, newest first."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from shared.domain.digests import Digest, DigestStory, Source, WaitingStory
from shared.domain.documents import Outcome, Record
from shared.domain.messages import AlertKind
from shared.domain.views import views_of

MAX_SOURCES = 5  # pages named for one story; by judgement: the others are counted
MAX_COPIES_READ = 5  # of a story whose first page is gone; by judgement: most stories have fewer
MAX_SUMMARY_LENGTH = 1_000  # characters, as in an alert
MAX_ADDRESS_LENGTH = 300  # characters of a page's address; a longer one would break in a letter, by judgement

# Bytes of a message's stories as JSON. They stand in it once more as a letter and with escaped quotation marks, and SNS
# takes 262,144 bytes.
MAX_STORIES_BYTES = 90_000


def by_story(waiting: Sequence[WaitingStory]) -> dict[str, list[WaitingStory]]:
    """What waits, story by story."""
    ordered = sorted(waiting, key=lambda row: row.story_id)
    return {story: list(rows) for story, rows in groupby(ordered, key=lambda row: row.story_id)}


def story_line(
    waiting: Sequence[WaitingStory], records: Mapping[str, Record], members: Sequence[Record], languages: Sequence[str]
) -> DigestStory | None:
    """The line of one story; None where none of its pages is left that readers could be told of.

    `records` has the documents that wait, as the ledger has them now.
    """
    there = [record for row in waiting if (record := records.get(row.document_id))]
    published = [record for record in there if record.outcome is Outcome.PUBLISHED]
    wanted = [record for record in published if not languages or record.language in languages]
    held_first = {row.document_id: row for row in sorted(waiting, key=when_held, reverse=True)}
    if wanted:
        kind: AlertKind = "corrected" if any(row.kind == "corrected" for row in held_first.values()) else "new"
        return line_of(waiting[0].story_id, kind, wanted, members)
    told_before = [row for row in held_first.values() if row.kind != "new" and is_wanted(row, languages)]
    gone = [record for row in told_before if (record := records.get(row.document_id)) and record not in published]
    return withdrawn_line(waiting[0].story_id, gone[0]) if gone else None


def when_held(row: WaitingStory) -> tuple[str, bool]:
    """Of two of one second, news comes first: the other one is about it."""
    return row.held_at, row.kind != "new"


def is_wanted(row: WaitingStory, languages: Sequence[str]) -> bool:
    return not languages or row.language in languages


def line_of(story_id: str, kind: AlertKind, records: Sequence[Record], members: Sequence[Record]) -> DigestStory:
    """The newest of the pages that wait says what happened; all pages of the story are its sources."""
    newest_first = sorted(records, key=lambda record: record.timeline_at or "", reverse=True)
    newest = newest_first[0]
    pages = {record.document_id: record for record in [*newest_first, *members]}
    return DigestStory(
        story_id=story_id,
        document_id=newest.document_id,
        kind=kind,
        title=newest.title or "",
        summary=(newest.summary or newest.standfirst or "")[:MAX_SUMMARY_LENGTH],
        language=newest.language or "",
        topics=newest.topics or [],
        published_at=newest.published_at,
        sources=[source_of(record) for record in list(pages.values())[:MAX_SOURCES]],
        more_sources=max(0, len(pages) - MAX_SOURCES),
    )


def is_asked_for(record: Record, digest: Digest) -> bool:
    """Whether a page is of the digest's views and languages, so that it can tell a story for one that is gone."""
    in_language = not digest.languages or record.language in digest.languages
    is_told_of = record.outcome is Outcome.PUBLISHED and not record.alerts_off
    return is_told_of and in_language and not set(digest.views).isdisjoint(views_of(record))


def withdrawn_line(story_id: str, record: Record) -> DigestStory:
    """A page that readers were told of and that is gone; its title is gone with it, where it was deleted."""
    return DigestStory(
        story_id=story_id,
        document_id=record.document_id,
        kind="withdrawn",
        title=record.title or f"the page {record.source_key!r}",
        sources=[source_of(record)] if record.site else [],
    )


def source_of(record: Record) -> Source:
    url = record.url or ""
    return Source(site=record.site or "", url=url if len(url) <= MAX_ADDRESS_LENGTH else "")


def newest_first(stories: Sequence[DigestStory]) -> list[DigestStory]:
    return sorted(stories, key=lambda story: story.published_at or "", reverse=True)


def bytes_of(story: DigestStory) -> int:
    return len(story.model_dump_json().encode())
