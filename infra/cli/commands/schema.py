"""`schema`: what a command answers with `--json`."""

from typing import Annotated, Any

import typer
from pydantic import TypeAdapter

from infra.cli.answers import ANSWERS
from infra.cli.answers.base import Failure
from infra.cli.command import register_command
from infra.cli.screen.output import emit
from infra.errors import CliError
from shared.domain.digests import DigestMessage
from shared.domain.documents import Record
from shared.domain.messages import Alert


def register(app: typer.Typer) -> None:
    register_command(app, schema, "schema")


def schema(
    command: Annotated[list[str] | None, typer.Argument(help="A command, as `records` or `rules list`.")] = None,
) -> None:
    """Shows the JSON Schema of a command's answer.

    Without a command: those of all, by command, and of a failure under `error`.

    Example: clipwire schema upload
    Example: clipwire schema rules list
    """
    schemas = all_schemas()
    named = " ".join(command or [])
    if named and named not in schemas:
        raise CliError(f"There is no answer of {named!r} in JSON.", f"There are: {', '.join(schemas)}.")
    emit(schemas[named] if named else schemas)


def all_schemas() -> dict[str, Any]:
    """JSON Schema 2020-12 by command; `show` answers with a record, `alerts` with one alert or digest per line."""
    models = {**ANSWERS, "show": Record, "alerts": Alert | DigestMessage, "error": Failure}
    return {name: TypeAdapter(model).json_schema() for name, model in models.items()}
