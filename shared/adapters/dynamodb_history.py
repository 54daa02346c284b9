"""The history table on DynamoDB: one small item for each version that ended, by document and time.

The index `by-day` lists the lines of a day in the order in which they were written.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from shared.adapters.aws_errors import is_condition_failure, translated
from shared.adapters.dynamodb_values import from_item, to_value
from shared.domain.documents import Record
from shared.domain.errors import Transient
from shared.domain.history import HistoryLine, is_late_alert, line_of_record
from shared.domain.messages import AlertKind
from shared.times import expiry, iso_utc

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BY_DAY = "by-day"


class DynamoDbHistory:
    """Lines of a document, kept for so many days; 0 for ever."""

    def __init__(
        self, client: "DynamoDBClient", table: str, kept_days: int = 0, now: Callable[[], float] = time.time
    ) -> None:
        self._client = client
        self._table = table
        self._kept_days = kept_days
        self._now = now

    def note(self, line: HistoryLine) -> None:
        noted_at = iso_utc(self._now())
        item = line.model_dump(exclude_none=True) | {
            "noted_at": noted_at,
            "noted_on": noted_at[:10],
            "expires_at": expiry(self._now(), self._kept_days),
        }
        try:
            with translated("note the outcome"):
                self._client.put_item(
                    TableName=self._table,
                    Item={name: to_value(value) for name, value in item.items() if value not in (None, "", {})},
                    ConditionExpression="attribute_not_exists(document_id)",
                )
        except Transient as error:
            if not is_condition_failure(error):
                raise

    def note_alert(self, record: Record, alert_id: str, kind: AlertKind, at: str) -> None:
        line = line_of_record(record, replaced=False)
        said = {"alert_id": alert_id, "alert_kind": kind, "alerted_at": at, **noted_again(line, at)}
        try:
            with translated("note the alert"):
                self._client.update_item(
                    TableName=self._table,
                    Key=key_of(line.document_id, line.entry),
                    UpdateExpression=f"SET {', '.join(f'{name} = :{name}' for name in said)}",
                    ConditionExpression="attribute_exists(document_id)",
                    ExpressionAttributeValues={f":{name}": {"S": value} for name, value in said.items()},
                )
        except Transient as error:
            if not is_condition_failure(error):
                raise

    def lines(self, document_id: str) -> list[HistoryLine]:
        found = self._query("document_id = :wanted", {":wanted": to_value(document_id)}, ConsistentRead=True)
        return [line_in(item) for item in found]

    def noted_on(self, day: str, since: str = "") -> Iterator[HistoryLine]:
        """The lines that were written on a day, from a time of it on, oldest first."""
        condition = "noted_on = :wanted AND noted_at >= :since"
        values = {":wanted": to_value(day), ":since": to_value(since or day)}
        return map(line_in, self._query(condition, values, IndexName=BY_DAY))

    def strip(self, document_id: str) -> None:
        for line in self.lines(document_id):
            if line.marks:
                with translated("clear the history"):
                    self._client.update_item(
                        TableName=self._table,
                        Key=key_of(document_id, line.entry),
                        UpdateExpression="REMOVE marks",
                    )

    def _query(self, condition: str, values: Mapping[str, Any], **more: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
        start: dict[str, Any] = {}
        while True:
            with translated("read the history"):
                answer: Any = self._client.query(
                    TableName=self._table,
                    KeyConditionExpression=condition,
                    ExpressionAttributeValues=values,
                    **more,
                    **start,
                )
            yield from map(from_item, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}


def noted_again(line: HistoryLine, at: str) -> Mapping[str, str]:
    """When the line counts as written, where its alert was late."""
    return {"noted_at": at, "noted_on": at[:10]} if is_late_alert(line, at) else {}


def key_of(document_id: str, entry: str) -> Any:  # noqa: ANN401  # the stubs' key type is a private union
    return {"document_id": {"S": document_id}, "entry": {"S": entry}}


def line_in(item: Mapping[str, Any]) -> HistoryLine:
    """The line in a plain dict of an item."""
    return HistoryLine.model_validate({name: value for name, value in item.items() if name in HistoryLine.model_fields})
