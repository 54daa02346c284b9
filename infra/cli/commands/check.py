"""`check` and `smoke`: how a deployed stack is, looked at from outside and tried with a page."""

from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from infra.cli.command import CommandContext, add
from infra.cli.screen.output import ConsoleProgress, err, out, table, words
from infra.operate.findings import Finding, Verdict, as_document, is_sound
from infra.operate.health import check_stack
from infra.operate.smoke import SITE, SmokeTest, run_smoke_test
from infra.stack.readers.subscribers import list_subscriptions

_MARKS = {
    Verdict.WELL: ("✓", "green"),
    Verdict.NOTE: ("·", "yellow"),
    Verdict.MEND: ("✗", "red"),
    Verdict.UNREADABLE: ("?", "yellow"),
}


def register(app: typer.Typer) -> None:
    add(app, check)
    add(app, smoke)


def check(context: CommandContext) -> None:
    """Looks at every part of a stack, and names what mends it.

    Changes nothing. The exit code is 1 where something needs mending.

    Example: clipwire check
    Example: clipwire check --aws --region eu-west-1
    """
    target = context.target
    with ConsoleProgress().step("Looking at the stack"):
        findings = list(check_stack(target))
    sound = is_sound(findings)
    context.answer({"sound": sound, "findings": [as_document(one) for one in findings]}, lambda: _show(findings))
    if not sound:
        raise typer.Exit(1)


def _show(findings: list[Finding]) -> None:
    for one in findings:
        mark, style = _MARKS[one.verdict]
        line = Text.assemble((f"{mark} ", style), (f"{one.part}: ", "bold"), words(one.what))
        if one.verdict is Verdict.UNREADABLE:
            line.append(" (not readable)", "yellow")
        out.print(Padding(line, (0, 0, 0, 0)))
        if one.todo:
            out.print(Padding(words(f"→ {one.todo}", "dim"), (0, 0, 0, 4)))


def smoke(
    context: CommandContext,
    *,
    timeout: Annotated[float, typer.Option(min=1, help="Longest wait for each stage, in seconds.")] = 120,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Sends one page through the stack, and times every stage.

    The page is removed again. Whoever is subscribed to every alert gets one about it.

    Example: clipwire smoke --yes
    Example: clipwire smoke --aws --region eu-west-1
    """
    target = context.target
    others = sum(1 for _ in list_subscriptions(target))
    if others and not yes:
        err.print(words(f"{others} subscriptions may get an alert about the page, whose site is {SITE!r}."))
        if not typer.confirm("Send it?", err=True):
            raise typer.Exit(1)
    with ConsoleProgress().step("Sending a page through the stack") as note:
        test = run_smoke_test(target, timeout, note)
    document = {
        "passed": not test.problem,
        "seconds": test.seconds,
        "milliseconds": test.milliseconds,
        "problem": test.problem,
        "todo": test.todo,
    }
    context.answer(document, lambda: _show_smoke_test(test))
    if test.problem:
        raise typer.Exit(1)


def _show_smoke_test(test: SmokeTest) -> None:
    out.print(table("", ("step", "seconds"), ((step, f"{seconds:.1f}") for step, seconds in test.seconds.items())))
    if test.milliseconds:
        out.print(table("", ("function", "worked"), ((name, f"{took} ms") for name, took in test.milliseconds.items())))
    if test.problem:
        out.print(words(f"✗ {test.problem}", "red"))
        out.print(words(f"  → {test.todo}"))
    else:
        out.print(words("✓ The page was recorded, alerted and deleted.", "green"))
