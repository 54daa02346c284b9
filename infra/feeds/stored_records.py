"""The newest records of a topic or a rule, with what a feed shows of them."""

from collections.abc import Sequence
from itertools import islice

from infra.stack.records.documents import Item, Question, find_many, matching_items
from infra.stack.target import Target
from shared.adapters.dynamodb_values import from_item
from shared.domain.rules import name_problem

SHOWN = (
    "outcome", "title", "summary", "standfirst", "site", "url", "language", "topics", "published_at", "processed_at",
    "story_id",
)  # fmt: skip
RECORDS_PER_ENTRY = 4  # read for each entry, by judgement: most stories have fewer


def newest_of(target: Target, topic: str | None, rule: str | None, entries: int) -> list[Item]:
    """Published records, newest first, enough of them for so many entries."""
    limit = entries * RECORDS_PER_ENTRY
    ids = ids_of_rule(target, rule, limit) if rule else ids_of_topic(target, str(topic), limit)
    records = find_many(target, list(dict.fromkeys(ids)), SHOWN)
    return [record for record in records.values() if record.get("outcome") == "published"]


def ids_of_topic(target: Target, topic: str, limit: int) -> Sequence[str]:
    return [item["document_id"] for item in islice(matching_items(target, Question(topic=topic), None), limit)]


def ids_of_rule(target: Target, rule: str, limit: int) -> Sequence[str]:
    """None for what cannot be a rule's name: the table keeps other rows under such."""
    if name_problem(rule):
        return []
    asked = {
        "TableName": target.output("MatchesTableName"),
        "KeyConditionExpression": "#rule = :rule",
        "ExpressionAttributeNames": {"#rule": "rule"},
        "ExpressionAttributeValues": {":rule": {"S": rule}},
        "ScanIndexForward": False,
    }
    pages = target.client("dynamodb").get_paginator("query").paginate(**asked)
    items = islice((item for page in pages for item in page["Items"]), limit)
    return [from_item(item)["document_id"] for item in items]
