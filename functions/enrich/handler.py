"""Lambda entry: articles from the articles queue."""

from functools import cache
from typing import TYPE_CHECKING, Any

from shared.queue_batch import handle_each
from functions.enrich.rule_cache import RuleCache
from functions.enrich.stories.joiner import joiner_over
from functions.enrich.usecase import EnrichArticles
from shared import wiring
from shared.adapters.dynamodb_history import DynamoDbHistory
from shared.adapters.dynamodb_matches import DynamoDbMatches
from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.adapters.dynamodb_rules import DynamoDbRules
from shared.adapters.dynamodb_stories import DynamoDbStories
from shared.adapters.dynamodb_told import DynamoDbTold
from shared.adapters.s3_pages import S3Pages
from shared.adapters.sqs_handoff import SqsHandoff
from shared.domain.messages import ArticleMessage
from shared.settings import EnrichSettings
from shared.telemetry import Telemetry

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def lambda_handler(event: dict[str, Any], context: "LambdaContext") -> dict[str, Any]:
    return handle(event, context, collaborators())


def handle(event: dict[str, Any], context: "LambdaContext", enrich: EnrichArticles) -> dict[str, Any]:
    with enrich.telemetry.invocation(context):
        return handle_each(event, context, ArticleMessage, enrich.handle, enrich.telemetry)


@cache
def collaborators() -> EnrichArticles:
    """What the stage works with, made at the first event."""
    settings = EnrichSettings.from_environment()
    return EnrichArticles(
        pages=S3Pages(wiring.s3(), settings.pages_bucket),
        ledger=DynamoDbRecords(wiring.dynamodb(), settings.records_table),
        alert_ledger=DynamoDbTold(wiring.dynamodb(), settings.told_table),
        matches=DynamoDbMatches(wiring.dynamodb(), settings.matches_table),
        stories=joiner_over(DynamoDbStories(wiring.dynamodb(), settings.stories_table)),
        history=DynamoDbHistory(wiring.dynamodb(), settings.history_table, settings.history_retention_days),
        rules=RuleCache(DynamoDbRules(wiring.dynamodb(), settings.rules_table)),
        handoff=SqsHandoff(wiring.sqs(), "", settings.announcements_queue_url),
        telemetry=Telemetry("enrich"),
        tombstone_days=settings.tombstone_days,
        retention_days=settings.record_retention_days,
    )
