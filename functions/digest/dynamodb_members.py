"""The members of a story, read from the records' index by story."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.adapters.aws_errors import translated
from shared.adapters.dynamodb_records import record_of
from shared.adapters.dynamodb_values import from_item
from shared.domain.documents import Outcome, Record

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MAX_MEMBERS = 50  # pages of one story that are counted; by judgement: a letter names five


class DynamoDbMembers:
    """Newest first."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def of(self, story_id: str) -> Sequence[Record]:
        asked: Any = {
            "TableName": self._table,
            "IndexName": "by-story",
            "KeyConditionExpression": "story_id = :story",
            "ExpressionAttributeValues": {":story": {"S": story_id}},
            "ScanIndexForward": False,
            "Limit": MAX_MEMBERS,
        }
        with translated("read the story"):
            items = self._client.query(**asked)["Items"]
        return [member for member in map(member_of, map(from_item, items)) if member.outcome is Outcome.PUBLISHED]


def member_of(item: dict[str, Any]) -> Record:
    """What the index has of a record; the fields that it has not are as good as empty."""
    unknown = {"sequencer": "", "source_bucket": "", "source_key": "", "processed_at": "", "pipeline_version": ""}
    outcome = item.get("outcome") or (Outcome.PUBLISHED if item.get("title") else Outcome.DELETED)
    return record_of({**unknown, "outcome": outcome, **item})
