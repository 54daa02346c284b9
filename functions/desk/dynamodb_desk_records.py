"""The desk's lists on DynamoDB: one query of one index per page, and no scan."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from functions.desk.ports import LinePage, ListName, RecordLine
from functions.desk.request import Mark
from shared.adapters.aws_errors import translated
from shared.adapters.dynamodb_records import DynamoDbRecords, record_of
from shared.adapters.dynamodb_values import from_item
from shared.domain.documents import Record

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEYS_A_CALL = 100  # of BatchGetItem: AWS's own limit
MAX_ATTEMPTS = 5  # at what a throttled table left unread; by judgement: a person waits
MAX_QUERY_PAGES = 5  # of 1 MB each in one call, by judgement: a list of a hundred lines fills a quarter of one


class ListIndex(NamedTuple):
    """The index of a list: its name (None for the table itself), its partition and its sort key."""

    name: str | None
    partition: str
    sort: str


INDEXES: Mapping[ListName, ListIndex] = {
    "day": ListIndex("by-day", "processed_on", "processed_at"),
    "topic": ListIndex("by-topic", "topic", "timeline_at"),
    "site": ListIndex("by-site", "site", "timeline_at"),
    "attention": ListIndex("needs-attention", "attention", "processed_at"),
    "story": ListIndex("by-story", "story_id", "timeline_at"),
    "rule": ListIndex(None, "rule", "matched_at_document"),
}


class DynamoDbDeskRecords:
    def __init__(self, client: "DynamoDBClient", records_table: str, matches_table: str) -> None:
        self._client = client
        self._records_table = records_table
        self._matches_table = matches_table
        self._records = DynamoDbRecords(client, records_table)

    def page(self, name: ListName, value: str, after: Mark | None, limit: int) -> LinePage:
        asked = self.question(INDEXES[name], value, limit)
        start = start_key(INDEXES[name], value, after)
        found: list[RecordLine] = []
        for _ in range(MAX_QUERY_PAGES):
            asked |= {"ExclusiveStartKey": start} if start else {}
            with translated("read the list"):
                answer = self._client.query(**asked)
            found += [line_of(item) for item in answer["Items"]]
            start = answer.get("LastEvaluatedKey")
            if start is None or len(found) >= limit:
                break
        return LinePage(found, {key: item["S"] for key, item in start.items()} if start else None)

    def question(self, index: ListIndex, value: str, limit: int) -> dict[str, Any]:
        asked: dict[str, Any] = {
            "TableName": self._records_table if index.name else self._matches_table,
            "KeyConditionExpression": "#partition = :value",
            "ExpressionAttributeNames": {"#partition": index.partition},
            "ExpressionAttributeValues": {":value": {"S": value}},
            "ScanIndexForward": False,
            "Limit": limit,
        }
        return asked | ({"IndexName": index.name} if index.name else {})

    def find(self, document_id: str) -> Record | None:
        return self._records.find(document_id)

    def find_many(self, document_ids: Sequence[str]) -> Mapping[str, Record]:
        found: dict[str, Record] = {}
        for start in range(0, len(document_ids), KEYS_A_CALL):
            found |= self.find_batch(document_ids[start : start + KEYS_A_CALL])
        return found

    def find_batch(self, document_ids: Sequence[str]) -> dict[str, Record]:
        """DynamoDB answers up to 16 MB at once, and names what it left."""
        found: dict[str, Record] = {}
        wanted: Any = {self._records_table: {"Keys": [{"document_id": {"S": name}} for name in document_ids]}}
        for _ in range(MAX_ATTEMPTS):
            with translated("read the records"):
                answer = self._client.batch_get_item(RequestItems=wanted)
            for item in map(from_item, answer["Responses"].get(self._records_table, [])):
                found[item["document_id"]] = record_of(item)
            wanted = answer.get("UnprocessedKeys")
            if not wanted:
                break
        return found


def start_key(index: ListIndex, value: str, after: Mark | None) -> dict[str, Any] | None:
    """The mark as a key of the index; None where it is a mark of another list."""
    names = {index.partition, index.sort, *(("document_id",) if index.name else ())}
    if after is None or after.keys() != names or after[index.partition] != value:
        return None
    return {name: {"S": item} for name, item in after.items()}


def line_of(item: Mapping[str, Any]) -> RecordLine:
    """A line of an index's item, or of a row of the matches table, whose key begins with the time."""
    plain = from_item(item)
    if "matched_at_document" in plain:
        plain["timeline_at"] = plain["matched_at_document"].partition("#")[0]
    return RecordLine.model_validate(plain)
