"""`clipwire`: one module a command or group of commands.

A new one is a file with `register`, and a line in the list below.
"""

import importlib
import sys
from collections.abc import Mapping, Sequence

import typer
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    ProfileNotFound,
)

from infra.cli.output import err, words
from infra.errors import CliError

# module: the commands that it registers. Only the module of the command that runs is imported.
MODULES: Mapping[str, tuple[str, ...]] = {
    "stack": ("up", "down", "status"),
    "upload": ("upload",),
    "invite": ("invite",),
    "records": ("records",),
    "show": ("show",),
    "explain": ("explain",),
    "alerts": ("alerts",),
    "subscriptions": ("subscribe", "unsubscribe", "subscriptions"),
    "rules": ("rules",),
    "demo": ("demo",),
    "deploy": ("deploy",),
    "remove": ("remove",),
    "check": ("check", "smoke"),
    "reconcile": ("reconcile",),
    "failures": ("failures", "redrive"),
    "reprocess": ("reprocess",),
}

_ABOUT = """
Saved web pages in; clean, classified records and alerts by topic out.

Every command works alike on the local stack of this clone and on your AWS account, and says which it spoke to.
`clipwire up` starts the local one; `clipwire upload page.html --wait` puts a page in and shows what became of it.
"""
_SOFT = {
    NoCredentialsError: (
        "No AWS credentials were found.",
        "Run `aws configure sso` or set AWS_PROFILE; `--local` speaks to the local stack.",
    ),
    NoRegionError: ("No AWS region is set.", "Add `--region eu-west-1`, say, or set AWS_REGION."),
    ProfileNotFound: ("That AWS profile is not in your settings.", "`aws configure list-profiles` lists them."),
    EndpointConnectionError: (
        "The service cannot be reached.",
        "Locally: `clipwire status` and `clipwire up`. On AWS: check network and region.",
    ),
}


def build(words: Sequence[str] = ()) -> typer.Typer:
    """The whole command line; only as much of it as `words` need where they start with a command's name."""
    app = typer.Typer(
        help=_ABOUT,
        no_args_is_help=True,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback()(_nothing_yet)  # a lone command would otherwise become the whole program
    wanted = [module for module, commands in MODULES.items() if words and words[0] in commands]
    for module in wanted or MODULES:
        importlib.import_module(f"infra.cli.commands.{module}").register(app)
    return app


def _nothing_yet() -> None:
    pass


def main() -> None:
    """Runs a command. Exit code 0: done; 1: not done, and a line says why; 2: the words were wrong; 130: Ctrl-C."""
    try:
        build(sys.argv[1:])()
    except CliError as trouble:
        exit_with_error(trouble.what, trouble.todo)
    except tuple(_SOFT) as error:
        exit_with_error(*_SOFT[next(kind for kind in _SOFT if isinstance(error, kind))])
    except ClientError as error:
        exit_with_error(*describe_client_error(error))
    except BotoCoreError as error:
        exit_with_error(f"The AWS client failed: {error}", "")
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        sys.exit(1)


def describe_client_error(error: ClientError) -> tuple[str, str]:
    said = error.response.get("Error", {})
    code = said.get("Code", "unknown")
    what = f"{error.operation_name} was refused: {code}. {said.get('Message', '')}"
    if code.startswith(("AccessDenied", "Authorization", "Unauthorized")):
        return what, "Your role may not do this: ask for the permission named, or choose another `--profile`."
    if code in {"ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException"}:
        return what, "Your credentials are no longer valid: sign in again (`aws sso login`)."
    return what, ""


def exit_with_error(what: str, todo: str) -> None:
    for number, line in enumerate(what.splitlines()):
        err.print(words(f"clipwire: {line}" if number == 0 else line, "bold red" if number == 0 else ""))
    if todo:
        err.print(words(f"  → {todo}"))
    sys.exit(1)
