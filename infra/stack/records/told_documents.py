"""Records with what their readers were told, which takes a second table and the models of it."""

from collections.abc import Sequence

from infra.stack.records.documents import Item, find_items, find_many
from infra.stack.target import Target
from shared.adapters.dynamodb_told import told_of
from shared.domain.documents import opened_story_id
from shared.domain.told import Told, content_key

TELLING_ATTRIBUTES = ("outcome", "content_hash", "story_id", "alerts_off")  # of a record: by them its alerts are found


def find_with_alerts(target: Target, document_ids: Sequence[str], attributes: Sequence[str]) -> dict[str, Item]:
    """As `find_many`, and what readers were told of each record.

    `alerted_at` is when its last alert was sent, if there was one, and `told` whether that has its content.
    """
    records = find_many(target, document_ids, [*attributes, *TELLING_ATTRIBUTES])
    stories = {name: record.get("story_id") or opened_story_id(name) for name, record in records.items()}
    items = find_items(target, "ToldTableName", "story_id", list(dict.fromkeys(stories.values())), ["documents"])
    told = {name: told_of(item) for name, item in items.items()}
    return {
        name: {**record, **alerts_of(told.get(stories[name], Told(story_id=stories[name])), name, record)}
        for name, record in records.items()
    }


def alerts_of(told: Told, document_id: str, record: Item) -> Item:
    document = told.of(document_id)
    known = document.knows(content_key(record.get("content_hash")))
    return {"told": known, **({"alerted_at": document.sent_at} if document.sent_at else {})}


def is_told(item: Item) -> bool:
    """Whether nothing is left to alert of a record with its alerts.

    Readers were told last, or it is not published, or its uploader switched alerts off.
    """
    return item.get("outcome") != "published" or bool(item.get("alerts_off") or item.get("told"))
