"""What a rule has caught: its rows in the matches table, which go when the rule does."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from infra.cli.screen.output import ConsoleProgress
from infra.stack.target import Target
from shared.adapters.dynamodb_values import from_item
from shared.domain.rules import name_problem

_BATCH = 25  # what DynamoDB takes at once


def are_left(target: Target, rule: str) -> bool:
    return next(row_keys(target, rule), None) is not None


def remove(target: Target, rule: str) -> int:
    """Removes the rule's rows and says how far it is; stopped half-way, it goes on when run again.

    Gives how many there were.
    """
    keys, gone = row_keys(target, rule), 0
    with ConsoleProgress().step(f"Removing what {rule} caught") as note:
        while batch := list(islice(keys, _BATCH)):
            delete_rows(target, batch)
            gone += len(batch)
            note(f"{gone} gone")
    return gone


def newest(target: Target, rule: str, limit: int) -> list[dict[str, Any]]:
    """What the rule caught, newest first."""
    if name_problem(rule):
        return []
    pages = (
        target.client("dynamodb")
        .get_paginator("query")
        .paginate(**query_for_rule(target, rule), ScanIndexForward=False)
    )
    return [from_item(item) for item in islice((item for page in pages for item in page["Items"]), limit)]


def row_keys(target: Target, rule: str) -> Iterator[Any]:
    """None for what cannot be a rule's name: the table keeps other rows under such."""
    if name_problem(rule):
        return
    asked = {
        **query_for_rule(target, rule),
        "ProjectionExpression": "#rule, matched_at_document",
        "ConsistentRead": True,
    }
    for page in target.client("dynamodb").get_paginator("query").paginate(**asked):
        yield from page["Items"]


def query_for_rule(target: Target, rule: str) -> dict[str, Any]:
    return {
        "TableName": target.output("MatchesTableName"),
        "KeyConditionExpression": "#rule = :rule",
        "ExpressionAttributeNames": {"#rule": "rule"},
        "ExpressionAttributeValues": {":rule": {"S": rule}},
    }


def delete_rows(target: Target, keys: list[Any]) -> None:
    wanted: Any = {target.output("MatchesTableName"): [{"DeleteRequest": {"Key": key}} for key in keys]}
    while wanted:
        wanted = target.client("dynamodb").batch_write_item(RequestItems=wanted).get("UnprocessedItems")
