"""The matches table on DynamoDB: one row per rule and document.

So a rule's documents are listed newest first without a scan.

Each document has one more row, its manifest, under `#` and its id. It names the version that the matches are of and
every row that may be there. It is written first, and each later change is conditional on it. So a worker that comes
late can neither add a row nor leave one behind.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from shared.adapters.aws_errors import error_code, is_condition_failure, translated
from shared.adapters.dynamodb_values import from_item, to_value
from shared.domain.documents import Record, RuleMatch
from shared.domain.errors import Transient

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Row = tuple[str, str]
"""A rule and `<timeline_at>#<document_id>`: the key of a row."""

MAX_CHANGES_AT_ONCE = 99  # a transaction takes a hundred, and one is the check
MAX_ATTEMPTS = 5  # at a manifest that others change meanwhile; by judgement: the message comes back later anyway
# How long the manifest of a deleted document holds against late workers: longer than queues keep a message.
MANIFEST_SECONDS = 30 * 24 * 3_600
UNCHANGED = "attribute_not_exists(#rule) OR (sequencer <= :sequencer AND revision = :before)"


@dataclass(frozen=True)
class Manifest:
    """What may stand of a document's rows, and of which version; `revision` counts its changes."""

    document_id: str
    sequencer: str = ""
    revision: int = 0
    rows: frozenset[Row] = frozenset()

    @property
    def key(self) -> Any:  # noqa: ANN401  # the stubs' key type is a private union
        return _key((f"#{self.document_id}", "rows"))


class DynamoDbMatches:
    """Rows by rule, each document's behind its manifest."""

    def __init__(self, client: "DynamoDBClient", table: str, now: Callable[[], float] = time.time) -> None:
        self._client = client
        self._table = table
        self._now = now

    def replace(self, record: Record, matches: Sequence[RuleMatch]) -> None:
        at = f"{record.timeline_at or record.processed_at}#{record.document_id}"
        rows = {(match.rule, at): row_of(record, match) for match in matches}
        self.make_current(record.document_id, record.sequencer, rows, record.expires_at)

    def remove(self, document_id: str, sequencer: str) -> None:
        self.make_current(document_id, sequencer, {}, int(self._now()) + MANIFEST_SECONDS)

    def make_current(
        self, document_id: str, sequencer: str, rows: Mapping[Row, Mapping[str, object]], expires_at: int | None
    ) -> None:
        """Makes these the document's rows, unless it has those of a newer version.

        Whoever changes the manifest last finishes alone.
        """
        before = self.announce_rows(Manifest(document_id, sequencer, rows=frozenset(rows)), expires_at)
        if before is None:
            return
        ours = Manifest(document_id, sequencer, before.revision + 1, frozenset(rows))
        gone = before.rows - ours.rows
        changes = [self.put_row({**row, **names_of_key(at), "expires_at": expires_at}) for at, row in rows.items()] + [
            self.delete_row(at) for at in gone
        ]
        for start in range(0, len(changes), MAX_CHANGES_AT_ONCE):
            if not self.change_rows(ours, changes[start : start + MAX_CHANGES_AT_ONCE]):
                return
        if gone:
            self.write_manifest(ours, ours.revision, expires_at)

    def announce_rows(self, wanted: Manifest, expires_at: int | None) -> Manifest | None:
        """Names in the manifest what stands and what will.

        Gives what it said before, or None where it is of a newer version.
        """
        for _ in range(MAX_ATTEMPTS):
            before = self.read_manifest(wanted.document_id)
            if before.sequencer > wanted.sequencer:
                return None
            both = Manifest(wanted.document_id, wanted.sequencer, before.revision, before.rows | wanted.rows)
            if self.write_manifest(both, before.revision, expires_at):
                return before
        raise Transient("others keep changing the document's matches")

    def read_manifest(self, document_id: str) -> Manifest:
        with translated("read the document's matches"):
            answer = self._client.get_item(TableName=self._table, Key=Manifest(document_id).key, ConsistentRead=True)
        item = from_item(answer.get("Item", {}))
        rows = frozenset((rule, at) for at, rules in item.get("rows", {}).items() for rule in rules)
        return Manifest(document_id, item.get("sequencer", ""), item.get("revision", 0), rows)

    def write_manifest(self, manifest: Manifest, before: int, expires_at: int | None) -> bool:
        """Whether the manifest was still as it was read."""
        rows: dict[str, list[str]] = {}
        for rule, at in sorted(manifest.rows):
            rows.setdefault(at, []).append(rule)
        said = {"sequencer": manifest.sequencer, "revision": before + 1, "rows": rows, "expires_at": expires_at}
        try:
            with translated("announce the document's matches"):
                self._client.put_item(
                    TableName=self._table,
                    Item={**manifest.key, **attribute_values(said)},
                    ConditionExpression=UNCHANGED,
                    ExpressionAttributeNames={"#rule": "rule"},
                    ExpressionAttributeValues={":sequencer": {"S": manifest.sequencer}, ":before": {"N": str(before)}},
                )
        except Transient as error:
            if not is_condition_failure(error):
                raise
            return False
        return True

    def change_rows(self, manifest: Manifest, changes: Sequence[Any]) -> bool:
        """Whether the changes were made; False where another worker has taken over."""
        check: Any = {
            "TableName": self._table,
            "Key": manifest.key,
            "ConditionExpression": "revision = :revision",
            "ExpressionAttributeValues": {":revision": {"N": str(manifest.revision)}},
        }
        try:
            with translated("write the document's matches"):
                self._client.transact_write_items(TransactItems=[{"ConditionCheck": check}, *changes])
        except Transient as error:
            if not was_taken_over(error):
                raise
            return False
        return True

    def put_row(self, row: Mapping[str, object]) -> Mapping[str, Any]:
        return {"Put": {"TableName": self._table, "Item": attribute_values(row)}}

    def delete_row(self, row: Row) -> Mapping[str, Any]:
        return {"Delete": {"TableName": self._table, "Key": _key(row)}}


def row_of(record: Record, match: RuleMatch) -> Mapping[str, object]:
    """What a list of a rule's documents shows."""
    told = {name: getattr(record, name) for name in ("document_id", "title", "site", "url", "sequencer")}
    return {**told, "sentence": match.sentence}


def names_of_key(row: Row) -> Mapping[str, object]:
    return {"rule": row[0], "matched_at_document": row[1]}


def _key(row: Row) -> Any:  # noqa: ANN401  # the stubs' key type is a private union
    return attribute_values(names_of_key(row))


def attribute_values(item: Mapping[str, object]) -> dict[str, Any]:
    """Attribute values, without what is empty."""
    return {name: to_value(value) for name, value in item.items() if value not in (None, "", {})}


def was_taken_over(error: Transient) -> bool:
    cause = error.__cause__
    if not isinstance(cause, ClientError) or error_code(cause) != "TransactionCanceledException":
        return False
    reasons: Any = cause.response.get("CancellationReasons") or [{}]
    return bool(reasons[0].get("Code") == "ConditionalCheckFailed")
