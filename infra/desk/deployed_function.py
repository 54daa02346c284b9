"""The deployed desk function, called with the rights of whoever runs the command."""

import json
from collections.abc import Mapping
from typing import Any

from infra.errors import CliError
from infra.stack.target import Target


def call_desk(target: Target, event: Mapping[str, Any]) -> Any:  # noqa: ANN401  # whatever JSON the function answers
    """What the function answers to a widget's event; raises `CliError` where it fails."""
    answered = target.client("lambda").invoke(
        FunctionName=target.output("DeskFunctionName"), Payload=json.dumps(event).encode()
    )
    document = json.loads(answered["Payload"].read())
    if "FunctionError" in answered:
        said = document.get("errorMessage", "") if isinstance(document, dict) else ""
        raise CliError(
            f"The desk's function failed: {said or answered['FunctionError']}", "`clipwire status` says more."
        )
    return document
