"""What people do to a stack while a storm goes on: rules come and go, documents run again."""

import random
from collections.abc import Callable, Sequence
from typing import Any

from functions.reconcile.record_states import Finding
from functions.reconcile.sqs_changes import SqsChanges
from infra.cli.rules import rule_rows
from infra.stack.target import Target
from shared.adapters.dynamodb_rules import DynamoDbRules
from shared.domain.rules import Rule

QUERIES = ("harbour", "breakwater AND quarry", '"fishing boats"', "edition AND 2")  # words of the storm's pages
MAX_AT_ONCE = 50  # documents that run again at a time


class People:
    """`count` is told of each thing that they did."""

    def __init__(self, port: int, bucket: str, chance: random.Random, count: Callable[[str], None]) -> None:
        self._target, self._bucket, self._chance, self._count = Target(port), bucket, chance, count
        self._rules = DynamoDbRules(self._target.client("dynamodb"), self._target.output("RulesTableName"))
        self._names: list[str] = []
        self._made = 0

    def change_rules(self) -> None:
        """One rule is removed with its rows, as `clipwire rules remove` does it, and two are added."""
        if self._names:
            name = self._names.pop(self._chance.randrange(len(self._names)))
            self._rules.remove(name)
            rule_rows.remove(self._target, name)
            self._count("rule removed")
        for query in self._chance.sample(QUERIES, 2):
            self._made += 1
            self._names.append(f"rule {self._made}")
            self._rules.save(Rule(name=self._names[-1], query=query))
            self._count("rule added")

    def reprocess(self, records: Sequence[dict[str, Any]]) -> None:
        """Some documents run again, as `clipwire reprocess` asks for it."""
        chosen = self._chance.sample(records, min(len(records), MAX_AT_ONCE))
        findings = [
            Finding(kind="stale", key=item["source_key"], sequencer=item["sequencer"], etag=item.get("etag", ""))
            for item in chosen
            if item["outcome"] != "deleted"
        ]
        queue = SqsChanges(
            self._target.client("sqs"), self._target.output("PagesQueueUrl"), self._bucket, reprocess=True
        )
        queue.send(findings)
        for _ in findings:
            self._count("asked to run again")

    @property
    def rules(self) -> set[str]:
        """The names of the rules that are there."""
        return set(self._names)
