"""Views of which nobody is alerted for a while: a time beside what readers ask of a view."""

import time
from typing import Any

from infra.errors import CliError
from infra.stack.target import Target
from infra.stack.topics import one_of_the_topics
from shared.adapters.dynamodb_values import to_value
from shared.adapters.dynamodb_views import ASKED, DynamoDbViews, key_of
from shared.domain.views import View, parse_view


def view_named(typed: str) -> View:
    """The view of a name as people type it; raises `CliError` for what is none."""
    hint = "Write everything, topic:sport or rule:NAME; each may end in a site: topic:sport@SITE."
    if typed.endswith("@"):  # the site may be a variable that nobody set: then all sites were muted
        raise CliError(f"{typed!r} names no site.", hint)
    try:
        view = parse_view(typed)
    except ValueError:
        raise CliError(f"{typed!r} is no view.", hint) from None
    return View("topic", one_of_the_topics(view.name), view.site) if view.kind == "topic" else view


def mute_view(target: Target, view: View, until: float | None) -> None:
    """Mutes a view until a moment (epoch seconds), or no longer where that is None."""
    expression = "REMOVE muted_until" if until is None else "SET muted_until = :until"
    asked: dict[str, Any] = {} if until is None else {"ExpressionAttributeValues": {":until": to_value(int(until))}}
    target.client("dynamodb").update_item(
        TableName=target.output("ViewsTableName"), Key=key_of(ASKED, view.text), UpdateExpression=expression, **asked
    )


def muted_views(target: Target) -> dict[str, int]:
    """The views that are muted now, each with its moment in epoch seconds."""
    views = DynamoDbViews(target.client("dynamodb"), target.output("ViewsTableName"))
    return {name: asked.muted_until for name, asked in views.asked().items() if asked.muted_until > time.time()}
