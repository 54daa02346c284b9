"""`alerts`: what subscribers receive, as it is sent."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Annotated, Any

import typer
from rich.text import Text

from infra.cli.command import CommandContext, add
from infra.cli.option_values import checked_wishes
from infra.cli.screen.output import emit, err, out, plain, table, when, words
from infra.stack.readers import subscription_filters as filters
from infra.stack.readers.inbox import inbox


def register(app: typer.Typer) -> None:
    add(app, alerts)


def alerts(  # noqa: PLR0913  # each is one wish of a subscriber
    context: CommandContext,
    *,
    topic: filters.Topics = None,
    site: filters.Sites = None,
    language: filters.Languages = None,
    rule: filters.Rules = None,
    every_copy: filters.EveryCopy = False,
    count: Annotated[int | None, typer.Option(min=1, help="Stop after so many alerts.")] = None,
    timeout: Annotated[float | None, typer.Option(min=0, help="Stop after so many seconds.")] = None,
) -> None:
    """Shows alerts as they are sent, until Ctrl-C.

    A queue of its own is subscribed meanwhile, and removed at the end. With `--json`: one alert per line.

    Example: clipwire alerts --topic disaster --topic weather
    Example: clipwire alerts --timeout 60 --json
    """
    target = context.target
    wanted = filters.policy(topic, *checked_wishes(target, site, language, rule), every_copy=every_copy)
    with suppress(KeyboardInterrupt), inbox(target, wanted) as box:
        if not context.as_json:
            err.print(words(f"Waiting for {filters.in_words(wanted)}; Ctrl-C ends it.", "dim"))
        for alert in box.follow(count=count, timeout=timeout):
            if context.as_json:
                emit(alert)
            else:
                out.print(digest_lines(alert) if alert.get("kind") == "digest" else alert_line(alert))


def digest_lines(digest: dict[str, Any]) -> Text:
    """What is over an hour's limit of a view: one line for each story."""
    stories = digest.get("stories") or []
    line = Text.assemble(
        (f"{when(digest.get('until'))}  ", "dim"),
        (f"{'digest':<11}", "cyan"),
        (f"{len(stories)} over the hour's limit of {plain(digest.get('view'))}", "bold"),
    )
    for story in stories:
        line.append(f"\n    {plain(story.get('title'))}", "dim")
    return line


KIND_STYLES = {"new": "green", "corrected": "yellow", "withdrawn": "red"}


def alert_line(alert: dict[str, Any]) -> Text:
    """One alert as a person reads it in a terminal."""
    because = "; ".join(f"{topic}: {evidence}" for topic, evidence in (alert.get("topic_evidence") or {}).items())
    line = Text.assemble(
        (f"{when(alert.get('processed_at'))}  ", "dim"),
        (f"{alert.get('kind', 'new'):<11}", KIND_STYLES.get(alert.get("kind", "new"), "cyan")),
        (plain(alert.get("title")), "bold"),
    )
    for change in alert.get("changes") or []:
        before = f"{plain(change['before'])} → " if change.get("before") else ""
        line.append(f"\n    {change['what']}: {before}{plain(change['after'])}", "yellow")
    for name, said in (("site", alert.get("site")), ("because", because), ("link", alert.get("url"))):
        if said:
            line.append(f"\n    {name}: {plain(said)}", "dim")
    others = [plain(other.get("site") or other.get("url")) for other in alert.get("also_in") or []]
    if others:
        line.append(f"\n    also in: {', '.join(others)}", "dim")
    for rule, sentence in (alert.get("rules") or {}).items():
        line.append(f"\n    rule {plain(rule)}: {plain(sentence)}", "dim")
    return line


def alerts_table(found: Iterable[dict[str, Any]]) -> Any:  # noqa: ANN401  # a rich table
    columns = ("kind", "topics", "language", "site", "title")
    rows = (
        (alert["kind"], ", ".join(alert["topics"]), alert.get("language", ""), alert.get("site", ""), alert["title"])
        for alert in found
    )
    return table("", columns, rows)
