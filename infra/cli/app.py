"""`clipwire`: one module a command or group of commands.

A new one is a file with `register`, and a line in `infra/cli/command_list.py`.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

import typer

from infra.cli import exit_codes
from infra.cli.command_list import entries
from infra.cli.screen.output import err, words
from infra.cli.screen.streams import OutputFailedError, silence_streams, watch_streams
from infra.cli.trouble import expected_failures, tell, trouble_of
from infra.errors import CliError
from shared.version import PIPELINE_VERSION

_ABOUT = """
Saved web pages in; clean, classified records and alerts by topic out.

Every command works alike on the local stack of this clone and on your AWS account, and says which it spoke to.
"""
_EPILOG = """
Examples:

    clipwire up
    clipwire upload page.html --wait
    clipwire records --topic disaster

`clipwire COMMAND --help` shows a command's options and examples. `infra/commands.md` has the exit codes and the JSON.
"""
_COMPLETION = "_CLIPWIRE_COMPLETE"  # what a shell sets when it asks how a command goes on


def build(words: Sequence[str] = ()) -> typer.Typer:
    """The whole command line; only the module of the command that `words` start with, where they start with one."""
    every = [entry for _, entry in entries()]
    wanted = [entry for entry in every if words and entry.name == words[0]] or every
    app = empty_app()
    for module in dict.fromkeys(entry.module for entry in wanted):
        importlib.import_module(f"infra.cli.commands.{module}").register(app)
    set_panels(app)
    return app


def outline() -> typer.Typer:
    """The names and sentences of all commands, for the help and for words that name none; imports no command."""
    app = empty_app()
    for group, entry in entries():
        app.command(entry.name, help=entry.about, rich_help_panel=group)(do_nothing)
    return app


def empty_app() -> typer.Typer:
    app = typer.Typer(
        help=_ABOUT,
        epilog=_EPILOG,
        no_args_is_help=True,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(options_of_all)
    return app


def say_version(on: bool) -> None:
    if on:
        typer.echo(f"clipwire {PIPELINE_VERSION}")
        raise typer.Exit


def options_of_all(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and end.", callback=say_version, is_eager=True)
    ] = False,
) -> None:
    pass


def do_nothing() -> None:
    pass


def set_panels(app: typer.Typer) -> None:
    """Puts each command into its group of the help."""
    panels = {entry.name: group for group, entry in entries()}
    for command in app.registered_commands:
        command.rich_help_panel = panels[command.name or command.callback.__name__]  # type: ignore[union-attr]
    for group in app.registered_groups:
        group.rich_help_panel = panels[str(group.name)]


def main() -> None:
    """Runs the command of the program's own words, and ends the program with one of `infra/cli/exit_codes.py`."""
    watch_streams()
    given = sys.argv[1:]
    try:
        code = run(given)
        sys.stdout.flush()
        sys.stderr.flush()
    except OutputFailedError as failure:
        code = end_of_output(failure)
    sys.exit(code)


def run(given: Sequence[str]) -> int:
    """Runs one command, and gives its exit code. What it may fail with is told as JSON where `--json` was given."""
    try:
        check_letters(given)
        ended = typer.main.get_command(app_for(given)).main(list(given), "clipwire", standalone_mode=False)
        return ended if isinstance(ended, int) else exit_codes.DONE
    except expected_failures() as error:
        trouble = trouble_of(error)
        if trouble.what:  # nothing is left to say where the help was shown instead
            tell(trouble, as_json=bool({"--json", "--nl"} & set(given)))
        return trouble.exit_code
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED


def check_letters(given: Sequence[str]) -> None:
    """Raises `CliError` for bytes that are no text in UTF-8, which nothing that AWS keeps can have in its name."""
    for word in given:
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            raise CliError(f"{word.encode(errors='replace').decode()!r} is no text in UTF-8.", "Rename the file.", 2)


def app_for(given: Sequence[str]) -> typer.Typer:
    """As much of the command line as these words need, or as a shell asks to complete."""
    typed = words_to_complete() if _COMPLETION in os.environ else given
    return build(typed) if typed and typed[0] in {entry.name for _, entry in entries()} else outline()


def words_to_complete() -> list[str]:
    """What stands on the line after the program's name: bash has it in one variable, other shells in another."""
    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")
    return line.split()[1:]


def end_of_output(failure: OutputFailedError) -> int:
    """Ends quietly where nobody reads any more; a full disk is told where there is somebody to tell."""
    if failure.is_closed:
        silence_streams()
        return exit_codes.PIPE_CLOSED
    with suppress(OutputFailedError):
        err.print(words(f"clipwire: The output could not be written: {failure.reason}.", "bold red"))
    silence_streams()
    return exit_codes.NOT_DONE
