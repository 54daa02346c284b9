"""What was told of many stories at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.adapters.aws_errors import translated
from shared.adapters.dynamodb_told import key_of, told_in
from shared.domain.errors import Transient
from shared.domain.told import Told

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MAX_IDS_A_CALL = 100  # of BatchGetItem: AWS's own limit
MAX_ATTEMPTS = 12  # at what BatchGetItem left unread: it gives 16 MB a call


class DynamoDbToldStories:
    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def find_many(self, story_ids: Collection[str]) -> Mapping[str, Told]:
        ids = sorted(story_ids)
        parts = (ids[start : start + MAX_IDS_A_CALL] for start in range(0, len(ids), MAX_IDS_A_CALL))
        items = (item for part in parts for item in self._batch(part))
        return {item["story_id"]["S"]: told_in(item["story_id"]["S"], item) for item in items}

    def _batch(self, story_ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        wanted: Any = {self._table: {"Keys": [key_of(name) for name in story_ids]}}
        for _ in range(MAX_ATTEMPTS):
            with translated("read what was told"):
                answer: Any = self._client.batch_get_item(RequestItems=wanted)
            yield from answer["Responses"].get(self._table, [])
            wanted = answer.get("UnprocessedKeys")
            if not wanted:
                return
        raise Transient("could not read what was told: the table is throttled")
