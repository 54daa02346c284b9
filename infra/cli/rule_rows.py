"""What a rule has caught before: its rows in the matches table, which go when the rule does."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from infra.cli.output import ConsoleProgress
from infra.cli.target import Target
from shared.domain.rules import name_problem

_BATCH = 25  # what DynamoDB takes at once


def are_left(target: Target, rule: str) -> bool:
    return next(_keys(target, rule), None) is not None


def remove(target: Target, rule: str) -> int:
    """Removes the rule's rows and says how far it is; stopped half-way, it goes on when run again. Gives how many there were."""
    keys, gone = _keys(target, rule), 0
    with ConsoleProgress().step(f"Removing what {rule} caught") as note:
        while batch := list(islice(keys, _BATCH)):
            _delete(target, batch)
            gone += len(batch)
            note(f"{gone} gone")
    return gone


def _keys(target: Target, rule: str) -> Iterator[Any]:
    """None for what cannot be a rule's name: the table keeps other rows under such."""
    if name_problem(rule):
        return
    pages = (
        target.client("dynamodb")
        .get_paginator("query")
        .paginate(
            TableName=target.output("MatchesTableName"),
            KeyConditionExpression="#rule = :rule",
            ProjectionExpression="#rule, matched_at_document",
            ExpressionAttributeNames={"#rule": "rule"},
            ExpressionAttributeValues={":rule": {"S": rule}},
            ConsistentRead=True,
        )
    )
    for page in pages:
        yield from page["Items"]


def _delete(target: Target, keys: list[Any]) -> None:
    wanted: Any = {target.output("MatchesTableName"): [{"DeleteRequest": {"Key": key}} for key in keys]}
    while wanted:
        wanted = target.client("dynamodb").batch_write_item(RequestItems=wanted).get("UnprocessedItems")
