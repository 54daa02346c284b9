"""`desk`: the dashboard's desk, in a browser on this machine."""

import webbrowser
from functools import partial
from typing import Annotated

import typer

from infra.cli.command import CommandContext, add
from infra.cli.screen.output import err, out
from infra.desk.deployed_function import call_desk
from infra.desk.server import LOOPBACK, DeskServer
from infra.errors import CliError


def register(app: typer.Typer) -> None:
    add(app, desk)


def desk(
    context: CommandContext,
    *,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Port on this machine; 0 takes a free one.")] = 0,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser of this machine.")] = False,
) -> None:
    """Shows the desk in a browser: search, lists, records, counts.

    It is the function that the CloudWatch dashboard shows, called with your rights. Only this machine reaches it, and
    only by the address that is printed. Ctrl-C ends it.

    Example: clipwire desk
    Example: clipwire desk --port 8765 --open
    """
    target = context.target
    target.output("DeskFunctionName")
    try:
        server = DeskServer(partial(call_desk, target), port)
    except OSError:
        raise CliError(f"Port {port} of {LOOPBACK} is taken.", "Choose another, or 0 for a free one.") from None
    context.answer({"url": server.url}, lambda: show_address(server))
    if open_:
        webbrowser.open(server.url)
    serve_until_interrupted(server)


def show_address(server: DeskServer) -> None:
    out.print(server.url, soft_wrap=True)
    err.print("Open this address in a browser of this machine. Ctrl-C ends the desk.", style="dim")


def serve_until_interrupted(server: DeskServer) -> None:
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
