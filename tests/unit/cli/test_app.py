import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from botocore.exceptions import ClientError, NoCredentialsError

from infra.cli import app
from infra.cli.command_list import entries
from infra.cli.commands.alerts import alert_line
from infra.cli.demo.journey import Journey
from infra.cli.screen.streams import OutputFailedError, WatchedStream
from infra.errors import CliError
from shared.domain.errors import Misconfigured

MAX_ABOUT = 61  # columns of a sentence beside the names of the commands
MAX_EXAMPLE = 76  # columns of a command in the help


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Runs a command that fails so, and gives its exit code and what it said on standard error."""

    def run(failure: BaseException, *given: str) -> tuple[int, str]:
        def fail() -> None:
            raise failure

        failing = typer.Typer()
        failing.command("other")(fail)
        failing.callback()(app.do_nothing)
        monkeypatch.setattr(app, "app_for", lambda _: failing)
        code = app.run(["other", *given])
        return code, capsys.readouterr().err

    return run


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "PutObject")


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (CliError("It broke.", "Mend it."), "→ Mend it."),
        (NoCredentialsError(), "No AWS credentials"),
        (refusal("AccessDenied"), "Your role may not do this"),
        (refusal("ExpiredToken"), "sign in again"),
        (refusal("SlowDown"), "PutObject was refused: SlowDown"),
        (FileNotFoundError(2, "No such file or directory", "/nowhere/x"), "/nowhere/x: No such file or directory."),
        (Misconfigured("no right to read the rules"), "clipwire check"),
    ],
)
def test_an_expected_failure_ends_in_plain_words(ends: Callable[..., Any], failure: BaseException, said: str) -> None:
    code, shown = ends(failure)
    assert code == 1
    assert said in shown
    assert "Traceback" not in shown


def test_ctrl_c_ends_quietly(ends: Callable[..., Any]) -> None:
    assert ends(KeyboardInterrupt()) == (130, "")


def test_the_answer_of_no_to_a_question_is_told_and_names_the_option_that_skips_it(ends: Callable[..., Any]) -> None:
    code, shown = ends(typer.Abort())
    assert code == 1
    assert "--yes" in shown


@pytest.mark.parametrize(
    "given",
    [["show", "x", "--json"], ["records", "--limit", "none", "--json"], ["recrods", "--json"], ["records", "--jso"]],
)
def test_every_failure_has_one_shape_for_scripts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, given: list[str]
) -> None:
    monkeypatch.setenv("CLIPWIRE_HOME", str(tmp_path))
    code = app.run(given)
    shown = capsys.readouterr()
    assert shown.out == ""
    if "--json" in given:
        error = json.loads(shown.err)["error"]
        assert error.keys() == {"what", "todo", "exit_code"}
        assert error["exit_code"] == code > 0
    else:
        assert shown.err.startswith("clipwire: ")


def test_every_module_registers_the_commands_that_the_list_says() -> None:
    whole = typer.main.get_command(app.build())
    assert {entry.name for _, entry in entries()} == set(whole.commands)  # type: ignore[attr-defined]


def every_command(within: Any, path: str = "clipwire") -> Iterator[tuple[str, Any]]:
    for name, command in within.commands.items():
        yield f"{path} {name}", command
        if hasattr(command, "commands"):
            yield from every_command(command, f"{path} {name}")


COMMANDS = dict(every_command(typer.main.get_command(app.build())))


def test_the_list_says_what_each_command_says_of_itself() -> None:
    said = {entry.name: COMMANDS[f"clipwire {entry.name}"].help.split("\n\n")[0].strip() for _, entry in entries()}
    assert {entry.name: entry.about for _, entry in entries()} == said


def test_each_command_takes_one_line_of_the_help_at_80_columns() -> None:
    assert [entry.name for _, entry in entries() if len(entry.about) > MAX_ABOUT] == []


@pytest.mark.parametrize("path", COMMANDS)
def test_a_command_ends_its_help_with_an_example_that_fits_80_columns_and_parses(path: str) -> None:
    lines = (COMMANDS[path].epilog or "").splitlines()
    examples = [line for line in lines if line.strip().startswith("clipwire ")]
    assert examples
    assert all(len(example.strip()) <= MAX_EXAMPLE for example in examples)


def test_the_short_help_and_the_version_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    for given in (["-h"], ["records", "-h"], ["rules", "test", "-h"], ["--version"]):
        assert app.run(given) == 0
        assert capsys.readouterr().out


def test_help_imports_no_command_and_no_client_of_aws() -> None:
    code = "import sys; from infra.cli import app; app.run(['--help']); print(sorted(sys.modules), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "'infra.cli.app'" in ran.stderr
    assert "boto" not in ran.stderr
    assert "infra.cli.commands" not in ran.stderr


class FailingStream:
    def __init__(self, number: int) -> None:
        self.error = OSError(number, os.strerror(number))

    def write(self, _: str) -> int:
        raise self.error

    flush = write


def test_a_closed_pipe_ends_quietly_and_a_full_disk_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app, "silence_streams", lambda: None)
    for number, code in ((errno.EPIPE, 141), (errno.EIO, 141), (errno.ENOSPC, 1)):
        stream: Any = FailingStream(number)
        with pytest.raises(OutputFailedError) as failed:
            WatchedStream(stream).write("x")
        assert app.end_of_output(failed.value) == code
    assert capsys.readouterr().err == "clipwire: The output could not be written: No space left on device.\n"


def test_a_named_command_needs_its_own_module_only() -> None:
    assert set(typer.main.get_command(app.build(["records"])).commands) == {"records"}  # type: ignore[attr-defined]


def test_every_command_says_what_it_does() -> None:
    whole = typer.main.get_command(app.build())
    assert [name for name, command in whole.commands.items() if not command.help] == []  # type: ignore[attr-defined]


def test_bytes_that_are_no_text_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.run(["show", "\udcff"]) == 2
    assert "no text in UTF-8" in capsys.readouterr().err


def test_words_that_are_wrong_end_with_two() -> None:
    assert app.run(["records", "--limit", "none"]) == 2


@pytest.mark.parametrize(
    ("given", "option"),
    [
        (["records", "--person", ""], "--person"),
        (["records", "--site", "Courier", "--author", " "], "--author"),
        (["ask", "name_over_time", "--about", ""], "--about"),
        (["subscribe", "you@example.org", "--topic", "sport", "--rule", ""], "--rule"),
    ],
)
def test_an_empty_value_is_told_and_never_asks_for_everything(
    given: list[str], option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert app.run(given) == 1
    assert f"{option} is empty." in capsys.readouterr().err


def test_an_alert_is_shown_without_what_its_page_could_do_to_a_terminal() -> None:
    line = alert_line(
        {
            "kind": "new",
            "title": "a\x1b[2J[bold]b",
            "rules": {"dams": "It \x07broke."},
            "topic_evidence": {"disaster": "dam"},
        }
    )
    assert line.plain.splitlines()[0].endswith("a[2J[bold]b")
    assert "rule dams: It broke." in line.plain


def test_a_journey_is_complete_once_every_published_page_was_alerted_or_is_unchanged() -> None:
    journey = Journey({"a": "incoming/a", "b": "incoming/b"}, {})
    assert not journey.complete
    journey.outcomes["a"] = {"outcome": "rejected"}
    journey.outcomes["b"] = {"outcome": "published", "content_hash": "1"}
    assert list(journey.due()) == ["b"]
    journey.outcomes["b"] |= {"told": True}
    assert journey.unchanged("b")
    assert journey.complete
    journey.outcomes["b"] |= {"fresh_alert": True}
    assert not journey.complete
    journey.alerts["b"] = {}
    assert journey.complete
