"""Lambda entry: announcements from the announcements queue."""

from functools import cache
from typing import TYPE_CHECKING, Any

from shared.queue_batch import handle_each
from functions.notify.asked_views import AskedViews
from functions.notify.usecase import NotifyReaders
from shared import wiring
from shared.adapters.dynamodb_history import DynamoDbHistory
from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.adapters.dynamodb_told import DynamoDbTold
from shared.adapters.dynamodb_views import DynamoDbViews
from shared.adapters.sns_alerts import SnsAlerts
from shared.adapters.sns_chat import EveryChannel, SnsChat, views_listed
from shared.domain.messages import Announcement
from shared.ports import AlertPublisher
from shared.settings import NotifySettings
from shared.telemetry import Telemetry

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

WORKERS = 2  # the event source's MaximumConcurrency, the least there is; a test of the template compares them


def lambda_handler(event: dict[str, Any], context: "LambdaContext") -> dict[str, Any]:
    return handle(event, context, collaborators())


def handle(event: dict[str, Any], context: "LambdaContext", notify: NotifyReaders) -> dict[str, Any]:
    with notify.telemetry.invocation(context):
        return handle_each(event, context, Announcement, notify.handle, notify.telemetry)


def channels(settings: NotifySettings) -> AlertPublisher:
    """The alerts topic, and before it the topic for chat where the stack has one."""
    alerts = SnsAlerts(
        wiring.sns(),
        settings.alerts_topic_arn,
        settings.alerts_per_second / WORKERS,
        v1_topic_arn=settings.alerts_v1_topic_arn,
    )
    if not settings.chat_topic_arn:
        return alerts
    return EveryChannel([SnsChat(wiring.sns(), settings.chat_topic_arn, views_listed(settings.chat_views)), alerts])


@cache
def collaborators() -> NotifyReaders:
    """What the stage works with, made at the first event."""
    settings = NotifySettings.from_environment()
    views = DynamoDbViews(wiring.dynamodb(), settings.views_table)
    return NotifyReaders(
        ledger=DynamoDbRecords(wiring.dynamodb(), settings.records_table),
        alert_ledger=DynamoDbTold(wiring.dynamodb(), settings.told_table),
        alerts=channels(settings),
        views=views,
        asked=AskedViews(views),
        history=DynamoDbHistory(wiring.dynamodb(), settings.history_table),
        telemetry=Telemetry("notify"),
        most=settings.most_alerts_an_hour,
    )
