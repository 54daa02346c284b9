"""Lambda entry: a tick of the clock, hourly. `{"everything": true}` writes the files of all days."""

from functools import cache
from typing import TYPE_CHECKING, Any

from functions.export.dynamodb_days import DynamoDbRecordsByDay
from functions.export.dynamodb_told_stories import DynamoDbToldStories
from functions.export.parquet_tables import write_tables
from functions.export.s3_day_files import S3DayFiles
from functions.export.usecase import ExportDays
from shared import wiring
from shared.adapters.dynamodb_history import DynamoDbHistory
from shared.adapters.dynamodb_rules import DynamoDbRules
from shared.settings import ExportSettings
from shared.telemetry import Telemetry

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def lambda_handler(event: dict[str, Any], context: "LambdaContext") -> dict[str, Any]:
    return handle(event, context, collaborators())


def handle(event: dict[str, Any], context: "LambdaContext", export: ExportDays) -> dict[str, Any]:
    with export.telemetry.invocation(context):
        state = export.run(
            lambda: context.get_remaining_time_in_millis() / 1000, everything=event.get("everything") is True
        )
        return state.model_dump()


@cache
def collaborators() -> ExportDays:
    """What the function works with, made at the first tick."""
    settings = ExportSettings.from_environment()
    return ExportDays(
        records=DynamoDbRecordsByDay(wiring.dynamodb(), settings.records_table),
        history=DynamoDbHistory(wiring.dynamodb(), settings.history_table),
        rules=DynamoDbRules(wiring.dynamodb(), settings.rules_table),
        told=DynamoDbToldStories(wiring.dynamodb(), settings.told_table),
        files=S3DayFiles(wiring.s3(), settings.pages_bucket),
        tables=write_tables,
        telemetry=Telemetry("export"),
        retention_days=settings.record_retention_days,
        with_text=settings.texts_in_tables,
    )
