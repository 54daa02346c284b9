"""`story`: the documents that tell one story, and what readers were told."""

from typing import Annotated, Any

import typer
from rich.text import Text

from infra.cli.command import CommandContext, add
from infra.cli.output import one_line, out, table, when, words
from infra.intake.listing import counted
from infra.stack.stories import story_named


def register(app: typer.Typer) -> None:
    add(app, story)


def story(
    context: CommandContext,
    named: Annotated[
        str, typer.Argument(metavar="STORY", help="A story's id, or a document of it, as `clipwire show` takes it.")
    ],
) -> None:
    """Shows the documents of one story, and who was told.

    Oldest first: by what each joined, which views its alerts were first to tell, and which views wait for a digest.

    Example: clipwire story flood-lowmarsh.html
    """
    found = story_named(context.target, named)
    context.answer(found, lambda: show_story(found))


def show_story(found: dict[str, Any]) -> None:
    members = found["members"]
    out.print(Text.assemble(("Story ", "dim"), found["story_id"], (f"  {counted(len(members), 'document')}", "dim")))
    columns = ("id", "published", "site", "joined", "told", "title")
    out.print(table("", columns, map(member_cells, members)))
    for member in members:
        if member["held_views"]:
            held = f"{member['document_id'][:8]} waits for the digest of {', '.join(member['held_views'])}"
            out.print(words(f"{held}: more alerts came in an hour than this view gets.", "yellow"))


def member_cells(member: dict[str, Any]) -> list[Any]:
    return [
        member["document_id"][:8],
        when(member.get("published_at")),
        member.get("site", ""),
        joined_words(member),
        told_words(member),
        one_line(member.get("title") or member.get("source_key", "")),
    ]


def joined_words(member: dict[str, Any]) -> str:
    """`opened`, or why it joined: `0.99: the same day; both say Velden`."""
    if member["opened"]:
        return "opened"
    probability = member["probability"]
    said = "joined" if probability is None else f"{probability:.2f}"
    return f"{said}: {member['evidence']}" if member["evidence"] else said


def told_words(member: dict[str, Any]) -> str:
    """Whom its alerts told first, and when; a copy told nobody."""
    if not member["told_views"]:
        return "nobody: told before" if member["told_at"] else ""
    return f"{', '.join(member['told_views'])}, {when(member['told_at'])}"
