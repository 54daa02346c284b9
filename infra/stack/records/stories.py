"""The documents of one story, from the index by story, with what readers were told of each."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from infra.errors import CliError
from infra.stack.records.documents import with_attributes
from infra.stack.records.find import find_record
from infra.stack.target import Target
from shared.adapters.dynamodb_told import told_in
from shared.adapters.dynamodb_values import from_item
from shared.domain.documents import opened_story_id
from shared.domain.told import ToldDocument

Item = dict[str, Any]

MAX_MEMBERS = 500  # documents of a story that are shown, by judgement: several pages of a terminal
MAX_SIZED = 100  # records of a list whose stories are counted, by judgement: one query each
QUERIES_AT_ONCE = 8  # threads, by judgement: twenty stories are counted in three rounds
STORY_ID_DIGITS = 32  # hexadecimal, as `opened_story_id` makes them
NOT_IN_THE_INDEX = ("alerts_off", "perhaps_same_story")  # of a record, which few have
SHOWN = ("document_id", "title", "site", "url", "topic", "published_at", "processed_at", "source_key")


def story_named(target: Target, named: str) -> Item:
    """The story that an id names, or the story of the document that is named. Raises `CliError` where there is none."""
    story_id = named.lower()
    members = members_of(target, story_id) if len(story_id) == STORY_ID_DIGITS else []
    if not members:
        record = find_record(target, named)
        story_id = record.get("story_id") or opened_story_id(record["document_id"])
        members = members_of(target, story_id) or [published(record)]
    told = told_in(story_id, told_item(target, story_id))
    whole = with_attributes(target, members, NOT_IN_THE_INDEX)
    return {
        "story_id": story_id,
        "members": [member_of(item, story_id, told.of(item["document_id"])) for item in whole],
    }


def published(record: Item) -> Item:
    """The record, if it is of an article; raises `CliError` for a page that tells no story."""
    outcome = record.get("outcome", "published")
    if outcome != "published":
        name = record["document_id"][:8]
        raise CliError(f"{name} is {outcome}, and tells no story.", f"`clipwire show {name}` says what became of it.")
    return record


def members_of(target: Target, story_id: str) -> list[Item]:
    """The published documents of a story, oldest first; of one moment, the one that opened the story is first."""
    found: list[Item] = []
    for page in pages_of(target, story_id):
        found += map(from_item, page["Items"])
        if len(found) >= MAX_MEMBERS:
            break
    return sorted(found[:MAX_MEMBERS], key=lambda item: in_order(item, story_id))


def in_order(item: Item, story_id: str) -> tuple[str, bool, str]:
    """Pages that tell a story often have one date: two with the day alone, or copies that carry the agency's time."""
    joined = opened_story_id(item["document_id"]) != story_id
    return item.get("timeline_at", ""), joined, item.get("processed_at", "")


def count_members(target: Target, story_id: str) -> int:
    """How many published documents a story has."""
    return sum(page["Count"] for page in pages_of(target, story_id, Select="COUNT"))


def with_stories(target: Target, records: Sequence[Item]) -> list[Item]:
    """Listed records with `story_id`, and for the first hundred `story_size`: how many documents tell the story."""
    sized = list(with_attributes(target, records, ("story_id",)))
    stories = list(dict.fromkeys(item["story_id"] for item in sized[:MAX_SIZED] if item.get("story_id")))
    with ThreadPoolExecutor(QUERIES_AT_ONCE) as pool:
        sizes = dict(zip(stories, pool.map(lambda story: count_members(target, story), stories), strict=True))
    return [
        {**item, "story_size": sizes[story]} if (story := item.get("story_id")) in sizes else item for item in sized
    ]


def pages_of(target: Target, story_id: str, **more: Any) -> Iterator[Any]:  # noqa: ANN401  # arguments of the client
    paginator = target.client("dynamodb").get_paginator("query")
    yield from paginator.paginate(
        TableName=target.output("RecordsTableName"),
        IndexName="by-story",
        KeyConditionExpression="story_id = :story",
        ExpressionAttributeValues={":story": {"S": story_id}},
        **more,
    )


def told_item(target: Target, story_id: str) -> Item:
    """The item of what was told of a story, as the client gives it; empty where nothing was."""
    answer = target.client("dynamodb").get_item(
        TableName=target.output("ToldTableName"), Key={"story_id": {"S": story_id}}, ConsistentRead=True
    )
    return dict(answer.get("Item", {}))


def member_of(item: Item, story_id: str, told: ToldDocument) -> Item:
    """One document of a story: how it came in, and who was told by it, or waits for a digest."""
    opened = story_id == opened_story_id(item["document_id"])
    return {
        **{name: item[name] for name in SHOWN if item.get(name)},
        "opened": opened,
        "probability": None if opened else item.get("story_probability"),
        "evidence": None if opened else item.get("story_evidence"),
        "told_views": sorted(told.views),
        "told_at": told.sent_at or None,
        "alert_id": told.alert_id or None,
        "held_views": sorted(told.held),
        "alerts_off": bool(item.get("alerts_off")),
        "perhaps_same_story": item.get("perhaps_same_story"),
    }
