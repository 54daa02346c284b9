"""Lambda entry: a tick of the clock, hourly. A run begins once a day and takes as many ticks as it needs."""

from functools import cache
from typing import TYPE_CHECKING, Any

from functions.reconcile.dynamodb_record_states import DynamoDbRecordStates
from functions.reconcile.resumable_run import ResumableReconcile
from functions.reconcile.s3_objects import S3Objects, S3Runs
from functions.reconcile.sqs_changes import SqsChanges
from functions.reconcile.usecase import ReconcileBucket, ReconcileTerms
from shared import wiring
from shared.settings import ReconcileSettings
from shared.telemetry import Telemetry

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def lambda_handler(_event: dict[str, Any], context: "LambdaContext") -> dict[str, Any]:
    return handle(context, collaborators())


def handle(context: "LambdaContext", reconcile: ResumableReconcile) -> dict[str, Any]:
    with reconcile.telemetry.invocation(context):
        run = reconcile.continue_run(lambda: context.get_remaining_time_in_millis() / 1000)
        return run.model_dump() if run else {}


@cache
def collaborators() -> ResumableReconcile:
    """What the function works with, made at the first tick."""
    settings = ReconcileSettings.from_environment()
    bucket = settings.pages_bucket
    reconcile = ReconcileBucket(
        bucket=bucket,
        objects=S3Objects(wiring.s3(), bucket),
        states=DynamoDbRecordStates(wiring.dynamodb(), settings.records_table),
        changes=SqsChanges(
            wiring.sqs(), settings.pages_queue_url, bucket, later_queue_urls=[settings.articles_queue_url]
        ),
        terms=ReconcileTerms(
            pages_expire=settings.pages_retention_days > 0, record_days=settings.record_retention_days, spaced=True
        ),
    )
    return ResumableReconcile(reconcile, S3Runs(wiring.s3(), bucket), Telemetry("reconcile"))
