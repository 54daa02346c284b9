"""`failures` and `redrive`: what is parked in the dead-letter queues, and its way back."""

import time
from typing import Annotated, Any

import typer

from infra.cli.command import CommandContext, add
from infra.cli.screen.output import err, out, table, words
from infra.errors import CliError
from infra.operate import failures as parked
from infra.operate import redrive as back
from infra.operate.failures import Group
from infra.operate.redrive import Redriven
from infra.operate.stages import STAGES, Stage
from shared.times import iso_utc

_STAGE = Annotated[str | None, typer.Argument(help="extract, enrich or notify; all three without it.")]
_SECONDS_AN_HOUR = 3_600  # seconds


def register(app: typer.Typer) -> None:
    add(app, failures)
    add(app, redrive)


def failures(
    context: CommandContext,
    stage: _STAGE = None,
    limit: Annotated[int, typer.Option(min=1, help="How many messages to look at, a stage.")] = 1_000,
) -> None:
    """Groups what is parked by what went wrong.

    Each group of a dead-letter queue is shown with a sample document. Nothing is taken out.

    Example: clipwire failures
    Example: clipwire failures extract
    """
    groups = parked.failures(context.target, stages_named(stage), limit)
    context.answer([group_document(group) for group in groups], lambda: _show(groups))


def redrive(  # each is one way to choose
    context: CommandContext,
    stage: _STAGE = None,
    *,
    group: Annotated[
        str | None, typer.Option(help="Only the group with this fingerprint, as `clipwire failures` lists it.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every group of every stage.")] = False,
    wait: Annotated[
        float | None,
        typer.Option(
            min=1, help="How many seconds to wait for a canary's outcome. [default: until a second try is over]"
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many messages to send, a stage.")] = 100_000,
) -> None:
    """Sends parked messages back to their stage.

    One of each group goes first, and the others only once it passed.

    Example: clipwire redrive --all
    Example: clipwire redrive extract
    """
    if not (stage or group or every):
        raise CliError(
            "Say what to send back.", "Name a stage, a `--group` that `clipwire failures` lists, or `--all`."
        )
    groups = [
        one for one in parked.failures(context.target, stages_named(stage), limit) if group in (None, one.fingerprint)
    ]
    if group and not groups:
        raise CliError(f"Nothing is parked under {group}.", "`clipwire failures` lists what is.")
    done = [back.redrive(context.target, one, wait, _quiet if context.as_json else _say) for one in groups]
    context.answer([redriven_document(one) for one in done], lambda: _show_redriven(done))
    if any(one.verdict != "passed" for one in done):
        raise typer.Exit(1)


def stages_named(named: str | None) -> tuple[Stage, ...]:
    found = tuple(stage for stage in STAGES if named in (None, stage.name))
    if not found:
        raise CliError(
            f"There is no stage called {named}.", f"The stages are {', '.join(stage.name for stage in STAGES)}."
        )
    return found


def group_document(group: Group) -> dict[str, Any]:
    return {
        "stage": group.stage.name,
        "group": group.fingerprint,
        "messages": len(group.message_ids),
        "documents": len(group.documents),
        "error": group.failure.error,
        "message": group.failure.message,
        "at": group.failure.at,
        "sample": _sample(group),
        "oldest": iso_utc(group.oldest),
    }


def _sample(group: Group) -> str:
    return (group.sample.key or group.sample.document_id) if group.sample else ""


def _show(groups: list[Group]) -> None:
    if not groups:
        out.print("Nothing is parked.")
        return
    columns = ("stage", "group", "messages", "error", "for hours", "sample", "detail")
    out.print(table("", columns, (_row(group) for group in groups)))
    err.print(words("Mend the cause, then: clipwire redrive --group GROUP", "dim"))


def _row(group: Group) -> tuple[object, ...]:
    failure, hours = group.failure, (time.time() - group.oldest) / _SECONDS_AN_HOUR
    return (
        group.stage.name,
        group.fingerprint,
        len(group.message_ids),
        failure.error,
        f"{hours:.1f}",
        _sample(group),
        failure.message,
    )


def redriven_document(done: Redriven) -> dict[str, Any]:
    return {**group_document(done.group), "verdict": done.verdict, "sent": done.sent, "why": done.why}


def _show_redriven(done: list[Redriven]) -> None:
    if not done:
        out.print("Nothing is parked.")
        return
    rows = (
        (
            one.group.stage.name,
            one.group.fingerprint,
            one.verdict,
            f"{one.sent} of {len(one.group.message_ids)}",
            one.why,
        )
        for one in done
    )
    out.print(table("", ("stage", "group", "canary", "sent back", "why"), rows))


def _say(line: str) -> None:
    err.print(words(line, "dim"))


def _quiet(_line: str) -> None:
    pass
