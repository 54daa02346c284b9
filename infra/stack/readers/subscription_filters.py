"""What a subscriber asks for, as SNS's filter policy: any of the words of one kind, and all kinds at once."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

import typer

from infra.errors import CliError
from infra.stack.topics import one_of_the_topics
from shared.domain.rules import UNLISTED
from shared.domain.views import ANY_RULE, View, is_any_rule, parse_view

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

EveryCopy = Annotated[
    bool,
    typer.Option("--every-copy", help="Every version of every page, also where another page told the story already."),
]

Policy = Mapping[str, Sequence[str]]


def policy(
    topics: list[str] | None,
    sites: list[str] | None,
    languages: list[str] | None,
    rules: list[str] | None,
    *,
    every_copy: bool = False,
) -> Policy:
    """The filter policy of these wishes. Raises `CliError` past what SNS takes.

    A story comes once: the filter asks for the views that an alert is first for. Topics and rules at once are no view,
    so whoever asks for both gets every copy of what has both.
    """
    slugs = [one_of_the_topics(word) for word in topics or ()]
    codes = [word.lower() for word in languages or ()]
    if every_copy or (slugs and rules):
        wishes = {"topics": slugs, "site": sites or [], "language": codes, "rules": [*rules, UNLISTED] if rules else []}
    else:
        wishes = {"first_for": view_names(slugs, sites or [""], rules or []), "language": codes}
    made = {name: list(dict.fromkeys(values)) for name, values in wishes.items() if values}
    combinations = math.prod(len(values) for values in made.values())
    if combinations > MAX_COMBINATIONS:
        raise CliError(
            f"That is {combinations} combinations, and SNS takes {MAX_COMBINATIONS} a subscription.",
            "Use two subscriptions, or ask for less.",
        )
    return made


def view_names(topics: Sequence[str], sites: Sequence[str], rules: Sequence[str]) -> list[str]:
    """`["sport"], ["The Courier"]` → `["topic:sport@The Courier"]`; everything where neither is asked for."""
    asked = [View("topic", topic) for topic in topics]
    asked += [*(View("rule", rule) for rule in rules), ANY_RULE] if rules else []
    return [replace(view, site=site).text for view in asked or [View("everything")] for site in sites]


def asked_views(filter_policy: Policy) -> list[str]:
    """The views that a filter asks for, but for the sign of rules that are not kept apart."""
    return [view for view in filter_policy.get("first_for", []) if isinstance(view, str) and not is_any_rule(view)]


def attributes(filter_policy: Policy) -> dict[str, str]:
    """As subscription attributes. An empty policy is an empty object: it lets everything through."""
    return {"FilterPolicyScope": "MessageAttributes", "FilterPolicy": json.dumps(filter_policy)}


def in_words(filter_policy: Policy) -> str:
    """`topic sport, language en`, `every story`, `every copy of site The Courier`."""
    first_for = [view for view in filter_policy.get("first_for", []) if not is_any_rule(str(view))]
    others = {name: values for name, values in filter_policy.items() if name != "first_for"}
    if "digest" in others:
        return f"the digest {' and '.join(map(_word, others['digest']))}"
    if not first_for:
        return f"every copy of {wishes_in_words(others) or 'every story'}"
    try:
        views = [parse_view(view) for view in first_for]
    except (AttributeError, ValueError):  # written by hand
        return f"first for {' or '.join(map(_word, first_for))}"
    sites = list(dict.fromkeys(view.site for view in views if view.site))
    topics, rules = ([view.name for view in views if view.kind == kind] for kind in ("topic", "rule"))
    parts = {"topics": topics, "rules": rules, "site": sites, **others}
    return wishes_in_words({name: list(dict.fromkeys(values)) for name, values in parts.items()}) or "every story"


def wishes_in_words(wishes: Policy) -> str:
    asked = {
        name: [value for value in values if (name, value) != ("rules", UNLISTED)] for name, values in wishes.items()
    }
    return ", ".join(f"{_NAMES.get(n, n)} {' or '.join(map(_word, values))}" for n, values in asked.items() if values)


def _word(value: Any) -> str:  # noqa: ANN401  # policies of others hold patterns too
    return value if isinstance(value, str) else json.dumps(value)
