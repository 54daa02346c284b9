"""The views that somebody is subscribed to, as notify knows them: it counts and holds back only for these."""

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from infra.stack.readers.subscription_filters import Policy, asked_views
from infra.stack.target import Target
from shared.adapters.dynamodb_views import ASKED, key_of
from shared.times import iso_utc

NOTHING_LEFT = "attribute_not_exists(asked_at) AND attribute_not_exists(digests) AND attribute_not_exists(muted_until)"


def ask_for_views(target: Target, views: Sequence[str], most: int | None) -> None:
    """Lets notify count the alerts of these views. `most` an hour holds for all who asked for the view."""
    values: dict[str, Any] = {":at": {"S": iso_utc(time.time())}}
    if most is not None:
        values[":most"] = {"N": str(most)}
    for view in views:
        target.client("dynamodb").update_item(
            TableName=target.output("ViewsTableName"),
            Key=key_of(ASKED, view),
            UpdateExpression="SET asked_at = :at" if most is None else "SET asked_at = :at, most = :most",
            ExpressionAttributeValues=values,
        )


def forget_views(target: Target, views: Sequence[str], filters_left: Iterable[Policy]) -> None:
    """Ends counting of views that nobody else asks for singly. A digest or a mute of one stays."""
    still_asked = {view for wanted in filters_left for view in asked_views(wanted)}
    table, client = target.output("ViewsTableName"), target.client("dynamodb")
    for view in dict.fromkeys(views):
        if view not in still_asked:
            row: Any = {"TableName": table, "Key": key_of(ASKED, view)}
            client.update_item(**row, UpdateExpression="REMOVE asked_at, most")
            with suppress(client.exceptions.ConditionalCheckFailedException):
                client.delete_item(**row, ConditionExpression=NOTHING_LEFT)
