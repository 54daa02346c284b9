"""The matches table on DynamoDB: a row a rule and document, so that a rule's documents are listed newest first without a scan.

Each document has one more row, its manifest, under `#` and its id. It names the version that the matches are of and every row that may
stand. It is written first, and each later change is conditional on it; so a worker that comes late can neither add a row nor leave one.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from shared.adapters.aws_errors import error_code, lost_the_condition, translated
from shared.adapters.dynamodb_values import from_item, to_value
from shared.domain.documents import Record, RuleMatch
from shared.domain.errors import Transient

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Row = tuple[str, str]
"""A rule and `<timeline_at>#<document_id>`: the key of a row."""

_CHANGES_AT_ONCE = 99  # a transaction takes a hundred, and one is the check
_ATTEMPTS = 5
_TOMBSTONE_SECONDS = 30 * 24 * 3600
_UNMOVED = "attribute_not_exists(#rule) OR (sequencer <= :sequencer AND revision = :before)"


@dataclass(frozen=True)
class _Manifest:
    document_id: str
    sequencer: str = ""
    revision: int = 0
    rows: frozenset[Row] = frozenset()

    @property
    def key(self) -> Any:  # noqa: ANN401  # the stubs' key type is a private union
        return _key((f"#{self.document_id}", "rows"))


class DynamoDbMatches:
    def __init__(self, client: "DynamoDBClient", table: str, now: Callable[[], float] = time.time) -> None:
        self._client = client
        self._table = table
        self._now = now

    def replace(self, record: Record, matches: Sequence[RuleMatch]) -> None:
        at = f"{record.timeline_at or record.processed_at}#{record.document_id}"
        rows = {(match.rule, at): _row(record, match) for match in matches}
        self._settle(record.document_id, record.sequencer, rows, record.expires_at)

    def remove(self, document_id: str, sequencer: str) -> None:
        self._settle(document_id, sequencer, {}, int(self._now()) + _TOMBSTONE_SECONDS)

    def _settle(
        self, document_id: str, sequencer: str, rows: Mapping[Row, Mapping[str, object]], expires_at: int | None
    ) -> None:
        """Makes these the document's rows, unless it has those of a newer version; whoever changes the manifest last finishes alone."""
        before = self._announce(_Manifest(document_id, sequencer, rows=frozenset(rows)), expires_at)
        if before is None:
            return
        ours = _Manifest(document_id, sequencer, before.revision + 1, frozenset(rows))
        gone = before.rows - ours.rows
        changes = [self._put({**row, **_names(at), "expires_at": expires_at}) for at, row in rows.items()] + [
            self._delete(at) for at in gone
        ]
        for start in range(0, len(changes), _CHANGES_AT_ONCE):
            if not self._apply(ours, changes[start : start + _CHANGES_AT_ONCE]):
                return
        if gone:
            self._write(ours, ours.revision, expires_at)

    def _announce(self, wanted: _Manifest, expires_at: int | None) -> _Manifest | None:
        """Names in the manifest what stands and what will; gives what it said before, or None where it is of a newer version."""
        for _ in range(_ATTEMPTS):
            before = self._read(wanted.document_id)
            if before.sequencer > wanted.sequencer:
                return None
            both = _Manifest(wanted.document_id, wanted.sequencer, before.revision, before.rows | wanted.rows)
            if self._write(both, before.revision, expires_at):
                return before
        raise Transient("others keep changing the document's matches")

    def _read(self, document_id: str) -> _Manifest:
        with translated("read the document's matches"):
            answer = self._client.get_item(TableName=self._table, Key=_Manifest(document_id).key, ConsistentRead=True)
        item = from_item(answer.get("Item", {}))
        rows = frozenset((rule, at) for at, rules in item.get("rows", {}).items() for rule in rules)
        return _Manifest(document_id, item.get("sequencer", ""), item.get("revision", 0), rows)

    def _write(self, manifest: _Manifest, before: int, expires_at: int | None) -> bool:
        """Whether the manifest was still as it was read."""
        rows: dict[str, list[str]] = {}
        for rule, at in sorted(manifest.rows):
            rows.setdefault(at, []).append(rule)
        said = {"sequencer": manifest.sequencer, "revision": before + 1, "rows": rows, "expires_at": expires_at}
        try:
            with translated("announce the document's matches"):
                self._client.put_item(
                    TableName=self._table,
                    Item={**manifest.key, **_values(said)},
                    ConditionExpression=_UNMOVED,
                    ExpressionAttributeNames={"#rule": "rule"},
                    ExpressionAttributeValues={":sequencer": {"S": manifest.sequencer}, ":before": {"N": str(before)}},
                )
        except Transient as error:
            if not lost_the_condition(error):
                raise
            return False
        return True

    def _apply(self, manifest: _Manifest, changes: Sequence[Any]) -> bool:
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
            if not _was_taken_over(error):
                raise
            return False
        return True

    def _put(self, row: Mapping[str, object]) -> Mapping[str, Any]:
        return {"Put": {"TableName": self._table, "Item": _values(row)}}

    def _delete(self, row: Row) -> Mapping[str, Any]:
        return {"Delete": {"TableName": self._table, "Key": _key(row)}}


def _row(record: Record, match: RuleMatch) -> Mapping[str, object]:
    """What a list of a rule's documents shows."""
    told = {name: getattr(record, name) for name in ("document_id", "title", "site", "url", "sequencer")}
    return {**told, "sentence": match.sentence}


def _names(row: Row) -> Mapping[str, object]:
    return {"rule": row[0], "matched_at_document": row[1]}


def _key(row: Row) -> Any:  # noqa: ANN401  # the stubs' key type is a private union
    return _values(_names(row))


def _values(item: Mapping[str, object]) -> dict[str, Any]:
    """Attribute values, without what is empty."""
    return {name: to_value(value) for name, value in item.items() if value not in (None, "", {})}


def _was_taken_over(error: Transient) -> bool:
    cause = error.__cause__
    if not isinstance(cause, ClientError) or error_code(cause) != "TransactionCanceledException":
        return False
    reasons: Any = cause.response.get("CancellationReasons") or [{}]
    return bool(reasons[0].get("Code") == "ConditionalCheckFailed")
