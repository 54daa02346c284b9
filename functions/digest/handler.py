"""Lambda entry: a tick of the clock, every five minutes."""

from functools import cache
from typing import TYPE_CHECKING, Any

from functions.digest.dynamodb_members import DynamoDbMembers
from functions.digest.sns_digests import SnsDigests
from functions.digest.usecase import SendDigests
from shared import wiring
from shared.adapters.dynamodb_digests import DynamoDbDigests
from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.adapters.dynamodb_told import DynamoDbTold
from shared.settings import DigestSettings
from shared.telemetry import Telemetry

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def lambda_handler(_event: dict[str, Any], context: "LambdaContext") -> None:
    handle(context, collaborators())


def handle(context: "LambdaContext", digests: SendDigests) -> None:
    with digests.telemetry.invocation(context):
        digests.handle(lambda: context.get_remaining_time_in_millis() / 1000)


@cache
def collaborators() -> SendDigests:
    """What the function works with, made at the first tick."""
    settings = DigestSettings.from_environment()
    dynamodb = wiring.dynamodb()
    return SendDigests(
        baskets=DynamoDbDigests(dynamodb, settings.views_table),
        ledger=DynamoDbRecords(dynamodb, settings.records_table),
        alert_ledger=DynamoDbTold(dynamodb, settings.told_table),
        members=DynamoDbMembers(dynamodb, settings.records_table),
        publisher=SnsDigests(wiring.sns(), settings.digests_topic_arn, settings.alerts_topic_arn),
        telemetry=Telemetry("digest"),
    )
