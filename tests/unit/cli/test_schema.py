"""The shapes of JSON answers are written down, and a command that answers in JSON has one."""

import json

import pytest
import typer
from pydantic import TypeAdapter, ValidationError

from infra.cli import app
from infra.cli.answers import ANSWERS
from infra.cli.answers.base import Failure


def commands_of(command, path=""):
    for name, inner in command.commands.items():
        if hasattr(inner, "commands"):
            yield from commands_of(inner, f"{name} ")
        else:
            yield f"{path}{name}"


def test_every_shape_is_of_a_command():
    assert set(ANSWERS) <= set(commands_of(typer.main.get_command(app.build())))


def test_a_schema_is_printed_for_one_command_or_for_all(capsys):
    assert app.run(["schema", "rules", "list"]) == 0
    assert "rules" in json.loads(capsys.readouterr().out)["properties"]
    assert app.run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out).keys() >= {"upload", "records", "show", "alerts", "error"}


def test_a_failure_has_the_shape_that_is_written_down(capsys):
    assert app.run(["records", "--limit", "none", "--json"]) == 2
    Failure.model_validate_json(capsys.readouterr().err)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_with_a_field_that_nobody_wrote_down_is_found(name):
    with pytest.raises(ValidationError):
        TypeAdapter(ANSWERS[name]).validate_python(
            [{"unknown": 1}] if name in {"failures", "redrive"} else {"unknown": 1}
        )
