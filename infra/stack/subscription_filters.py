"""What a subscriber asks for, as SNS's filter policy: any of the words of one kind, and all kinds at once."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from infra.errors import CliError
from infra.stack.topics import one_of_the_topics
from shared.domain.rules import UNLISTED

MAX_COMBINATIONS = 150  # what SNS takes in one filter policy
_NAMES = {"topics": "topic", "site": "site", "language": "language", "rules": "rule"}

Topics = Annotated[
    list[str] | None, typer.Option("--topic", help="Only alerts with this topic among theirs. Several: any of them.")
]
Sites = Annotated[list[str] | None, typer.Option("--site", help="Only alerts of this site. Several: any of them.")]
Languages = Annotated[
    list[str] | None,
    typer.Option("--language", help="Only alerts in this language (en, de, ar …). Several: any of them."),
]
Rules = Annotated[
    list[str] | None,
    typer.Option("--rule", help="Only alerts that this rule of your team matched. Several: any of them."),
]

Policy = Mapping[str, Sequence[str]]


def policy(
    topics: list[str] | None, sites: list[str] | None, languages: list[str] | None, rules: list[str] | None
) -> Policy:
    """The filter policy of these wishes; empty where every alert is wanted. Raises `CliError` past what SNS takes."""
    wishes = {
        "topics": [one_of_the_topics(word) for word in topics or ()],
        "site": sites or [],
        "language": [word.lower() for word in languages or ()],
        "rules": [*rules, UNLISTED] if rules else [],
    }
    made = {name: list(dict.fromkeys(values)) for name, values in wishes.items() if values}
    combinations = math.prod(len(values) for values in made.values())
    if combinations > MAX_COMBINATIONS:
        raise CliError(
            f"That is {combinations} combinations, and SNS takes {MAX_COMBINATIONS} a subscription.",
            "Use two subscriptions, or ask for less.",
        )
    return made


def attributes(filter_policy: Policy) -> dict[str, str]:
    """As subscription attributes. An empty policy is an empty object: it lets everything through."""
    return {"FilterPolicyScope": "MessageAttributes", "FilterPolicy": json.dumps(filter_policy)}


def in_words(filter_policy: Policy) -> str:
    if not filter_policy:
        return "every alert"
    asked = {
        name: [value for value in values if (name, value) != ("rules", UNLISTED)]
        for name, values in filter_policy.items()
    }
    return ", ".join(f"{_NAMES.get(name, name)} {' or '.join(map(_word, values))}" for name, values in asked.items())


def _word(value: Any) -> str:  # noqa: ANN401  # policies of others hold patterns too
    return value if isinstance(value, str) else json.dumps(value)
