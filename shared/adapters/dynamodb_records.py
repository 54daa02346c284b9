"""The ledger on DynamoDB: one item a document, each write conditional on its version being the newest seen.

A write also answers what it replaced, or what refused it, so that nothing has to be read before it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shared.adapters.aws_errors import is_condition_failure, standing_item, translated
from shared.adapters.dynamodb_values import from_item, to_value
from shared.domain.documents import Outcome, Record
from shared.domain.errors import Transient
from shared.ports import WriteResult

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

RECORD_ATTRIBUTES = tuple(name for name in Record.model_fields if name != "document_id")
NEWEST = "attribute_not_exists(document_id) OR #sequencer < :sequencer"
JUST_THIS = "#sequencer = :sequencer AND #outcome = :known_outcome AND "
SAME_CONTENT = "#content_hash = :known_content"
NO_CONTENT = "attribute_not_exists(#content_hash)"


class DynamoDbRecords:
    """Records by document id."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def find(self, document_id: str) -> Record | None:
        with translated("read the record"):
            answer = self._client.get_item(TableName=self._table, Key=_key(document_id), ConsistentRead=True)
        return record_of(from_item(answer["Item"])) if "Item" in answer else None

    def write(self, record: Record) -> WriteResult:
        return self._write_if(NEWEST, record, {})

    def rewrite(self, record: Record, known: Record) -> WriteResult:
        values: dict[str, object] = {":known_outcome": known.outcome}
        if known.content_hash:
            values[":known_content"] = known.content_hash
        return self._write_if(JUST_THIS + (SAME_CONTENT if known.content_hash else NO_CONTENT), record, values)

    def _write_if(self, condition: str, record: Record, compared: Mapping[str, object]) -> WriteResult:
        """Sets the record's attributes and removes those that it no longer has.

        The story stays also where the article is gone: by it, notify finds who was told of the page.
        """
        present = record.model_dump(exclude_none=True, exclude={"document_id"})
        values = {**{f":{name}": value for name, value in present.items()}, **compared}
        sets = ", ".join(f"#{name} = :{name}" for name in present)
        standing = set() if record.outcome is Outcome.PUBLISHED else {"story_id"} - present.keys()
        written = [name for name in RECORD_ATTRIBUTES if name not in standing]
        removes = ", ".join(f"#{name}" for name in written if name not in present)
        try:
            with translated("write the record"):
                answer = self._client.update_item(
                    TableName=self._table,
                    Key=_key(record.document_id),
                    UpdateExpression=f"SET {sets} REMOVE {removes}",
                    ConditionExpression=condition,
                    ExpressionAttributeNames={f"#{name}": name for name in written},
                    ExpressionAttributeValues={name: to_value(value) for name, value in values.items()},
                    ReturnValues="ALL_OLD",
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except Transient as error:
            if not is_condition_failure(error):
                raise
            return refused(record, standing_item(error), rewriting=bool(compared))
        return WriteResult("written", record_in(answer.get("Attributes", {})))


def refused(record: Record, item: Mapping[str, Any], *, rewriting: bool) -> WriteResult:
    """What a refused write found in its place."""
    known = record_in(item)
    same_version = known is not None and known.sequencer == record.sequencer
    return WriteResult("duplicate" if same_version and not rewriting else "stale", known)


def record_in(item: Mapping[str, Any]) -> Record | None:
    """The record in an item as the client gives it, None for an empty one."""
    return record_of(from_item(item)) if item else None


def record_of(item: Mapping[str, Any]) -> Record:
    """The record in a plain dict of an item, read from the table or an index."""
    return Record.model_validate({name: value for name, value in item.items() if name in Record.model_fields})


def _key(document_id: str) -> Any:  # noqa: ANN401  # the stubs' key type is a private union
    return {"document_id": {"S": document_id}}
