"""What a stage logged of the documents it failed on.

A message in a dead-letter queue does not say why it is there; the log does.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from shared.adapters.aws_errors import error_code

_PAGES = 100  # of up to 10,000 lines, by judgement: a minute of reading


@dataclass(frozen=True, slots=True)
class Failure:
    """An error by its kind, its words and the function that raised it."""

    error: str
    message: str
    at: str = ""


SILENT = Failure(
    "Silent", "no word in the log: the function was killed or ran out of time, or its log lines have expired"
)


def newest_failures(logs: Any, function: str, since: float, wanted: Collection[str]) -> Mapping[str, Failure]:  # noqa: ANN401  # a logs client
    """The newest failure of each wanted correlation id since a moment (epoch seconds), in 100 pages of the log."""
    asked = {"logGroupName": f"/aws/lambda/{function}", "startTime": int(since * 1000), "filterPattern": "ERROR"}
    found: dict[str, Failure] = {}
    try:
        for number, page in enumerate(logs.get_paginator("filter_log_events").paginate(**asked)):
            found |= dict(
                entry for event in page["events"] if (entry := read_failure(event["message"])) and entry[0] in wanted
            )
            if number >= _PAGES:
                break
    except ClientError as error:
        if error_code(error) != "ResourceNotFoundException":  # a function that never ran has no log
            raise
    return found


def stage_milliseconds(logs: Any, function: str, since: float, correlation_id: str) -> int | None:  # noqa: ANN401  # a logs client
    """How long a function worked on one document version (milliseconds); None where its log does not say so yet."""
    asked = {"logGroupName": f"/aws/lambda/{function}", "startTime": int(since * 1000)}
    asked["filterPattern"] = f'"{correlation_id}"'
    for page in logs.get_paginator("filter_log_events").paginate(**asked):
        for event in page["events"]:
            said = read_line(event["message"])
            if said.get("correlation_id") == correlation_id and "milliseconds" in said:
                return int(said["milliseconds"])
    return None


def read_line(line: str) -> dict[str, Any]:
    """The fields of a structured log line; none of any other line."""
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def read_failure(line: str) -> tuple[str, Failure] | None:
    """Correlation id and failure of a structured log line; None for any other."""
    said = read_line(line)
    if said.get("level") != "ERROR" or "correlation_id" not in said:
        return None
    at = [str(place) for place in said.get("at") or [""]]
    return str(said["correlation_id"]), Failure(str(said.get("error", "Error")), str(said.get("message", "")), at[-1])
