"""Which documents are to run again, read from the index that holds every record but tombstones."""

from collections.abc import Iterator, Sequence
from typing import Any

from infra.stack.records.documents import Item
from infra.stack.target import Target
from shared.adapters.dynamodb_values import from_item
from shared.domain.documents import Frozen

_RECORDS_A_PAGE = 200  # by judgement: a stop loses little, and a call is worth its time
_READ = (
    "document_id",
    "source_key",
    "outcome",
    "reason",
    "topic",
    "topics",
    "pipeline_version",
    "processed_at",
    "processed_on",
)


class Selection(Frozen):
    """What documents have in common that are to run again; what is None is not asked for."""

    prefix: str | None = None
    date: str | None = None
    topic: str | None = None
    reason: str | None = None
    pipeline_version: str | None = None

    @property
    def empty(self) -> bool:
        return not self.model_dump(exclude_none=True)

    def admits(self, item: Item) -> bool:
        asked = (
            self.date is None or item.get("processed_on") == self.date,
            self.topic is None or self.topic in (item.get("topics") or [item.get("topic")]),
            self.reason is None or item.get("reason") == self.reason,
            self.pipeline_version is None or item.get("pipeline_version") == self.pipeline_version,
            self.prefix is None or str(item.get("source_key", "")).startswith(self.prefix),
        )
        return all(asked)


def selected(target: Target, selection: Selection, before: str, start: Any) -> Iterator[tuple[Sequence[Item], Any]]:  # noqa: ANN401  # a key of the index
    """Documents processed before a moment, and the key to go on from. Those run again since are passed over."""
    asked: dict[str, Any] = {
        "TableName": target.output("RecordsTableName"),
        "IndexName": "by-day",
        "Limit": _RECORDS_A_PAGE,
        "ProjectionExpression": ", ".join(f"#{name}" for name in _READ),
        "ExpressionAttributeNames": {f"#{name}": name for name in _READ},
    }
    if selection.date:
        asked |= {
            "KeyConditionExpression": "#processed_on = :day",
            "ExpressionAttributeValues": {":day": {"S": selection.date}},
        }
    client: Any = target.client("dynamodb")
    read = client.query if selection.date else client.scan
    while True:
        answer = read(**asked, **({"ExclusiveStartKey": start} if start else {}))
        items = [from_item(item) for item in answer["Items"]]
        start = answer.get("LastEvaluatedKey")
        yield [item for item in items if item["processed_at"] <= before and selection.admits(item)], start
        if not start:
            return
