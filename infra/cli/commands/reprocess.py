"""`reprocess`: runs documents again after the code got better. It shows first what changes, and alerts nobody again."""

import logging
import time
from typing import Annotated, Any

import typer

from functions.reconcile.sqs_changes import SqsChanges
from infra.cli.command import CommandContext, add
from infra.cli.screen.output import ConsoleProgress, err, out, plain, table, words
from infra.errors import CliError
from infra.local.home import Home
from infra.operate import reprocess as again
from infra.operate.reprocess import Progress, Rehearsal
from infra.operate.selection import Selection
from infra.stack.periods import date_of
from infra.stack.topics import one_of_the_topics
from shared.domain.errors import Reason
from shared.times import iso_utc

_CELL = 60  # characters of a value in the table of changes, so that two fit on a wide line; by judgement


def register(app: typer.Typer) -> None:
    add(app, reprocess)


def reprocess(  # noqa: PLR0913  # each is one way to choose
    context: CommandContext,
    *,
    prefix: Annotated[str | None, typer.Option(help="Documents whose key starts so.")] = None,
    date: Annotated[str | None, typer.Option(help="Documents processed on this day (UTC), as 2025-05-01.")] = None,
    topic: Annotated[str | None, typer.Option(help="Documents that list this topic.")] = None,
    reason: Annotated[str | None, typer.Option(help="Documents rejected for this reason, as `stub`.")] = None,
    pipeline_version: Annotated[
        str | None, typer.Option(help="Documents last run by this version of Clipwire.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    sample: Annotated[int, typer.Option(min=0, help="How many documents to try out first on this machine.")] = 50,
    yes: Annotated[bool, typer.Option("--yes", help="Go on without asking.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the one that was stopped.")] = False,
) -> None:
    """Runs documents again by today's code; alerts nobody.

    It shows first, field by field, what would change.

    Example: clipwire reprocess --prefix incoming/ --dry-run
    Example: clipwire reprocess --reason stub --yes
    """
    check_selection(date, reason)
    topic = None if topic is None else one_of_the_topics(topic)
    selection = Selection(prefix=prefix, date=date, topic=topic, reason=reason, pipeline_version=pipeline_version)
    progress = _progress(context, selection, resume=resume)
    tally = None if resume else _tried_out(context, progress, sample)
    if dry_run or (tally and sample and not tally.seen):
        context.answer(_document(tally, progress), lambda: None)
        return
    if not (yes or resume or context.as_json or typer.confirm("Run them all again?")):
        return
    progress = _run(context, progress)
    context.answer(_document(tally, progress), lambda: _show_done(progress))


def check_selection(date: str | None, reason: str | None) -> None:
    """Raises `CliError` for a day or a reason that cannot be, which would select nothing without a word."""
    if date is not None:
        date_of(date)
    if reason is not None and reason not in set(Reason):
        raise CliError(f"{reason!r} is no reason.", f"The reasons are {', '.join(Reason)}.")


def _file(home: Home) -> Any:  # noqa: ANN401  # a path
    return home.state / "operate" / "reprocess.json"


def _progress(context: CommandContext, selection: Selection, *, resume: bool) -> Progress:
    label = context.target.label
    if resume:
        progress = Progress.load(_file(Home.of_this_clone()))
        if progress.stack != label or progress.through:
            raise CliError(
                f"The last reprocessing was of the {progress.stack}{', and is through' if progress.through else ''}.",
                "Begin another.",
            )
        return progress
    if selection.empty:
        raise CliError(
            "Say which documents.", "Give `--prefix incoming/` for all of them, or a date, topic, reason or version."
        )
    return Progress(stack=label, selection=selection, before=iso_utc(time.time()))


def _tried_out(context: CommandContext, progress: Progress, limit: int) -> Rehearsal:
    logging.getLogger("trafilatura").addHandler(
        logging.NullHandler()
    )  # what it says of a page is not for this terminal
    tally = Rehearsal()
    with ConsoleProgress().step("Trying out what would change") as note:
        for tally in again.rehearsed(context.target, progress, limit):  # the last one is the whole
            note(f"{tally.documents} documents, {tally.changed} change")
    if not context.as_json:
        _show(tally)
    return tally


def _run(context: CommandContext, progress: Progress) -> Progress:
    queue = SqsChanges(
        context.target.client("sqs"),
        context.target.output("PagesQueueUrl"),
        context.target.output("PagesBucketName"),
        reprocess=True,
    )
    file = _file(Home.of_this_clone())
    progress.save(file)
    try:
        with ConsoleProgress().step("Putting documents back in the queue") as note:
            for step in again.reprocess(context.target, progress, queue):
                progress = step
                progress.save(file)
                note(f"{progress.sent} documents")
    except KeyboardInterrupt:
        err.print(words(f"Stopped after {progress.sent} documents. `clipwire reprocess --resume` goes on."))
        raise
    return progress


def _document(tally: Rehearsal | None, progress: Progress) -> dict[str, Any]:
    tried: dict[str, Any] = {}
    if tally is not None:
        tried = {"tried": tally.documents, "changed": tally.changed, "unavailable": tally.unavailable}
        tried["fields"] = dict(tally.fields.most_common())
    return {
        "selection": progress.selection.model_dump(exclude_none=True),
        **tried,
        "sent": progress.sent,
        "alert_due": progress.alert_due,
    }


def _show(tally: Rehearsal) -> None:
    if not tally.documents:
        out.print(
            f"No such documents{f' ({tally.unavailable} were replaced or are gone)' if tally.unavailable else ''}."
        )
        return
    out.print(words(f"{tally.changed} of the first {tally.documents} documents would change.", "bold"))
    rows = (
        (name, count, _cut(tally.samples[name][1][0]), _cut(tally.samples[name][1][1]))
        for name, count in tally.fields.most_common()
    )
    if tally.changed:
        out.print(table("", ("field", "documents", "for example from", "to"), rows))


def _cut(value: object) -> str:
    said = "" if value is None else plain(value)
    return said if len(said) <= _CELL else said[:_CELL] + "…"


def _show_done(progress: Progress) -> None:
    out.print(
        f"{progress.sent} documents are in the queue, and run as fast as the stack does. Nobody is alerted of them."
    )
    if progress.alert_due:
        out.print(
            f"{progress.alert_due} were left as they are: their first alert is still on its way. "
            "Run this again later for them."
        )
