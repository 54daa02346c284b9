"""Digests on DynamoDB, in the views table.

| view | entry | attributes |
|---|---|---|
| `#digests` | the digest's name | `views`, `languages`, `rhythm`, `at`, `zone`, `begun_at`: what somebody asked for |
| `#digest:NAME`, or a view's name | `held` | the letter that is under way, or was last: see `Window` |
| the same | `held#STORY#DOCUMENT#ALERT` | `kind`, `held_at`, `language` …: what waits, written by notify |
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from shared.adapters.aws_errors import is_condition_failure, translated
from shared.adapters.dynamodb_values import from_item, to_value
from shared.adapters.dynamodb_views import ASKED, HELD, asked_view, held_entry, key_of
from shared.domain.digests import Digest, WaitingStory, Window, partition_of
from shared.domain.errors import Malformed, Transient
from shared.ports import AskedView

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

DIGESTS = "#digests"
WINDOW = HELD.removesuffix("#")  # sorts directly before what waits, so that one query gives both
MAX_WAITING = 400  # rows read for one letter; by judgement: it has room for some hundred stories
MAX_BATCH = 25  # rows that DynamoDB removes in one call
MAX_ATTEMPTS = 3  # at rows that DynamoDB did not process; by judgement: the next tick goes on anyway
UNCHANGED = "attribute_not_exists(revision) OR revision = :before"


class DynamoDbDigests:
    """What was asked for, and what waits."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def digests(self) -> Sequence[Digest]:
        return [digest_of(row) for row in self._query(DIGESTS, "")]

    def save(self, digest: Digest) -> None:
        """Notes what was asked for, and lets notify keep what it tells of the views for it."""
        row = digest.model_dump(exclude={"name"})
        with translated("note the digest"):
            self._client.put_item(TableName=self._table, Item={**key_of(DIGESTS, digest.name), **values(row)})
        for view in digest.views:
            self._update_asked(view, "ADD digests :names", digest.name)

    def drop(self, digest: Digest) -> None:
        """Ends a digest that nobody asks for any more, with all that waits for it."""
        for view in digest.views:
            self._update_asked(view, "DELETE digests :names", digest.name)
        with translated("end the digest"):
            self._client.delete_item(TableName=self._table, Key=key_of(DIGESTS, digest.name))
        self._delete(
            [row["entry"] for row in self._query(partition_of(digest.name), WINDOW)], partition_of(digest.name)
        )

    def asked_views(self) -> Sequence[AskedView]:
        return [asked_view(row) for row in self._query(ASKED, "")]

    def load(self, partition: str) -> tuple[Window, Sequence[WaitingStory]]:
        rows = self._query(partition, WINDOW, MAX_WAITING + 1)
        window = next(
            (window_of(partition, row) for row in rows if row["entry"] == WINDOW), Window(partition=partition)
        )
        waiting = [waiting_story(row) for row in rows if row["entry"] != WINDOW]
        return window, whole_stories(waiting) if len(rows) > MAX_WAITING else waiting

    def replace(self, window: Window) -> bool:
        row = window.model_dump(exclude={"partition"})
        try:
            with translated("note the letter"):
                self._client.put_item(
                    TableName=self._table,
                    Item={**key_of(window.partition, WINDOW), **values(row)},
                    ConditionExpression=UNCHANGED,
                    ExpressionAttributeValues={":before": to_value(window.revision - 1)},
                )
        except Transient as error:
            if not is_condition_failure(error):
                raise
            return False
        return True

    def remove(self, partition: str, told: Sequence[WaitingStory]) -> None:
        self._delete([held_entry(row.story_id, row.document_id, row.alert_id) for row in told], partition)

    def _delete(self, entries: Sequence[str], partition: str) -> None:
        for start in range(0, len(entries), MAX_BATCH):
            keys = [key_of(partition, entry) for entry in entries[start : start + MAX_BATCH]]
            self._delete_part({self._table: [{"DeleteRequest": {"Key": key}} for key in keys]})

    def _delete_part(self, wanted: Any) -> None:  # noqa: ANN401  # the stubs' type is a private union
        for _ in range(MAX_ATTEMPTS):
            with translated("remove what was told"):
                wanted = self._client.batch_write_item(RequestItems=wanted).get("UnprocessedItems")
            if not wanted:
                return
        raise Transient("could not remove what was told: the table is throttled")

    def _update_asked(self, view: str, expression: str, name: str) -> None:
        with translated("note what readers ask for"):
            self._client.update_item(
                TableName=self._table,
                Key=key_of(ASKED, view),
                UpdateExpression=expression,
                ExpressionAttributeValues={":names": to_value({name})},
            )

    def _query(self, view: str, prefix: str, limit: int = 0) -> list[dict[str, Any]]:
        """The rows of a partition whose entry begins so; up to `limit` of them, 0 for all."""
        asked: Any = {
            "TableName": self._table,
            "KeyConditionExpression": "#view = :view" + (" AND begins_with(entry, :prefix)" if prefix else ""),
            "ExpressionAttributeNames": {"#view": "view"},
            "ExpressionAttributeValues": {":view": {"S": view}, **({":prefix": {"S": prefix}} if prefix else {})},
            "ConsistentRead": True,
        }
        paging: Any = {"MaxItems": limit} if limit else {}
        with translated("read what waits for a digest"):
            pages = self._client.get_paginator("query").paginate(**asked, PaginationConfig=paging)
            return [from_item(item) for page in pages for item in page["Items"]]


def digest_of(row: dict[str, Any]) -> Digest:
    """The digest in a row; raises `Malformed` where somebody wrote it by hand and there is no such thing."""
    try:
        return Digest.model_validate({"name": row["entry"], **without_key(row)})
    except ValidationError as error:
        fields = ", ".join(str(fault["loc"][0]) for fault in error.errors(include_input=False) if fault["loc"])
        raise Malformed(f"the digest {row['entry']} in the views table has a wrong {fields}") from None


def whole_stories(waiting: Sequence[WaitingStory]) -> list[WaitingStory]:
    """Without the last story, of which more may follow, unless it is the only one."""
    last = waiting[-1].story_id
    return [row for row in waiting if row.story_id != last] or list(waiting)


def window_of(partition: str, row: dict[str, Any]) -> Window:
    return Window.model_validate({**without_key(row), "partition": partition})


def waiting_story(row: dict[str, Any]) -> WaitingStory:
    return WaitingStory(
        story_id=row["story_id"],
        document_id=row["document_id"],
        kind=row.get("kind", "new"),
        held_at=row.get("held_at", ""),
        alert_id=row["alert_id"] if row["entry"].endswith(row.get("alert_id", "#")) else "",
        language=row.get("language", ""),
    )


def without_key(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {"view", "entry"}}


def values(row: dict[str, Any]) -> dict[str, Any]:
    return {name: to_value(value) for name, value in row.items()}
