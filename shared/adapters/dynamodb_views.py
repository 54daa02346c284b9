"""The views table on DynamoDB.

| view | entry | attributes |
|---|---|---|
| `#asked` | the view's name | `asked_at`, `most`: of single alerts; `muted_until`; `digests`, by their names |
| the view's name | `hour#2026-11-26T07` | `alerts`: the ids of the alerts that were sent in that hour; it expires |
| the view's name | `held#STORY#DOCUMENT#ALERT` | `kind`, `held_at`, `language` …: what waits for a digest; it expires |
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from shared.adapters.aws_errors import is_condition_failure, translated
from shared.adapters.dynamodb_values import from_item, to_value
from shared.domain.errors import Transient
from shared.ports import AskedView, HeldAlert
from shared.times import SECONDS_A_DAY

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ASKED = "#asked"
HOUR = "hour#"
HELD = "held#"
# A digest is due within a day, and a mute may hold it back; by judgement: what is older than a month is no news. It
# bounds what is left of a view that nobody asks for any more.
HELD_SECONDS = 30 * SECONDS_A_DAY
HOURS_KEPT_SECONDS = 15 * SECONDS_A_DAY  # a day longer than a message of notify may wait in its dead-letter queue
ROOM = "attribute_not_exists(alerts) OR contains(alerts, :id) OR size(alerts) < :most"


class DynamoDbViews:
    """What readers asked for, counted and held, by view."""

    def __init__(self, client: "DynamoDBClient", table: str, now: Callable[[], float] = time.time) -> None:
        self._client = client
        self._table = table
        self._now = now

    def asked(self) -> Mapping[str, AskedView]:
        return {row["entry"]: asked_view(row) for row in self._rows(ASKED)}

    def admit(self, view: str, hour: str, alert_id: str, most: int) -> bool:
        values = {":id": alert_id, ":ids": {alert_id}, ":most": most}
        values |= {":expiry": int(self._now()) + HOURS_KEPT_SECONDS}
        try:
            with translated("count the alert"):
                self._client.update_item(
                    TableName=self._table,
                    Key=key_of(view, HOUR + hour),
                    UpdateExpression="ADD alerts :ids SET expires_at = :expiry",
                    ConditionExpression=ROOM,
                    ExpressionAttributeValues={name: to_value(value) for name, value in values.items()},
                )
        except Transient as error:
            if not is_condition_failure(error):
                raise
            return False
        return True

    def hold(self, held: HeldAlert) -> None:
        said = {name: value for name, value in asdict(held).items() if name != "view"}
        row = {**said, "expires_at": int(self._now()) + HELD_SECONDS}
        try:
            with translated("hold the alert for its digest"):
                self._client.put_item(
                    TableName=self._table,
                    Item={
                        **key_of(held.view, held_entry(held.story_id, held.document_id, held.alert_id)),
                        **{name: to_value(value) for name, value in row.items()},
                    },
                    ConditionExpression="attribute_not_exists(entry)",
                )
        except Transient as error:
            if not is_condition_failure(error):
                raise

    def _rows(self, view: str) -> Iterator[dict[str, Any]]:
        asked: Any = {
            "TableName": self._table,
            "KeyConditionExpression": "#view = :view",
            "ExpressionAttributeNames": {"#view": "view"},
            "ExpressionAttributeValues": {":view": {"S": view}},
            "ConsistentRead": True,
        }
        with translated("read what readers asked for"):
            for page in self._client.get_paginator("query").paginate(**asked):
                yield from map(from_item, page["Items"])


def asked_view(row: Mapping[str, Any]) -> AskedView:
    """A view that nobody gets singly any more, but in a digest or not at all for a while, has no limit."""
    digests = tuple(sorted(row.get("digests", ())))
    most = row.get("most") if "asked_at" in row else 0
    return AskedView(row["entry"], most=most, muted_until=row.get("muted_until", 0), digests=digests)


def held_entry(story_id: str, document_id: str, alert_id: str) -> str:
    """One for each alert, so that what comes while a letter goes out waits for the next one.

    Rows of earlier versions have no alert in their entry.
    """
    return f"{HELD}{'#'.join([story_id, document_id, *([alert_id] if alert_id else [])])}"


def key_of(view: str, entry: str) -> Any:  # noqa: ANN401  # the stubs' key type is a private union
    return {"view": {"S": view}, "entry": {"S": entry}}
