"""Lambda entry: a custom widget of a CloudWatch dashboard, or `clipwire desk` in its place."""

from functools import cache
from typing import TYPE_CHECKING, Any

from functions.desk.duckdb_day_texts import DuckDbDayTexts
from functions.desk.dynamodb_desk_records import DynamoDbDeskRecords
from functions.desk.usecase import AnswerWidget
from shared import wiring
from shared.adapters.dynamodb_history import DynamoDbHistory
from shared.adapters.dynamodb_rules import DynamoDbRules
from shared.adapters.s3_pages import S3Pages
from shared.settings import DeskSettings
from shared.telemetry import Telemetry

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def lambda_handler(event: dict[str, Any], context: "LambdaContext") -> str | dict[str, str]:
    return handle(event, context, collaborators())


def handle(event: dict[str, Any], context: "LambdaContext", desk: AnswerWidget) -> str | dict[str, str]:
    with desk.telemetry.invocation(context):
        return desk.handle(event, context.invoked_function_arn)


@cache
def collaborators() -> AnswerWidget:
    """What the desk reads with, made at the first call."""
    settings = DeskSettings.from_environment()
    return AnswerWidget(
        records=DynamoDbDeskRecords(wiring.dynamodb(), settings.records_table, settings.matches_table),
        rules=DynamoDbRules(wiring.dynamodb(), settings.rules_table),
        texts=S3Pages(wiring.s3(), settings.pages_bucket),
        day_texts=DuckDbDayTexts(wiring.s3(), settings.pages_bucket),
        history=DynamoDbHistory(wiring.dynamodb(), settings.history_table),
        telemetry=Telemetry("desk"),
    )
