"""The rows of the stories table as items, and their keys."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shared.domain.stories import StoryDecision, StoryRow

Item = dict[str, Any]

MAX_WRITES_AT_ONCE = 25  # rows of a BatchWriteItem: AWS's own limit
ROW = "row"
DECISION_FIELDS = ("story_id", "probability", "evidence", "perhaps_same_story")


def parts_of(changes: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(changes), MAX_WRITES_AT_ONCE):
        yield changes[start : start + MAX_WRITES_AT_ONCE]


def document_key(document_id: str) -> tuple[str, str]:
    return f"document#{document_id}", ROW


def counts_key(language: str) -> tuple[str, str]:
    return f"counts#{language}", ROW


def key_of(row: tuple[str, str]) -> Item:
    return {"key": {"S": row[0]}, "at": {"S": row[1]}}


def at_of(row: StoryRow) -> str:
    return f"{row.day}#{row.document_id}"


def lookup_keys(row: StoryRow) -> list[tuple[str, str]]:
    """The keys of the rows by which a document is found."""
    return [(key, at_of(row)) for key in row.keys]


def standing_row(row: StoryRow, decision: StoryDecision | None) -> StoryRow:
    return StoryRow(row.document_id, row.sequencer, row.day, row.keys, row.sketch, decision)


def row_in(item: Mapping[str, Any]) -> StoryRow:
    """The row in a plain dict of an item."""
    return StoryRow(
        document_id=item["key"].partition("#")[2],
        sequencer=item["sequencer"],
        day=item["day"],
        keys=tuple(item["keys"].split()),
        sketch=bytes(item["sketch"]),
        decision=decision_in(item),
    )


def decision_in(item: Mapping[str, Any]) -> StoryDecision | None:
    if "story_id" not in item:
        return None
    return StoryDecision(
        story_id=item["story_id"],
        probability=item.get("probability"),
        evidence=item.get("evidence"),
        perhaps_same_story=item.get("perhaps_same_story"),
    )
