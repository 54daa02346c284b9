"""What the records table holds of each document, read with as little as comparing needs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from functions.reconcile.record_states import RecordState
from shared.adapters.aws_errors import translated
from shared.adapters.dynamodb_values import from_item
from shared.domain.errors import Transient

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MAX_IDS_A_CALL = 100  # of BatchGetItem: AWS's own limit
MAX_ATTEMPTS = 5  # at what a throttled table left unread; by judgement: the next tick goes on where this one stopped
RECORDS_A_PAGE = 500  # by judgement: as many heads are asked for before the position is noted
INDEX = "by-day"  # holds all records but tombstones, without their texts


class DynamoDbRecordStates:
    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def of(self, document_ids: Sequence[str], *, consistent: bool = False) -> Mapping[str, RecordState]:
        items = [
            item
            for start in range(0, len(document_ids), MAX_IDS_A_CALL)
            for item in self._batch(document_ids[start : start + MAX_IDS_A_CALL], consistent=consistent)
        ]
        return {item.pop("document_id"): RecordState.model_validate(item) for item in items}

    def pages(self, after: str | None) -> Iterator[tuple[Sequence[tuple[str, str]], str | None]]:
        while True:
            start = {"ExclusiveStartKey": json.loads(after)} if after else {}
            with translated("read the records"):
                answer: Any = self._client.scan(
                    TableName=self._table,
                    IndexName=INDEX,
                    ProjectionExpression="document_id, source_key",
                    Limit=RECORDS_A_PAGE,
                    **start,
                )
            after = json.dumps(answer["LastEvaluatedKey"]) if "LastEvaluatedKey" in answer else None
            found = [from_item(item) for item in answer["Items"]]
            yield [(item["document_id"], item["source_key"]) for item in found], after
            if after is None:
                return

    def _batch(self, document_ids: Sequence[str], *, consistent: bool) -> Iterator[dict[str, Any]]:
        """DynamoDB may answer a part only, and names what it left."""
        wanted: Any = {
            self._table: {
                "Keys": [{"document_id": {"S": name}} for name in document_ids],
                "ProjectionExpression": "document_id, sequencer, etag, outcome, reason",
                "ConsistentRead": consistent,
            }
        }
        for _ in range(MAX_ATTEMPTS):
            with translated("read the records"):
                answer = self._client.batch_get_item(RequestItems=wanted)
            yield from (from_item(item) for item in answer["Responses"].get(self._table, []))
            wanted = answer.get("UnprocessedKeys")
            if not wanted:
                return
        raise Transient("could not read the records: the table is throttled")
