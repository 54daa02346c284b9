"""What people are told of a value that an option does not take."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from infra.cli import app, exit_codes
from infra.cli.trouble import trouble_of
from shared.domain.errors import Misconfigured
from shared.settings import ExportSettings

HOSTILE = ("", " ", "abc", "-1", "0", "1.5", "nan", "inf", "1e999", "9" * 40, "9" * 5_000, "ａ", "\x1b[2J", "[bold]")
OF_PYDANTIC = re.compile(r"pydantic|[Ii]nput|Value error|Assertion|type=|\n")


def every_command(group: Any, *before: str) -> Iterator[tuple[list[str], Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from every_command(command, *before, name)
        else:
            yield [*before, name], command


def refusals() -> Iterator[tuple[str, str]]:
    """What is said of each hostile value that an option of any command does not take; no command runs."""
    for path, command in every_command(typer.main.get_command(app.build())):
        for option in (option for option in command.params if option.opts[0].startswith("--")):
            for value in HOSTILE:
                try:
                    command.make_context(" ".join(path), [f"{option.opts[0]}={value}"])
                except typer.TyperException as error:
                    if option.opts[0] in error.format_message():
                        yield f"{' '.join(path)} {option.opts[0]}={value[:50]!r}", trouble_of(error).what


def test_no_option_of_any_command_speaks_as_pydantic_does():
    said = dict(refusals())
    assert len(said) > 100
    assert {where: what for where, what in said.items() if OF_PYDANTIC.search(what)} == {}


def test_wrong_settings_are_said_in_plain_words():
    with pytest.raises(Misconfigured) as wrong:
        ExportSettings.from_environment({"RECORD_RETENTION_DAYS": "x", "TEXTS_IN_TABLES": "perhaps"})
    assert "RECORD_RETENTION_DAYS (a whole number is needed)" in str(wrong.value)
    assert "TEXTS_IN_TABLES (true or false is needed)" in str(wrong.value)
    assert "HISTORY_TABLE (it is missing)" in str(wrong.value)
    assert not OF_PYDANTIC.search(str(wrong.value))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["subscribe", "you@example.org", "--digest", "weekly"], "'weekly' is not one of"),
        (["records", "--limit", "abc"], "a whole number is needed"),
        (["records", "--limit", "1.5"], "a whole number is needed"),
        (["alerts", "--timeout", "soon"], "a number is needed"),
        (["search", "a", "--limit", "0"], "the least is 1"),
        (["subscribe", "you@example.org", "--most", "-3"], "the least is 0"),
        (["subscribe", "you@example.org", "--most", "9" * 40], "the most is 100000"),
    ],
)
def test_a_wrong_value_is_named_in_plain_words(command, said, capsys):
    assert app.run([*command, "--json"]) == exit_codes.WRONG_WORDS
    what = json.loads(capsys.readouterr().err)["error"]["what"]
    assert said in what
    assert "Value error" not in what
    assert "Input should" not in what


@pytest.mark.parametrize(
    "options",
    [
        ["--at", "09:00"],
        ["--zone", "Europe/Berlin"],
        ["--digest", "hourly", "--at", "09:00"],
        ["--dry-run", "--zone", "UTC"],
        ["--days", "3"],
        ["--digest", "daily", "--most", "3"],
        ["--dry-run", "--every-copy"],
    ],
)
def test_an_option_that_would_change_nothing_is_refused_before_the_stack_is_asked(options, capsys):
    assert app.run(["subscribe", "you@example.org", *options, "--json"]) == exit_codes.NOT_DONE
    said = json.loads(capsys.readouterr().err)["error"]
    assert re.search(r"--at|--days|once", said["what"])
    assert said["todo"]


@pytest.mark.parametrize("command", [["search"], ["rules", "test"], ["rules", "add", "ferries"]])
def test_what_is_wrong_in_a_query_is_pointed_at_below_it(command, capsys):
    assert app.run([*command, "ferry AND (bridge OR"]) == exit_codes.NOT_DONE
    lines = capsys.readouterr().err.splitlines()
    query = lines.index("ferry AND (bridge OR")
    assert lines[query + 1].strip() == "^"
    assert f"column {len(lines[query + 1])}" in lines[query - 1]
