"""The ledger on DynamoDB: one item a document, each write conditional on its version being the newest seen.

Beside the record's own attributes an item holds what the ledger knows of alerts (`alert_*`). Writing a record never touches those,
so that neither a new version nor a deletion forgets what people were told already.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from shared.adapters.aws_errors import lost_the_condition, translated
from shared.adapters.dynamodb_values import from_item, to_value
from shared.domain.documents import Outcome, Record
from shared.domain.errors import Transient
from shared.domain.messages import Announcement
from shared.ports import AlertClaim, WriteResult
from shared.times import iso_utc

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_RECORD_ATTRIBUTES = tuple(name for name in Record.model_fields if name != "document_id")
CLAIM_SECONDS = 90
_NEWEST = "attribute_not_exists(document_id) OR sequencer < :sequencer"
_JUST_THIS = "sequencer = :sequencer AND (attribute_not_exists(content_hash) OR alert_content = content_hash)"
_UNCLAIMED = (
    "sequencer = :sequencer AND outcome = :published"
    " AND (attribute_not_exists(alert_claimed_until) OR alert_claimed_until < :now)"
    " AND (attribute_not_exists(alert_content) OR alert_content <> content_hash)"
)


class DynamoDbRecords:
    def __init__(self, client: "DynamoDBClient", table: str, now: Callable[[], float] = time.time) -> None:
        self._client = client
        self._table = table
        self._now = now

    def find(self, document_id: str) -> Record | None:
        item = self._item(document_id)
        return None if item is None else record_of(item)

    def write(self, record: Record) -> WriteResult:
        try:
            return self._write_if(_NEWEST, record, {})
        except Transient as error:
            if not lost_the_condition(error):
                raise
        newest = self.find(record.document_id)
        return "duplicate" if newest and newest.sequencer == record.sequencer else "stale"

    def rewrite(self, record: Record) -> WriteResult:
        alerted = {"alert_content": record.content_hash} if record.content_hash else {}
        try:
            return self._write_if(_JUST_THIS, record, alerted)
        except Transient as error:
            if not lost_the_condition(error):
                raise
            return "stale"

    def claim_alert(self, announcement: Announcement) -> AlertClaim | None:
        now = int(self._now())
        values = {
            ":sequencer": announcement.sequencer,
            ":published": "published",
            ":now": now,
            ":until": now + CLAIM_SECONDS,
        }
        try:
            with translated("claim the alert"):
                answer = self._client.update_item(
                    TableName=self._table,
                    Key=_key(announcement.document_id),
                    UpdateExpression="SET alert_claimed_until = :until",
                    ConditionExpression=_UNCLAIMED,
                    ExpressionAttributeValues={name: to_value(value) for name, value in values.items()},
                    ReturnValues="ALL_NEW",
                )
        except Transient as error:
            if not lost_the_condition(error):
                raise
            self._check_not_needed(announcement, now)
            return None
        return _claim_of(from_item(answer["Attributes"]))

    def release_alert(self, claim: AlertClaim) -> None:
        self._note_alert(claim.document_id, "REMOVE alert_claimed_until", {})

    def mark_alerted(self, claim: AlertClaim) -> None:
        expression = "SET alert_content = :content, alert_id = :id, alerted_at = :at REMOVE alert_claimed_until"
        self._note_alert(
            claim.document_id,
            expression,
            {":content": claim.content_hash, ":id": claim.alert_id, ":at": iso_utc(self._now())},
        )

    def _note_alert(self, document_id: str, expression: str, values: Mapping[str, str]) -> None:
        given: dict[str, Any] = (
            {"ExpressionAttributeValues": {name: to_value(value) for name, value in values.items()}} if values else {}
        )
        try:
            with translated("note the alert"):
                self._client.update_item(
                    TableName=self._table,
                    Key=_key(document_id),
                    UpdateExpression=expression,
                    ConditionExpression="attribute_exists(document_id)",
                    **given,
                )
        except Transient as error:
            if not lost_the_condition(error):  # a record that expired meanwhile has nothing to note
                raise

    def _write_if(self, condition: str, record: Record, beside: Mapping[str, object]) -> WriteResult:
        """Sets the record's attributes and those `beside` it, and removes what the record no longer has."""
        present = {**record.model_dump(exclude_none=True, exclude={"document_id"}), **beside}
        names = {f"#{name}": name for name in (*_RECORD_ATTRIBUTES, *beside)}
        sets = ", ".join(f"#{name} = :{name}" for name in present)
        removes = ", ".join(f"#{name}" for name in _RECORD_ATTRIBUTES if name not in present)
        with translated("write the record"):
            self._client.update_item(
                TableName=self._table,
                Key=_key(record.document_id),
                UpdateExpression=f"SET {sets} REMOVE {removes}",
                ConditionExpression=condition,
                ExpressionAttributeNames=names,
                ExpressionAttributeValues={f":{name}": to_value(value) for name, value in present.items()},
            )
        return "written"

    def _check_not_needed(self, announcement: Announcement, now: int) -> None:
        """Raises where the alert is still due, but another worker holds its claim."""
        item = self._item(announcement.document_id) or {}
        superseded = item.get("sequencer") != announcement.sequencer or item.get("outcome") != Outcome.PUBLISHED
        if superseded or item.get("alert_content") == item.get("content_hash"):
            return
        raise Transient(
            f"another worker is sending this alert for {max(0, int(item.get('alert_claimed_until', now)) - now)} s at most"
        )

    def _item(self, document_id: str) -> Mapping[str, Any] | None:
        with translated("read the record"):
            answer = self._client.get_item(TableName=self._table, Key=_key(document_id), ConsistentRead=True)
        return from_item(answer["Item"]) if "Item" in answer else None


def record_of(item: Mapping[str, Any]) -> Record:
    """The record in an item read from the table or an index, without what the ledger keeps beside it."""
    return Record.model_validate({name: value for name, value in item.items() if name in Record.model_fields})


def _claim_of(item: Mapping[str, Any]) -> AlertClaim:
    """Names the alert by what it says and what was said before, so that a repeated attempt names the same."""
    before = item.get("alert_id", "")
    alert_id = hashlib.sha256(f"{item['document_id']}/{item['content_hash']}/{before}".encode()).hexdigest()[:32]
    return AlertClaim(item["document_id"], alert_id, "updated" if before else "new", item["content_hash"])


def _key(document_id: str) -> Any:  # noqa: ANN401  # the stubs' key type is a private union
    return {"document_id": {"S": document_id}}
