"""`show`: all that is known of one document."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from infra.cli.command import CommandContext, add
from infra.cli.screen.output import err, out, outcome_word, plain, table, when, words
from infra.stack.records.find import find_record
from infra.stack.records.stories import count_members
from infra.stack.records.version_history import versions_of

_LEAD = 600  # characters of the text that are shown without --text, by judgement: five lines
_MAX_WIDTH = 110  # columns, by judgement: longer lines are hard to read
_FACTS = (
    "document_id",
    "source_key",
    "site",
    "authors",
    "published_at",
    "modified_at",
    "dateline",
    "language",
    "url",
    "story_id",
    "story_size",
    "story_evidence",
    "perhaps_same_story",
    "word_count",
    "processed_at",
    "alerts_off",
)


def register(app: typer.Typer) -> None:
    add(app, show)


def show(
    context: CommandContext,
    document: Annotated[
        str, typer.Argument(help="An id or its first letters, a key in the bucket, or the name of an uploaded file.")
    ],
    text: Annotated[bool, typer.Option("--text", help="The whole text, not its start.")] = False,
    history: Annotated[
        bool, typer.Option("--history", help="Its versions instead: when each ended, how, and what changed.")
    ] = False,
) -> None:
    """Shows all that is known of one document.

    That is: where it came from, what it says, its topics and why, its names, rules and outcome.

    Example: clipwire show flood-lowmarsh.html
    Example: clipwire show samples/flood-lowmarsh --text
    Example: clipwire show flood-lowmarsh.html --history
    """
    item = find_record(context.target, document)
    if history:
        versions = versions_of(context.target, item["document_id"])
        context.answer({"document_id": item["document_id"], "history": versions}, lambda: show_versions(versions))
        return
    size = {"story_size": count_members(context.target, item["story_id"])} if item.get("story_id") else {}
    known = {**item, **size}
    context.answer(known, lambda: out.print(record_panel(known, whole=text)))


def show_versions(versions: list[dict[str, Any]]) -> None:
    if not versions:
        err.print(
            "No version of it is in the history: it was recorded before there was one, or its lines have expired."
        )
        return
    out.print(table("", ("ended", "outcome", "alert", "what changed"), map(version_cells, versions)))


def version_cells(version: dict[str, Any]) -> tuple[object, ...]:
    """When it ended, how, the alert of it, and what had changed or why it was rejected."""
    alert = f"{version['alert_kind']}, {when(version['alerted_at'])}" if version["alert_kind"] else ""
    said = version["reason"] or ", ".join(version["changed"])
    return when(version["ended_at"]), outcome_word(version["outcome"]), alert, said


def record_panel(item: dict[str, Any], *, whole: bool) -> Panel:
    width = min(out.width, _MAX_WIDTH)
    return Panel(
        Group(*_parts(item, whole=whole)), title=_heading(item), title_align="left", padding=(1, 2), width=width
    )


def _heading(item: dict[str, Any]) -> Text:
    reason = f" ({item['reason']})" if item.get("reason") else ""
    return Text.assemble(outcome_word(item.get("outcome", "")), plain(reason))


def _parts(item: dict[str, Any], *, whole: bool) -> Iterator[RenderableType]:
    if item.get("title"):
        yield words(item["title"], "bold")
    if said := item.get("standfirst") or item.get("detail"):
        yield words(said, "italic")
    yield Padding(table("", ("", ""), record_facts(item)), (1, 0))
    if item.get("topic_scores"):
        yield table("Topics", ("topic", "score", "because of"), _topics(item))
    yield from _names(item)
    if item.get("rules"):
        sentences = item.get("rule_sentences") or {}
        yield table("Rules", ("rule", "sentence"), ((rule, sentences.get(rule, "")) for rule in item["rules"]))
    if item.get("text"):
        yield Padding(_paragraphs(item["text"], whole=whole), (1, 0, 0, 0))
    if item.get("text_location"):
        yield words(f"The whole text is in {item['text_location']}", "dim")


def record_facts(item: dict[str, Any]) -> Iterator[tuple[Text, object]]:
    for name in _FACTS:
        value = item.get(name)
        if value in (None, "", []):
            continue
        if name == "published_at" and item.get("published_at_source") == "inferred":
            value = f"{when(value)} (inferred)"
        elif name.endswith("_at"):
            value = when(value)
        elif value is True:
            value = "yes"
        yield words(name.replace("_", " "), "dim"), ", ".join(value) if isinstance(value, list) else value


def _topics(item: dict[str, Any]) -> list[tuple[object, str, object]]:
    because = item.get("topic_evidence") or {}
    listed = item.get("topics") or []
    ranked = sorted(item["topic_scores"].items(), key=lambda pair: -float(pair[1]))
    return [
        (words(slug, "bold" if slug in listed else "dim"), f"{float(score):.2f}", because.get(slug, ""))
        for slug, score in ranked
    ]


def _names(item: dict[str, Any]) -> Iterator[Text]:
    for kind in ("people", "organisations", "places"):
        if item.get(kind):
            yield Text.assemble((f"{kind}: ", "dim"), plain(", ".join(item[kind])))


def _paragraphs(text: str, *, whole: bool) -> Text:
    shown = text if whole or len(text) <= _LEAD else text[:_LEAD].rpartition(" ")[0] + " … (--text shows all)"
    return Text("\n\n".join(plain(paragraph) for paragraph in shown.split("\n\n")))
