"""What a feed of a topic or a rule holds: one entry per story, made of the story's records."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from shared.domain.clean_text import clean_line
from shared.times import sortable_utc

Item = Mapping[str, Any]
NOTHING_YET = "1970-01-01T00:00:00Z"
NO_TITLE = "(the page gives no title)"


@dataclass(frozen=True)
class FeedEntry:
    """One story. `id` stays the same whatever joins the story; title, link and summary are those of its newest record.

    `published_at` and `updated_at` are UTC to the second. `url` is empty where the page gives no web address.
    """

    id: str
    title: str
    url: str
    summary: str
    sites: Sequence[str]
    topics: Sequence[str]
    language: str
    published_at: str
    updated_at: str
    records: int


@dataclass(frozen=True)
class Feed:
    """`id` stays the same for one view of one stack."""

    id: str
    title: str
    updated_at: str
    entries: Sequence[FeedEntry]


def feed_of(place: str, view: str, records: Iterable[Item], limit: int) -> Feed:
    """The feed of a view such as `topic sport` of the stack whose bucket is `place`; newest entries first."""
    stories: dict[str, list[Item]] = {}
    for record in records:
        stories.setdefault(str(record.get("story_id") or record["document_id"]), []).append(record)
    entries = sorted((entry_of(name, found) for name, found in stories.items()), key=newest_first, reverse=True)[:limit]
    updated_at = max((entry.updated_at for entry in entries), default=NOTHING_YET)
    return Feed(
        uuid.uuid5(uuid.NAMESPACE_URL, f"clipwire:{place}/{view}").urn, f"Clipwire: {view}", updated_at, entries
    )


def newest_first(entry: FeedEntry) -> tuple[str, str]:
    return entry.updated_at, entry.id


def entry_of(story_id: str, records: Sequence[Item]) -> FeedEntry:
    newest = max(records, key=lambda record: (str(record.get("processed_at", "")), record["document_id"]))
    return FeedEntry(
        id=uuid.UUID(story_id).urn,
        title=clean_line(newest.get("title") or NO_TITLE),
        url=web_address(newest.get("url")),
        summary=clean_line(newest.get("summary") or newest.get("standfirst") or ""),
        sites=list(dict.fromkeys(clean_line(record["site"]) for record in records if record.get("site"))),
        topics=[clean_line(topic) for topic in newest.get("topics") or ()],
        language=clean_line(newest.get("language") or ""),
        published_at=min(published_moment(record) for record in records),
        updated_at=str(newest.get("processed_at") or NOTHING_YET),
        records=len(records),
    )


def published_moment(record: Item) -> str:
    """When the article was published as its page says, else when it was processed."""
    published_at = record.get("published_at")
    return sortable_utc(published_at) if published_at else str(record.get("processed_at") or NOTHING_YET)


def web_address(address: object) -> str:
    """The address where it is http(s), else an empty string: a reader follows it."""
    cleaned = clean_line(str(address or ""))
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return ""
    return cleaned if parts.scheme in {"http", "https"} and parts.netloc else ""
