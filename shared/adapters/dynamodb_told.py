"""The told table on DynamoDB: one item a story, each write conditional on its revision.

Most stories have one document, so the first write is made without reading: it is refused where an item stands there,
and the refusal brings that item.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from shared.adapters.aws_errors import is_condition_failure, standing_item, translated
from shared.adapters.dynamodb_values import from_item, to_value
from shared.domain.errors import Transient
from shared.domain.told import Told
from shared.domain.views import View

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoDbTold:
    """What was told, by story."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def find(self, story_id: str) -> Told:
        with translated("read what was told"):
            answer = self._client.get_item(TableName=self._table, Key=key_of(story_id), ConsistentRead=True)
        return told_in(story_id, answer.get("Item", {}))

    def replace(self, told: Told) -> Told | None:
        absent = told.revision == 1
        condition = "attribute_not_exists(story_id)" if absent else "revision = :known"
        values: Any = {} if absent else {"ExpressionAttributeValues": {":known": to_value(told.revision - 1)}}
        try:
            with translated("note what was told"):
                self._client.put_item(
                    TableName=self._table,
                    Item=item_of(told),
                    ConditionExpression=condition,
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                    **values,
                )
        except Transient as error:
            if not is_condition_failure(error):
                raise
            return told_in(told.story_id, standing_item(error))
        return None


def item_of(told: Told) -> dict[str, Any]:
    """The item: what is empty is left out, and so is the document's own site in the names of its views.

    With it an ordinary story would not fit into one write unit.
    """
    item = told.model_dump(exclude_defaults=True, exclude_none=True)
    for document in item.get("documents", {}).values():
        rename_views(document, without_site)
    return {name: to_value(value) for name, value in item.items()}


def told_in(story_id: str, item: Mapping[str, Any]) -> Told:
    """The story's item as the client gives it, or an empty one. Expired items count until DynamoDB removes them."""
    return told_of(from_item(item)) if item else Told(story_id=story_id)


def told_of(item: dict[str, Any]) -> Told:
    """What was told, from a plain dict of its item."""
    for document in item.get("documents", {}).values():
        rename_views(document, with_site)
    return Told.model_validate(item)


def rename_views(document: dict[str, Any], rename: Callable[[str, str], str]) -> None:
    """Renames every view of a document and its claim; `rename` gets the view and what the site's own views end with."""
    suffix = View("everything", site=document.get("site", "")).text.removeprefix("everything")
    for holder in (document, document.get("claim", {})):
        for name in ("views", "held", "audience", "fresh"):
            if name in holder:
                holder[name] = [rename(view, suffix) for view in holder[name]]


def without_site(view: str, suffix: str) -> str:
    """`topic:sport@The Courier` → `topic:sport@`."""
    return f"{view.removesuffix(suffix)}@" if suffix and view.endswith(suffix) else view


def with_site(view: str, suffix: str) -> str:
    """`topic:sport@` → `topic:sport@The Courier`."""
    return f"{view[:-1]}{suffix}" if view.endswith("@") else view


def key_of(story_id: str) -> Any:  # noqa: ANN401  # the stubs' key type is a private union
    return {"story_id": {"S": story_id}}
