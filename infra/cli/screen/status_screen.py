"""`status`, once and as a screen that is redrawn."""

import errno
import os
import time
from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Group
from rich.live import Live
from rich.text import Text

from infra.cli.command import CommandContext
from infra.cli.screen.output import emit, err, one_line, out, outcome_word, table, when, words
from infra.cli.screen.streams import OutputFailedError
from infra.cli.screen.tables import FittedTable
from infra.intake.listing import counted
from infra.operate.watching import Look, StackWatch

PAUSE = 2.0  # seconds between two looks, by judgement: six calls each
_STAGES = {"pages": "pages → extract", "articles": "articles → enrich", "announcements": "announcements → notify"}


def show_status(document: Mapping[str, Any]) -> None:
    """The document of `clipwire status`, for people."""
    style = "green" if document["status"].endswith("_COMPLETE") else "red"
    out.print(Text.assemble("stack    ", (document["status"], style)))
    out.print(words(f"alerts   {document['subscriptions']} subscriptions"))
    alarms = "not readable" if document["alarms"] is None else ", ".join(document["alarms"]) or "none"
    out.print(words(f"alarms   {alarms}", "red" if document["alarms"] else ""))
    out.print(words(f"bucket   {document['outputs'].get('PagesBucketName', '')}"))
    out.print(words(f"records  {document['outputs'].get('RecordsTableName', '')}"))
    out.print(queues_table(document["queues"]))
    for name, value in document["environment"].items():
        out.print(words(f"export {name}={value}", "dim"))


def queues_table(queues: Mapping[str, Mapping[str, int]]) -> FittedTable:
    rows = (
        (
            _STAGES[name],
            depths["waiting"],
            depths["in_work"],
            words(depths["parked"], "red" if depths["parked"] else ""),
        )
        for name, depths in queues.items()
    )
    return table("", ("queue", "waiting", "in work", "parked"), rows)


def watch_status(context: CommandContext, timeout: float | None) -> None:
    """Looks at the stack every two seconds until Ctrl-C.

    A screen on a terminal; anywhere else, or as JSON, one line per look.
    """
    watch, end = StackWatch(context.target), None if timeout is None else time.monotonic() + timeout
    try:
        if context.as_json or not out.is_terminal:
            follow(lambda look: emit(look.document()) if context.as_json else out.print(line_of(look)), watch, end)
            return
        err.print(words("Ctrl-C ends it.", "dim"))
        with Live(console=out, auto_refresh=False, transient=False) as live:
            follow(lambda look: redraw(live, look), watch, end)
    except KeyboardInterrupt:
        return


def redraw(live: Live, look: Look) -> None:
    """Draws the screen anew; a terminal that has gone is none any more, and rich would draw nothing on for ever."""
    if not out.is_terminal:
        raise OutputFailedError(OSError(errno.EIO, os.strerror(errno.EIO)))
    live.update(screen(look), refresh=True)


def follow(show: Callable[[Look], object], watch: StackWatch, end: float | None) -> None:
    """Shows one look after the other until `end`, a moment of the monotonic clock."""
    while True:
        show(watch.look())
        left = PAUSE if end is None else end - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(PAUSE, left))


def screen(look: Look) -> Group:
    rows = (
        [
            item["document_id"][:8],
            outcome_word(item.get("outcome", "")),
            about(item),
            when(item["processed_at"]),
            named(item),
        ]
        for item in look.newest
    )
    newest = table("The last outcomes", ("id", "outcome", "about", "processed", "title"), rows)
    return Group(queues_table(look.queues), Text(), summary(look), Text(), newest)


def summary(look: Look) -> Text:
    """Rates, what is left, and what an operator should do."""
    said = Text.assemble((f"{when(look.at)}  ", "dim"), line_of_rates(look))
    if look.minutes_left is not None and look.left:
        said.append(f"\n{look.left} left, about {counted(max(1, round(look.minutes_left)), 'minute')}")
    if look.parked:
        said.append(f"\n{look.parked} parked: `clipwire failures` says why", "red")
    return said


def line_of_rates(look: Look) -> Text:
    parts = [f"{count} {outcome}" for outcome, count in sorted(look.rates.items())]
    return words(f"in the last minute: {', '.join(parts) or 'nothing'}")


def line_of(look: Look) -> Text:
    """One look as a line, for a file or a pipe."""
    waiting, at_work = (
        "/".join(str(depths[kind]) for depths in look.queues.values()) for kind in ("waiting", "in_work")
    )
    return Text.assemble(
        f"{when(look.at)}  waiting {waiting}  in work {at_work}  parked {look.parked}  ", line_of_rates(look)
    )


def about(item: Mapping[str, Any]) -> str:
    return ", ".join(item.get("topics") or []) or str(item.get("reason") or "")


def named(item: Mapping[str, Any]) -> Text:
    return one_line(item.get("title") or item.get("source_key") or "")
