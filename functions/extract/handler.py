"""Lambda entry: S3 changes from the pages queue."""

from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING, Any

from shared.queue_batch import handle_each
from functions.extract.s3_events import S3Notification
from functions.extract.usecase import ExtractPages
from shared import wiring
from shared.adapters.dynamodb_history import DynamoDbHistory
from shared.adapters.dynamodb_matches import DynamoDbMatches
from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.adapters.dynamodb_stories import DynamoDbStories
from shared.adapters.dynamodb_told import DynamoDbTold
from shared.adapters.s3_pages import S3Pages
from shared.adapters.sqs_handoff import SqsHandoff
from shared.settings import ExtractSettings
from shared.telemetry import Telemetry

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def lambda_handler(event: dict[str, Any], context: "LambdaContext") -> dict[str, Any]:
    return handle(event, context, collaborators())


def handle(event: dict[str, Any], context: "LambdaContext", extract: ExtractPages) -> dict[str, Any]:
    def handle_notification(notification: S3Notification) -> None:
        """Handles every change, also those after one that fails. The notification then comes again as a whole."""
        with ExitStack() as changes:
            for change in reversed(notification.changes):
                changes.callback(extract.handle, change)

    with extract.telemetry.invocation(context):
        return handle_each(event, context, S3Notification, handle_notification, extract.telemetry)


@cache
def collaborators() -> ExtractPages:
    """What the stage works with, made at the first event."""
    settings = ExtractSettings.from_environment()
    return ExtractPages(
        pages=S3Pages(wiring.s3(), settings.pages_bucket),
        ledger=DynamoDbRecords(wiring.dynamodb(), settings.records_table),
        alert_ledger=DynamoDbTold(wiring.dynamodb(), settings.told_table),
        matches=DynamoDbMatches(wiring.dynamodb(), settings.matches_table),
        stories=DynamoDbStories(wiring.dynamodb(), settings.stories_table),
        history=DynamoDbHistory(wiring.dynamodb(), settings.history_table, settings.history_retention_days),
        handoff=SqsHandoff(wiring.sqs(), settings.articles_queue_url, settings.announcements_queue_url),
        telemetry=Telemetry("extract"),
        tombstone_days=settings.tombstone_days,
        retention_days=settings.record_retention_days,
    )
