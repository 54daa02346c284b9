"""The records of a day: its ids from the index, the records themselves from the table, read consistently."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from shared.adapters.aws_errors import translated
from shared.adapters.dynamodb_records import record_of
from shared.adapters.dynamodb_values import from_item
from shared.domain.documents import Record
from shared.domain.errors import Transient

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MAX_IDS_A_CALL = 100  # of BatchGetItem: AWS's own limit
MAX_ATTEMPTS = 12  # at what BatchGetItem left unread: it gives 16 MB a call, and 100 records may have 35 MB
INDEX = "by-day"


class DynamoDbRecordsByDay:
    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def days(self) -> set[str]:
        """A scan of the index: once, at the first turn, and where everything is asked for."""
        scanned = self._client.get_paginator("scan").paginate(
            TableName=self._table, IndexName=INDEX, ProjectionExpression="processed_on"
        )
        with translated("read the days"):
            return {item["processed_on"]["S"] for page in scanned for item in page["Items"]}

    def of_day(self, day: str) -> Iterator[Record]:
        """A record that left the day, while the index still names it, is left out."""
        for page in self._ids(day):
            for start in range(0, len(page), MAX_IDS_A_CALL):
                records = map(record_of, self._batch(page[start : start + MAX_IDS_A_CALL]))
                yield from (record for record in records if record.processed_on == day)

    def _ids(self, day: str) -> Iterator[Sequence[str]]:
        start: dict[str, Any] = {}
        while True:
            with translated("list the day's records"):
                answer: Any = self._client.query(
                    TableName=self._table,
                    IndexName=INDEX,
                    KeyConditionExpression="processed_on = :day",
                    ExpressionAttributeValues={":day": {"S": day}},
                    ProjectionExpression="document_id",
                    **start,
                )
            yield [item["document_id"]["S"] for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                return
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def _batch(self, document_ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        """DynamoDB may answer a part only, and names what it left."""
        wanted: Any = {
            self._table: {"Keys": [{"document_id": {"S": name}} for name in document_ids], "ConsistentRead": True}
        }
        for _ in range(MAX_ATTEMPTS):
            with translated("read the day's records"):
                answer = self._client.batch_get_item(RequestItems=wanted)
            yield from (from_item(item) for item in answer["Responses"].get(self._table, []))
            wanted = answer.get("UnprocessedKeys")
            if not wanted:
                return
        raise Transient("could not read the records: the table is throttled")
