"""The stories table on DynamoDB.

Rows by `key` and `at`:

- `document#<id>`, `row`: the document's sketch, its keys, its story;
- a lookup key, `<day>#<document id>`: that the document stands under it;
- `counts#<language>`, `row`: in how many documents each term stood.

Rows expire eight days after they were written. None holds a word of a page but the few that two pages share.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from shared.adapters.aws_errors import is_condition_failure, standing_item, translated
from shared.adapters.dynamodb_story_rows import (
    DECISION_FIELDS,
    Item,
    counts_key,
    decision_in,
    document_key,
    key_of,
    lookup_keys,
    parts_of,
    row_in,
    standing_row,
)
from shared.adapters.dynamodb_values import from_item, to_value
from shared.domain.errors import Transient
from shared.domain.stories import StoredCounts, StoryDecision, StoryRow
from shared.times import SECONDS_A_DAY

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_DAYS = 8  # of a row: articles are compared for seven days
MAX_FOUND_UNDER_A_KEY = 40  # documents, the newest: they fit one read unit; more stand only under common words
MAX_ATTEMPTS = 3  # at rows that DynamoDB did not process; by judgement: the message comes back later anyway
QUERIES_AT_ONCE = 8  # threads; by judgement: two rounds for the keys of an article
AFTER_ANY_ID = "~"  # sorts after each hex digit
NEWEST = "attribute_not_exists(#key) OR sequencer <= :sequencer"


class DynamoDbStories:
    """Documents by id, and by the keys under which they stand."""

    def __init__(self, client: "DynamoDBClient", table: str, now: Callable[[], float] = time.time) -> None:
        self._client, self._table, self._now = client, table, now
        self._threads = ThreadPoolExecutor(QUERIES_AT_ONCE)

    def enter(self, row: StoryRow) -> StoryRow:
        try:
            before = self.put_row(row)
        except Transient as error:
            if not is_condition_failure(error):
                raise
            return row_in(from_item(standing_item(error)))
        gone = set(lookup_keys(before)) - set(lookup_keys(row)) if before else set()
        self.change_rows([self.put_lookup(key) for key in lookup_keys(row)], sorted(gone))
        return row if before is None else standing_row(row, before.decision)

    def put_row(self, row: StoryRow) -> StoryRow | None:
        """Writes the document's own row; gives what stood there before."""
        values = {"sketch": row.sketch, "day": row.day, "keys": " ".join(row.keys), "sequencer": row.sequencer}
        said = {**values, "expires_at": self.expires_at()}
        with translated("enter a story"):
            answer = self._client.update_item(
                TableName=self._table,
                Key=key_of(document_key(row.document_id)),
                UpdateExpression=f"SET {', '.join(f'#{name} = :{name}' for name in said)}",
                ConditionExpression=NEWEST,
                ExpressionAttributeNames={"#key": "key"} | {f"#{name}": name for name in said},
                ExpressionAttributeValues={f":{name}": to_value(value) for name, value in said.items()},
                ReturnValues="ALL_OLD",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        return row_in(from_item(answer["Attributes"])) if answer.get("Attributes") else None

    def look_up(self, keys: Sequence[str], first_day: str, last_day: str) -> Mapping[str, Sequence[str]]:
        found = self._threads.map(lambda key: self.query(key, first_day, last_day), keys)
        return dict(zip(keys, found, strict=True))

    def query(self, key: str, first_day: str, last_day: str) -> list[str]:
        with translated("look a story up"):
            answer = self._client.query(
                TableName=self._table,
                KeyConditionExpression="#key = :key AND #at BETWEEN :first AND :last",
                ExpressionAttributeNames={"#key": "key", "#at": "at"},
                ExpressionAttributeValues={
                    ":key": {"S": key},
                    ":first": {"S": first_day},
                    ":last": {"S": f"{last_day}#{AFTER_ANY_ID}"},
                },
                ProjectionExpression="#at",
                ConsistentRead=True,
                ScanIndexForward=False,
                Limit=MAX_FOUND_UNDER_A_KEY,
            )
        return [item["at"]["S"].partition("#")[2] for item in answer["Items"]]

    def fetch(self, document_ids: Sequence[str]) -> Sequence[StoryRow]:
        asked: Any = {
            self._table: {"Keys": [key_of(document_key(name)) for name in document_ids], "ConsistentRead": True}
        }
        rows: dict[str, StoryRow] = {}
        for _ in range(MAX_ATTEMPTS):
            with translated("read stories"):
                answer = self._client.batch_get_item(RequestItems=asked)
            found = map(row_in, map(from_item, answer["Responses"].get(self._table, ())))
            rows |= {row.document_id: row for row in found}
            asked = answer.get("UnprocessedKeys")
            if not asked:
                return [rows[name] for name in document_ids if name in rows]
        raise Transient("DynamoDB did not read all stories")

    def decide(self, document_id: str, decision: StoryDecision) -> StoryDecision:
        said = {name: value for name in DECISION_FIELDS if (value := getattr(decision, name)) is not None}
        try:
            with translated("note a story"):
                self._client.update_item(
                    TableName=self._table,
                    Key=key_of(document_key(document_id)),
                    UpdateExpression=f"SET {', '.join(f'{name} = :{name}' for name in said)}",
                    ConditionExpression="attribute_exists(sketch) AND attribute_not_exists(story_id)",
                    ExpressionAttributeValues={f":{name}": to_value(value) for name, value in said.items()},
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except Transient as error:
            if not is_condition_failure(error):
                raise
            return decision_in(from_item(standing_item(error))) or decision
        return decision

    def remove(self, document_id: str, sequencer: str) -> None:
        with translated("read a story"):
            answer = self._client.get_item(
                TableName=self._table, Key=key_of(document_key(document_id)), ConsistentRead=True
            )
        if "Item" not in answer:
            return
        row = row_in(from_item(answer["Item"]))
        if row.sequencer > sequencer:
            return
        self.change_rows([], lookup_keys(row))
        self.delete_row(document_id, sequencer)

    def delete_row(self, document_id: str, sequencer: str) -> None:
        """Deletes the document's own row, unless a newer version has taken it over."""
        try:
            with translated("remove a story"):
                self._client.delete_item(
                    TableName=self._table,
                    Key=key_of(document_key(document_id)),
                    ConditionExpression=NEWEST,
                    ExpressionAttributeNames={"#key": "key"},
                    ExpressionAttributeValues={":sequencer": {"S": sequencer}},
                )
        except Transient as error:
            if not is_condition_failure(error):
                raise

    def read_counts(self, language: str) -> StoredCounts | None:
        with translated("read term counts"):
            answer = self._client.get_item(TableName=self._table, Key=key_of(counts_key(language)))
        if "Item" not in answer:
            return None
        item = from_item(answer["Item"])
        return StoredCounts(bytes(item["packed"]), item["revision"])

    def write_counts(self, language: str, packed: bytes, before: int) -> bool:
        item = {**key_of(counts_key(language)), "packed": {"B": packed}, "revision": {"N": str(before + 1)}}
        try:
            with translated("write term counts"):
                self._client.put_item(
                    TableName=self._table,
                    Item=item,
                    ConditionExpression="attribute_not_exists(#key) OR revision = :before",
                    ExpressionAttributeNames={"#key": "key"},
                    ExpressionAttributeValues={":before": {"N": str(before)}},
                )
        except Transient as error:
            if not is_condition_failure(error):
                raise
            return False
        return True

    def put_lookup(self, row: tuple[str, str]) -> Item:
        return {"PutRequest": {"Item": {**key_of(row), "expires_at": {"N": str(self.expires_at())}}}}

    def change_rows(self, puts: Sequence[Item], removed: Sequence[tuple[str, str]]) -> None:
        """Writes and deletes lookup rows."""
        changes = [*puts, *({"DeleteRequest": {"Key": key_of(row)}} for row in removed)]
        for part in parts_of(changes):
            self.write_part(part)

    def write_part(self, changes: Sequence[Item]) -> None:
        asked: Any = {self._table: changes}
        for _ in range(MAX_ATTEMPTS):
            with translated("write the keys of a story"):
                asked = self._client.batch_write_item(RequestItems=asked).get("UnprocessedItems")
            if not asked:
                return
        raise Transient("DynamoDB did not write all keys of a story")

    def expires_at(self) -> int:
        return int(self._now()) + KEPT_DAYS * SECONDS_A_DAY
