"""`up`, `down` and `status`: the stack itself."""

import time
from typing import Annotated

import typer
from botocore.exceptions import ClientError
from rich.text import Text

from infra.cli.command import CommandContext, add, register_command
from infra.cli.screen.output import ConsoleProgress, emit, err
from infra.cli.screen.status_screen import show_status, watch_status
from infra.local import emulator, environment, stack
from infra.local.home import Home
from infra.operate.findings import is_refusal
from infra.operate.queue_depths import queue_depths
from infra.stack.readers.subscribers import list_subscriptions
from infra.stack.target import Target

_Port = Annotated[
    int | None,
    typer.Option(envvar="CLIPWIRE_PORT", help="Port of the emulator on 127.0.0.1. [default: 4566]", min=1, max=65535),
]


def register(app: typer.Typer) -> None:
    register_command(app, up, "up")
    register_command(app, down, "down")
    add(app, status)


def up(
    port: _Port = None, as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON, for scripts.")] = False
) -> None:
    """Starts the local stack.

    That is: the emulator, `sam build` and `sam deploy`. Quick where all that is done already.

    Example: clipwire up
    Example: clipwire up --port 4600
    """
    home = Home.of_this_clone()
    begun = time.monotonic()
    found = stack.bring_up(home, port, ConsoleProgress())
    took = time.monotonic() - begun
    document = {
        "port": found.running.port,
        "endpoint": found.running.endpoint,
        "deployed": found.deployed,
        "replayed": found.replayed,
        "seconds": round(took, 1),
    }
    if as_json:
        emit(document)
        return
    done = "built and deployed" if found.deployed else "as deployed before"
    again = f"; {found.replayed} pages uploaded earlier are processed again" if found.replayed else ""
    err.print(
        Text.assemble(
            ("✓ ", "green"), f"The local stack is up on 127.0.0.1:{found.running.port}, {done}{again} ({took:.1f} s)"
        )
    )


def down(
    wipe: Annotated[bool, typer.Option(help="Also remove all it kept: pages, records, subscriptions.")] = False,
) -> None:
    """Stops the local stack; what it holds is kept.

    The next `clipwire up` brings it back as it was.

    Example: clipwire down
    """
    home = Home.of_this_clone()
    was_up = emulator.find(home) is not None
    with ConsoleProgress().step("Stopping the emulator"):
        kept = stack.take_down(home, wipe=wipe)
    if wipe:
        err.print("All that the local stack held is removed.")
    elif not kept:
        err.print(
            "It did not stop in time: records and subscriptions are lost. "
            "The next `clipwire up` replays the kept pages."
        )
    else:
        err.print(
            "The local stack is down; `clipwire up` brings it back as it was."
            if was_up
            else "No local stack of this clone was up."
        )


def status(
    context: CommandContext,
    *,
    watch: Annotated[
        bool, typer.Option("--watch", help="Queues, rates and the last outcomes, redrawn until Ctrl-C.")
    ] = False,
    timeout: Annotated[float | None, typer.Option(min=0, help="With --watch: stop after so many seconds.")] = None,
) -> None:
    """Shows what is deployed, what waits and which alarms ring.

    With `--watch --json`: one document per line and look.

    Example: clipwire status
    Example: clipwire status --watch
    """
    target = context.target
    if watch:
        watch_status(context, timeout)
        return
    document = {
        "target": target.label,
        "status": target.description["StackStatus"],
        "queues": queue_depths(target),
        "subscriptions": sum(1 for _ in list_subscriptions(target)),
        "alarms": ringing_alarms(target),
        "outputs": target.outputs,
        "environment": tool_environment(target),
    }
    context.answer(document, lambda: show_status(document))


def ringing_alarms(target: Target) -> list[str] | None:
    """The names of the alarms that ring; None where the role may not read them, which still gets the rest."""
    try:
        answer = target.client("cloudwatch").describe_alarms(AlarmNamePrefix=f"{target.stack}-", StateValue="ALARM")
    except ClientError as error:
        if not is_refusal(error):
            raise
        return None
    return [alarm["AlarmName"] for alarm in answer["MetricAlarms"]]


def tool_environment(target: Target) -> dict[str, str]:
    """What other AWS tools need to speak to the local stack."""
    if target.local_port is None:
        return {}
    return {
        "AWS_ENDPOINT_URL": environment.endpoint(target.local_port),
        "AWS_ACCESS_KEY_ID": environment.ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": environment.SECRET_KEY,
        "AWS_REGION": environment.REGION,
        "AWS_DEFAULT_REGION": environment.REGION,
    }
