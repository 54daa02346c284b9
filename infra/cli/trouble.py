"""Every way in which a command may end without being done, as one shape: what is wrong, what to do, the exit code."""

import json
import sys
from dataclasses import dataclass
from typing import Any

import typer
from rich.text import Text

from infra.cli import exit_codes
from infra.cli.screen.output import err, plain, words
from infra.errors import CliError
from shared.plain_words import in_plain_words


@dataclass(frozen=True)
class Trouble:
    """What a person or a script is told. `todo` may be empty."""

    what: str
    todo: str = ""
    exit_code: int = exit_codes.NOT_DONE


_AWS_SETTINGS = {
    "NoCredentialsError": Trouble(
        "No AWS credentials were found.",
        "Run `aws configure sso` or set AWS_PROFILE; `--local` speaks to the local stack.",
    ),
    "NoRegionError": Trouble("No AWS region is set.", "Add `--region eu-west-1`, say, or set AWS_REGION."),
    "ProfileNotFound": Trouble(
        "That AWS profile is not in your settings.", "`aws configure list-profiles` lists them."
    ),
    "EndpointConnectionError": Trouble(
        "The service cannot be reached.",
        "Locally: `clipwire status` and `clipwire up`. On AWS: check network and region.",
    ),
}


def expected_failures() -> tuple[type[Exception], ...]:
    """What a command may raise. boto3's errors are imported only once something was raised, since that takes time."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    from shared.domain.errors import ClipwireError  # noqa: PLC0415

    return (CliError, typer.TyperException, typer.Abort, BotoCoreError, ClientError, ClipwireError, OSError)


def trouble_of(error: Exception) -> Trouble:
    """What an expected failure means."""
    if isinstance(error, CliError):
        return Trouble(error.what, error.todo, error.exit_code)
    if isinstance(error, typer.TyperException):
        return wrong_words(error)
    if isinstance(error, OSError):
        return Trouble(f"{error.filename or 'A file'}: {error.strerror or error}.", "Name another file or folder.")
    if isinstance(error, typer.Abort):
        return Trouble("It was not agreed to, and nothing was done.", "Add `--yes` to go on without being asked.")
    return trouble_with_the_stack(error)


def trouble_with_the_stack(error: Exception) -> Trouble:
    """What a failure of AWS, or of our own adapters, means."""
    if type(error).__name__ in _AWS_SETTINGS:
        return _AWS_SETTINGS[type(error).__name__]
    if hasattr(error, "operation_name"):
        return refused_by_aws(error)
    if type(error).__module__.startswith("shared."):
        return Trouble(f"The stack did not answer as it should: {error}", "`clipwire check` looks at every part of it.")
    return Trouble(f"The AWS client failed: {error}")


def wrong_words(error: typer.TyperException) -> Trouble:
    """An option, argument or command that was not understood."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "clipwire"
    return Trouble(in_plain_words(error.format_message()), f"`{command} --help` shows what it takes.", error.exit_code)


def refused_by_aws(error: Any) -> Trouble:  # noqa: ANN401  # a ClientError
    said = error.response.get("Error", {})
    code = said.get("Code", "unknown")
    what = f"{error.operation_name} was refused: {code}. {said.get('Message', '')}"
    if code.startswith(("AccessDenied", "Authorization", "Unauthorized")):
        return Trouble(what, "Your role may not do this: ask for the permission named, or choose another `--profile`.")
    if code in {"ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException"}:
        return Trouble(what, "Your credentials are no longer valid: sign in again (`aws sso login`).")
    return Trouble(what)


def tell(trouble: Trouble, *, as_json: bool) -> None:
    """One JSON document on standard error for scripts, or a line or two for people."""
    if as_json:
        said = {"what": trouble.what, "todo": trouble.todo, "exit_code": trouble.exit_code}
        sys.stderr.write(json.dumps({"error": said}) + "\n")
        return
    for number, line in enumerate(plain_lines(trouble.what)):
        print_whole(words(f"clipwire: {line}" if number == 0 else line, "bold red" if number == 0 else ""))
    if trouble.todo:
        print_whole(words(f"  → {trouble.todo}"))


def print_whole(line: Text) -> None:
    """A line with a command in it is left to the terminal to wrap, so that the command can be copied."""
    err.print(line, soft_wrap="`" in line.plain)


def plain_lines(text: str) -> list[str]:
    return [plain(line) for line in text.splitlines()]
