"""Asking Athena a question in SQL, and waiting for its answer."""

import time
from dataclasses import dataclass
from typing import Any

from infra.errors import CliError
from infra.stack.target import Target

PAUSE_SECONDS = 0.3  # between looks at a question that runs; by judgement: most take one or two seconds
MAX_SECONDS = 600  # that an answer is waited for, by judgement
MAX_ROWS = 1_000  # of an answer that are fetched: one page of Athena's; the rest is in the bucket


@dataclass(frozen=True)
class Answer:
    """The first thousand rows of an answer as text, and what the question read."""

    columns: list[str]
    rows: list[list[str]]
    scanned_bytes: int
    seconds: float

    @property
    def records(self) -> list[dict[str, str]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def ask(target: Target, sql: str) -> Answer:
    """Runs a question in the stack's workgroup, on its tables; raises `CliError` with what Athena says against it."""
    client: Any = target.client("athena")
    begun = time.monotonic()
    started = client.start_query_execution(
        QueryString=sql,
        WorkGroup=target.output("QuestionsWorkGroupName"),
        QueryExecutionContext={"Database": target.output("DaysDatabaseName")},
    )
    ended = wait_for(client, started["QueryExecutionId"])
    answer = client.get_query_results(QueryExecutionId=started["QueryExecutionId"], MaxResults=MAX_ROWS)["ResultSet"]
    columns = [column["Name"] for column in answer["ResultSetMetadata"]["ColumnInfo"]]
    rows = [[datum.get("VarCharValue", "") for datum in row["Data"]] for row in answer["Rows"][1:]]
    scanned = ended.get("Statistics", {}).get("DataScannedInBytes", 0)
    return Answer(columns, rows, scanned, time.monotonic() - begun)


def wait_for(client: Any, query_id: str) -> dict[str, Any]:  # noqa: ANN401  # Athena's client
    deadline = time.monotonic() + MAX_SECONDS
    while time.monotonic() < deadline:
        execution: dict[str, Any] = client.get_query_execution(QueryExecutionId=query_id)["QueryExecution"]
        state = execution["Status"]["State"]
        if state == "SUCCEEDED":
            return execution
        if state in {"FAILED", "CANCELLED"}:
            raise CliError(f"Athena: {execution['Status'].get('StateChangeReason', state)}", "Mend the question.")
        time.sleep(PAUSE_SECONDS)
    raise CliError(f"Athena did not answer within {MAX_SECONDS} seconds.", "Ask about fewer days.")
