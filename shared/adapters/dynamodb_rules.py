"""The rules table on DynamoDB. People write into it by hand too, so nothing is taken for granted but the key."""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from shared.adapters.aws_errors import is_condition_failure, translated
from shared.domain.errors import Transient
from shared.domain.rules import Rule

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

WORDS_FOR_OFF = frozenset({"false", "no", "off", "0", ""})  # as people type them into the console
KEYS_A_CALL = 100  # of BatchGetItem: AWS's own limit
MAX_ATTEMPTS = 5  # at what a throttled table left unread; by judgement: the message comes back later anyway


class DynamoDbRules:
    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def enabled(self) -> list[Rule]:
        return [rule for rule in self.every() if rule.enabled]

    def existing(self, names: Collection[str]) -> set[str]:
        found: set[str] = set()
        wanted = sorted(names)
        for start in range(0, len(wanted), KEYS_A_CALL):
            found |= self.existing_in_batch(wanted[start : start + KEYS_A_CALL])
        return found

    def every(self) -> Iterator[Rule]:
        """All rules, in no order."""
        with translated("read the rules"):
            for page in self._client.get_paginator("scan").paginate(TableName=self._table, ConsistentRead=True):
                yield from map(rule_of, page["Items"])

    def find(self, name: str) -> Rule | None:
        with translated("read the rule"):
            answer = self._client.get_item(TableName=self._table, Key=_key(name), ConsistentRead=True)
        return rule_of(answer["Item"]) if "Item" in answer else None

    def save(self, rule: Rule) -> None:
        """Writes the rule over one of the same name."""
        texts = {name: {"S": text} for name, text in rule.model_dump(exclude={"enabled"}).items() if text}
        with translated("save the rule"):
            self._client.put_item(TableName=self._table, Item={**texts, "enabled": {"BOOL": rule.enabled}})

    def remove(self, name: str) -> bool:
        """Whether there was one."""
        with translated("remove the rule"):
            answer = self._client.delete_item(TableName=self._table, Key=_key(name), ReturnValues="ALL_OLD")
        return "Attributes" in answer

    def existing_in_batch(self, names: list[str]) -> set[str]:
        """DynamoDB may answer a part only, and names what it left."""
        found: set[str] = set()
        asked: Any = {self._table: {"Keys": [_key(name) for name in names], "ConsistentRead": True}}
        asked[self._table] |= {"ProjectionExpression": "#name", "ExpressionAttributeNames": {"#name": "name"}}
        for _ in range(MAX_ATTEMPTS):
            with translated("read the rules"):
                answer = self._client.batch_get_item(RequestItems=asked)
            found |= {item["name"]["S"] for item in answer["Responses"].get(self._table, [])}
            asked = answer.get("UnprocessedKeys")
            if not asked:
                return found
        raise Transient("could not read the rules: the table is throttled")

    def mark(self, rule: Rule, error: str | None) -> None:
        try:
            with translated("mark the rule"):
                self._client.update_item(TableName=self._table, Key=_key(rule.name), **mark_update(rule.query, error))
        except Transient as failure:
            if not is_condition_failure(failure):  # changed or gone since it was read: the next reading sees it
                raise


def mark_update(query: str, error: str | None) -> Any:  # noqa: ANN401  # the stubs have no type for a part of a call
    """The change, for a rule that still says this query, or has none that could be read."""
    names = {"#name": "name", "#error": "error"}
    values = {}
    condition = "attribute_exists(#name)"
    if query:
        names["#query"] = "query"
        values[":query"] = {"S": query}
        condition += " AND #query = :query"
    if error is not None:
        values[":error"] = {"S": error}
    return {
        "UpdateExpression": "REMOVE #error" if error is None else "SET #error = :error",
        "ConditionExpression": condition,
        "ExpressionAttributeNames": names,
        **({"ExpressionAttributeValues": values} if values else {}),
    }


def rule_of(item: Mapping[str, Mapping[str, Any]]) -> Rule:
    texts = {
        name: str(item[name]["S"])
        for name in ("name", "query", "owner", "note", "error", "updated_at")
        if "S" in item.get(name, {})
    }
    return Rule(**{"query": "", **texts}, enabled=is_switched_on(item.get("enabled", {"BOOL": True})))


def is_switched_on(value: Mapping[str, Any]) -> bool:
    """True also where the attribute is missing; a person may have written it as a word or a number."""
    said = next(iter(value.values()))
    return str(said).strip().casefold() not in WORDS_FOR_OFF


def _key(name: str) -> Any:  # noqa: ANN401  # the stubs' key type is a private union
    return {"name": {"S": name}}
