"""The alerts table on DynamoDB: one small item a document, since it is written twice for each alert.

`alert_content`, `alert_id` and `alerted_at` tell of the alert that was sent last. `also_alerted` has other texts of the
same record that count as told. `perhaps_alerted` lists contents whose alert was begun since then: their readers may
have heard of them. `claimed_until` and `claimed_version` say who holds the claim.
"""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from shared.adapters.aws_errors import is_condition_failure, standing_item, translated
from shared.adapters.dynamodb_values import from_item, to_value
from shared.domain.alert_ids import alert_id
from shared.domain.documents import Record
from shared.domain.errors import Transient
from shared.domain.limits import CLAIM_SECONDS
from shared.ports import AlertClaim
from shared.times import iso_utc

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

FREE = "(attribute_not_exists(claimed_until) OR claimed_until < :now)"
NOT_NEWER = "(attribute_not_exists(claimed_version) OR claimed_version <= :version)"
TOLD = "((attribute_exists(alert_content) AND alert_content = :content) OR contains(also_alerted, :content))"
DUE = f"(attribute_exists(perhaps_alerted) OR NOT {TOLD})"


class DynamoDbAlerts:
    """One conditional write a step: claim, note what was sent."""

    def __init__(self, client: "DynamoDBClient", table: str, now: Callable[[], float] = time.time) -> None:
        self._client = client
        self._table = table
        self._now = now

    def claim(self, record: Record) -> AlertClaim | None:
        now, content = int(self._now()), record.content_hash or ""
        values = {":now": now, ":until": now + CLAIM_SECONDS, ":version": record.sequencer, ":content": content}
        values |= {":none": [], ":this": [content], **({":expiry": record.expires_at} if record.expires_at else {})}
        sets = "SET claimed_until = :until, claimed_version = :version"
        sets += ", perhaps_alerted = list_append(if_not_exists(perhaps_alerted, :none), :this)"
        expiry = ", expires_at = :expiry" if record.expires_at else " REMOVE expires_at"
        try:
            with translated("claim the alert"):
                answer = self._update(
                    record.document_id, sets + expiry, f"{FREE} AND {NOT_NEWER} AND {DUE}", values, "ALL_OLD"
                )
        except Transient as error:
            if not is_condition_failure(error):
                raise
            refuse_while_held(from_item(standing_item(error)), record, now)
            return None
        return claim_of(record, from_item(answer.get("Attributes", {})), now + CLAIM_SECONDS)

    def release(self, claim: AlertClaim) -> None:
        held = {":until": claim.held_until, ":version": claim.sequencer}
        self._update_if_still_so(
            claim.document_id,
            "REMOVE claimed_until",
            "claimed_until = :until AND claimed_version = :version",
            held,
        )

    def mark_sent(self, claim: AlertClaim) -> None:
        sent = {
            ":content": claim.content_hash,
            ":id": claim.alert_id,
            ":at": iso_utc(self._now()),
            ":version": claim.sequencer,
        }
        self._update_if_still_so(
            claim.document_id,
            "SET alert_content = :content, alert_id = :id, alerted_at = :at"
            " REMOVE claimed_until, perhaps_alerted, also_alerted",
            "claimed_version = :version",
            sent,
        )

    def count_as_sent(self, known: Record, content_hash: str | None) -> bool:
        condition = f"attribute_not_exists(perhaps_alerted) AND {TOLD}" if known.content_hash else None
        values: dict[str, object] = {":content": known.content_hash} if known.content_hash else {}
        if content_hash and content_hash != known.content_hash:
            expression, values[":also"] = "ADD also_alerted :also", {content_hash}
        elif condition is None:
            return True
        else:
            # Nothing to note: the write only asks whether the alert is due. Where it is not, nobody holds its claim.
            expression = "REMOVE claimed_until"
        return self._update_if_still_so(known.document_id, expression, condition, values)

    def expire(self, document_id: str, expires_at: int | None) -> None:
        if expires_at:
            self._update_if_still_so(
                document_id, "SET expires_at = :expiry", "attribute_exists(document_id)", {":expiry": expires_at}
            )

    def _update_if_still_so(
        self, document_id: str, expression: str, condition: str | None, values: Mapping[str, object]
    ) -> bool:
        """Whether the condition held; where it did not, another worker or the table's expiry was there first."""
        try:
            with translated("note the alert"):
                self._update(document_id, expression, condition, values, "NONE")
        except Transient as error:
            if not is_condition_failure(error):
                raise
            return False
        return True

    def _update(
        self, document_id: str, expression: str, condition: str | None, values: Mapping[str, object], answer: str
    ) -> Any:  # noqa: ANN401  # the client's own answer
        asked: dict[str, Any] = {"ConditionExpression": condition} if condition else {}
        return self._client.update_item(
            TableName=self._table,
            Key={"document_id": {"S": document_id}},
            UpdateExpression=expression,
            ExpressionAttributeValues={name: to_value(value) for name, value in values.items()},
            ReturnValues=answer,  # type: ignore[arg-type]
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
            **asked,
        )


def claim_of(record: Record, before: Mapping[str, Any], held_until: int) -> AlertClaim:
    """The claim of a record's alert, where `before` is the document's item as it was. Fakes of the tests use it too."""
    content, last_id = record.content_hash or "", before.get("alert_id", "")
    name = alert_id(record.document_id, content, last_id, before.get("perhaps_alerted", []))
    kind = "updated" if last_id else "new"
    return AlertClaim(record.document_id, record.sequencer, content, name, kind, held_until)  # type: ignore[arg-type]


def refuse_while_held(item: Mapping[str, Any], record: Record, now: int) -> None:
    """Raises `Transient` where the record's alert is still due, but another worker holds its claim."""
    told = record.content_hash in {item.get("alert_content"), *item.get("also_alerted", ())}
    if item.get("claimed_version", "") > record.sequencer or (told and not item.get("perhaps_alerted")):
        return
    left = max(0, int(item.get("claimed_until", now)) - now)
    raise Transient(f"another worker is sending an alert of this document, for {left} s at most")
