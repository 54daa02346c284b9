"""`story`: the documents that tell one story, and what readers were told."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from infra.cli.command import CommandContext, add
from infra.cli.screen.output import one_line, out, plain, when, words
from infra.intake.listing import counted
from infra.stack.records.stories import story_named

INDENT = 10  # columns of what is said below a document's id


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
    for member in members:
        out.print(title_row(member))
        for said in details_of(member):
            out.print(Padding(words(said, "dim"), (0, 0, 0, INDENT)))
        if member["held_views"]:
            said = f"waits for the digest of {views_in_words(member['held_views'])}: more alerts came in an hour"
            out.print(Padding(words(said, "yellow"), (0, 0, 0, INDENT)))
    out.print(words(f"Each alert of a document: clipwire show {members[0]['document_id'][:8]} --history", "dim"))


def title_row(member: dict[str, Any]) -> Table:
    """The id and the title, whose further lines stand below its first."""
    row = Table.grid()
    row.add_column(width=INDENT, no_wrap=True)
    row.add_column()
    row.add_row(member["document_id"][:8], one_line(member.get("title") or member.get("source_key", ""), "bold"))
    return row


def details_of(member: dict[str, Any]) -> Iterator[str]:
    """A line each: where and when it was published, how it came into the story, and whom it told."""
    origin = [plain(member[name]) for name in ("site",) if member.get(name)]
    yield ", ".join([*origin, f"published {when(member.get('published_at')) or 'on an unknown day'}"])
    yield joined_words(member)
    if member["perhaps_same_story"]:
        yield f"may also be of another story: clipwire story {member['perhaps_same_story']}"
    yield told_words(member)


def joined_words(member: dict[str, Any]) -> str:
    """`opened the story`, or why it joined: `joined (0.99): the same day; both say Velden`."""
    if member["opened"]:
        return "opened the story"
    probability = member["probability"]
    said = "joined" if probability is None else f"joined ({probability:.2f})"
    return f"{said}: {member['evidence']}" if member["evidence"] else said


def told_words(member: dict[str, Any]) -> str:
    """Whom its alerts told first, and when; a copy told nobody who had heard of the story."""
    if member["told_views"]:
        return f"told {when(member['told_at'])}: {views_in_words(member['told_views'])}"
    if member["alerts_off"]:
        return "told nobody: it was uploaded without alerts"
    return "told nobody: all had heard of the story" if member["told_at"] else "told nobody yet"


def views_in_words(views: Sequence[str]) -> str:
    """`everything, topic:crime; and who asked for The Ledger alone`: views of one site are not listed one by one."""
    wide = [view for view in views if "@" not in view]
    sites = sorted({view.partition("@")[2] for view in views if "@" in view})
    narrow = f"who asked for {' or '.join(sites)} alone" if sites else ""
    return "; and ".join(part for part in (", ".join(wide), narrow) if part)
