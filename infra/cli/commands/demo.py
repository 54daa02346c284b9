"""`demo`: the sample pages' way to records and alerts, as it happens."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.live import Live
from rich.text import Text

from infra.cli.command import CommandContext, add
from infra.cli.commands.alerts import alert_line
from infra.cli.commands.records import records_table
from infra.cli.demo.journey import Journey, watch
from infra.cli.demo.one_story import OneStory, show_one_story, tell_one_story
from infra.cli.screen.output import STYLES, err, out, plain, table, words
from infra.cli.screen.tables import FittedTable
from infra.errors import CliError
from infra.intake.found import Page
from infra.intake.listing import counted, describe_left
from infra.intake.parallel import send_pages
from infra.intake.sending import PageSender, Terms, folder_of, key_under
from infra.intake.tally import Tally
from infra.local.home import CLONE
from infra.stack.readers.inbox import inbox
from infra.stack.readers.subscribers import list_subscriptions
from infra.stack.records.documents import Question, page_of
from infra.stack.records.outcomes import as_document, versions
from infra.stack.target import Target
from shared.domain.documents import document_id

_CORPUS = CLONE / "tests" / "corpus"
_NEXT = (
    ("a page of your own", "clipwire upload page.html --wait"),
    ("ask", "clipwire records --topic disaster"),
    ("all about one", "clipwire show wire-morning-bulletin.html"),
    ("get alerts", "clipwire alerts --topic sport --topic weather"),
    ("subscribe", "clipwire subscribe clipwire-inbox-desk --create --topic conflict"),
    ("stop", "make stop"),
)


def register(app: typer.Typer) -> None:
    add(app, demo)


def demo(
    context: CommandContext,
    *,
    timeout: Annotated[float, typer.Option(min=0, help="Longest wait for outcomes and alerts, in seconds.")] = 120,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Shows sample pages on their way to records and alerts.

    On AWS it asks first, since whoever is subscribed gets the samples' alerts.

    Example: clipwire demo
    """
    target = context.target
    if not (target.is_local or yes):
        agree_to_samples(target)
    bucket, pages, folder = target.output("PagesBucketName"), sample_pages(), folder_of("")
    keys = {document_id(bucket, key_under(folder, page)): key_under(folder, page) for page in pages}
    with inbox(target, {}) as box:
        journey = Journey(keys, versions(target, list(keys)))
        check_sent(send_pages(pages, PageSender(target, Terms(folder)), 0, lambda _: None))
        _follow(target, journey, box, timeout, quiet=context.as_json or context.as_lines)
    if not (context.as_json or context.as_lines):
        show_samples(target, journey)
    story = tell_one_story(target, timeout)
    context.answer(_document(journey, story), lambda: show_story_and_more(story))
    if not journey.complete or any(story.problems()):
        raise typer.Exit(1)


def agree_to_samples(target: Target) -> None:
    """Asks before the samples become records of an account, and alerts of its subscribers; ends the command on a no."""
    others = sum(1 for _ in list_subscriptions(target))
    said = f"The {len(sample_pages())} sample pages become records under incoming/samples/ on the {target.label}"
    err.print(words(f"{said}, and {counted(others, 'subscription')} may get their alerts."))
    typer.confirm("Upload them?", err=True, abort=True)


def sample_pages() -> list[Page]:
    names = json.loads((_CORPUS / "samples.json").read_text())
    files = [_CORPUS / "pages" / f"{Path(name).stem}.html" for name in names]
    return [Page(f"samples/{file.name}", str(file), file) for file in files]


def check_sent(tally: Tally) -> None:
    if tally.failed:
        raise CliError(
            f"{tally.failed} sample pages could not be uploaded: {next(describe_left(tally.problems))}",
            "`clipwire status` says how the stack is.",
        )


def _follow(target: Target, journey: Journey, box: Any, timeout: float, *, quiet: bool) -> None:  # noqa: ANN401  # an Inbox
    if quiet:
        watch(target, journey, box, timeout, lambda _: None)
        return
    err.print(words(f"Uploaded {len(journey.keys)} sample pages; a queue is subscribed to every alert."))
    if not out.is_terminal:
        watch(target, journey, box, timeout, ProgressLines())
        return
    with Live(progress_table(journey), console=out, refresh_per_second=8) as live:
        watch(target, journey, box, timeout, lambda now: live.update(progress_table(now)))


class ProgressLines:
    """Each change as a line, where there is no terminal to draw on."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str]] = set()

    def __call__(self, journey: Journey) -> None:
        for name, stage in sorted(journey.seconds, key=lambda seen: journey.seconds[seen]):
            if (name, stage) not in self._said:
                self._said.add((name, stage))
                said = outcome_cell(journey, name) if stage == "outcome" else Text("alert received")
                out.print(
                    Text.assemble(f"{journey.seconds[name, stage]:5.1f} s  {page_name(journey, name):<28} ", said)
                )


def progress_table(journey: Journey) -> FittedTable:
    rows = (
        (page_name(journey, name), Text("✓", "green"), _outcome_and_when(journey, name), alert_cell(journey, name))
        for name in journey.keys
    )
    return table("", ("page", "uploaded", "outcome", "alert"), rows)


def page_name(journey: Journey, name: str) -> str:
    return plain(journey.keys[name].rpartition("/")[2].removesuffix(".html"))


def outcome_cell(journey: Journey, name: str) -> Text:
    item = journey.outcomes.get(name)
    if item is None:
        return Text("…", "dim")
    about = ", ".join(item.get("topics") or []) or item.get("reason") or ""
    return Text.assemble((item["outcome"], STYLES.get(item["outcome"], "")), f"  {plain(about)}")


def _outcome_and_when(journey: Journey, name: str) -> Text:
    seconds = journey.seconds.get((name, "outcome"))
    return (
        outcome_cell(journey, name)
        if seconds is None
        else Text.assemble(outcome_cell(journey, name), (f"  {seconds:.1f} s", "dim"))
    )


def alert_cell(journey: Journey, name: str) -> Text:
    if name in journey.alerts:
        return Text.assemble(
            ("✓ ", "green"), journey.alerts[name]["kind"], (f"  {journey.seconds[name, 'alert']:.1f} s", "dim")
        )
    item = journey.outcomes.get(name)
    if item is None:
        return Text("")
    if item["outcome"] != "published":
        return Text("none: nothing to tell", "dim")
    return Text("none: unchanged" if journey.unchanged(name) else "…", "dim")


def _document(journey: Journey, story: OneStory) -> dict[str, Any]:
    return {
        "pages": [as_document(journey.outcomes.get(name, {})) for name in journey.keys],
        "alerts": list(journey.alerts.values()),
        "one_story": story.as_document(),
    }


def show_samples(target: Target, journey: Journey) -> None:
    found, _ = page_of(target, Question(), limit=len(journey.keys), after=None)
    out.print(Text("\nThe records, as `clipwire records` lists them", "bold"))
    out.print(records_table(found))
    out.print(Text("\nThe alerts, as the subscribed queue received them", "bold"))
    for alert in journey.alerts.values():
        out.print(alert_line(alert))
    if not journey.alerts:
        out.print("None this time: the pages are as they were, and unchanged pages alert nobody.")
    for name in journey.due():
        out.print(
            words(f"The alert of {journey.keys[name]} has not come yet; `clipwire status` shows what waits.", "yellow")
        )
    out.print(Text("\nOne report in two papers", "bold"))


def show_story_and_more(story: OneStory) -> None:
    show_one_story(story)
    out.print(Text("\nWhat next", "bold"))
    out.print(
        table(
            "",
            ("", ""),
            (((words(what, "dim")), f".venv/bin/{how}" if how.startswith("clipwire") else how) for what, how in _NEXT),
        )
    )
