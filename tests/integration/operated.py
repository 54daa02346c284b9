"""A stack's parts on the emulator without its functions: the test runs the stages itself, when it wants them to run."""

import json
import time
import uuid
from dataclasses import dataclass, field, replace
from functools import cached_property

from functions.enrich.rule_cache import RuleCache
from functions.enrich.stories.joiner import JoinStories
from functions.enrich.stories.stream_counts import StreamCounts
from functions.enrich.usecase import EnrichArticles
from functions.extract.s3_events import S3Notification
from functions.extract.usecase import ExtractPages
from functions.notify.asked_views import AskedViews
from functions.notify.usecase import NotifyReaders
from functions.reconcile.notification import notification
from functions.reconcile.record_states import Finding
from infra.stack.target import Target
from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.adapters.dynamodb_told import DynamoDbTold
from shared.adapters.s3_pages import S3Pages
from shared.adapters.sqs_handoff import SqsHandoff
from shared.domain.documents import Article, document_id
from shared.domain.errors import Reason, Rejected
from shared.domain.messages import Announcement, ArticleMessage
from shared.telemetry import Telemetry
from tests.fakes import FakeAlerts, FakeHistory, FakeMatches, FakeRules, FakeStories, FakeViews
from tests.pipeline import TOMBSTONE_DAYS

QUEUES = ("Pages", "Articles", "Announcements")
FIRST_SEQUENCER = 0x0055AED6DCD90281


def plain_article(body: bytes, _url: str | None) -> Article:
    if not body:
        raise Rejected(Reason.EMPTY, "an empty file")
    title, _, text = body.decode().partition("\n")
    return Article(title=title, text=text)


@dataclass(frozen=True)
class OperatedTarget(Target):
    named: dict[str, str] = field(default_factory=dict)

    @cached_property
    def outputs(self) -> dict[str, str]:
        return self.named

    @cached_property
    def description(self):
        return {"Parameters": []}


class Operated:
    """What stands, what was alerted, and the stages' own code to run by hand."""

    def __init__(self, clients):
        self.clients, self.name = clients, uuid.uuid4().hex[:8]
        self.bucket, self.table = f"pages-{self.name}", f"records-{self.name}"
        self.queues = {
            f"{kind}{dead}QueueUrl": self._queue(f"{self.name}-{kind}{dead}")
            for kind in QUEUES
            for dead in ("", "DeadLetter")
        }
        functions = {f"{name}FunctionName": f"{self.name}-{name.lower()}" for name in ("Extract", "Enrich", "Notify")}
        named = {
            "PagesBucketName": self.bucket,
            "RecordsTableName": self.table,
            "RulesTableName": f"rules-{self.name}",
            "MatchesTableName": f"matches-{self.name}",
            "ToldTableName": f"told-{self.name}",
            **self.queues,
            **functions,
        }
        self.target = OperatedTarget(clients.port, named=named)
        clients("s3").create_bucket(Bucket=self.bucket)
        self._make_tables()
        self.alerts, self._sequence = FakeAlerts(), iter(range(FIRST_SEQUENCER, FIRST_SEQUENCER + 100_000))
        ledger, pages = DynamoDbRecords(clients("dynamodb"), self.table), S3Pages(clients("s3"), self.bucket)
        handoff = SqsHandoff(clients("sqs"), *(self.queues[f"{kind}QueueUrl"] for kind in QUEUES[1:]))
        self.ledger = ledger
        alert_ledger = DynamoDbTold(clients("dynamodb"), f"told-{self.name}")
        common = {
            "pages": pages,
            "ledger": ledger,
            "alert_ledger": alert_ledger,
            "matches": FakeMatches(),
            "history": FakeHistory(),
        }
        stories = FakeStories()
        self.extract = ExtractPages(
            **common,
            stories=stories,
            handoff=handoff,
            telemetry=Telemetry("extract"),
            tombstone_days=TOMBSTONE_DAYS,
            article_of=plain_article,
        )
        self.enrich = EnrichArticles(
            **common,
            stories=JoinStories(stories, StreamCounts(stories, time.time)),
            handoff=handoff,
            telemetry=Telemetry("enrich"),
            rules=RuleCache(FakeRules()),
            tombstone_days=TOMBSTONE_DAYS,
        )
        self.notify = NotifyReaders(
            ledger, alert_ledger, self.alerts, FakeViews(), AskedViews(FakeViews()), FakeHistory(), Telemetry("notify")
        )

    def put(self, name: str, text: str) -> str:
        """Uploads a page whose event is lost, and gives its key."""
        key = f"incoming/{name}"
        self.clients("s3").put_object(Bucket=self.bucket, Key=key, Body=text.encode())
        return key

    def delete(self, key: str) -> None:
        self.clients("s3").delete_object(Bucket=self.bucket, Key=key)

    def event(self, key: str) -> str:
        """The message that S3 sends of an upload."""
        head = self.clients("s3").head_object(Bucket=self.bucket, Key=key)
        stored = Finding(
            kind="missing", key=key, sequencer=f"{next(self._sequence):016X}", etag=head["ETag"].strip('"')
        )
        return notification(self.bucket, stored, time.time())

    def send(self, output: str, body: str) -> None:
        self.clients("sqs").send_message(QueueUrl=self.queues[output], MessageBody=body)

    def upload(self, name: str, text: str) -> str:
        key = self.put(name, text)
        self.send("PagesQueueUrl", self.event(key))
        return key

    def work(self) -> None:
        """Runs all stages until their queues are empty."""
        self._drain(
            "PagesQueueUrl", S3Notification, lambda message: [self.extract.handle(change) for change in message.changes]
        )
        self._drain("ArticlesQueueUrl", ArticleMessage, self.enrich.handle)
        self._drain("AnnouncementsQueueUrl", Announcement, self.notify.handle)

    def take_and_die(self, output: str, visibility: int) -> None:
        """A worker takes a message of a queue with this visibility timeout, and is never heard of again."""
        sqs, url = self.clients("sqs"), self.queues[output]
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": str(visibility)})
        sqs.receive_message(QueueUrl=url, VisibilityTimeout=60, WaitTimeSeconds=1)

    def record(self, key: str):
        return self.ledger.find(document_id(self.bucket, key))

    def improve(self, article_of) -> None:
        self.extract = replace(self.extract, article_of=article_of)

    def waiting(self, output: str) -> int:
        asked = {"QueueUrl": self.queues[output], "AttributeNames": ["ApproximateNumberOfMessages"]}
        return int(self.clients("sqs").get_queue_attributes(**asked)["Attributes"]["ApproximateNumberOfMessages"])

    def log_failure(self, function: str, correlation_id: str, error: str, message: str) -> None:
        group, logs = f"/aws/lambda/{self.name}-{function}", self.clients("logs")
        line = {
            "level": "ERROR",
            "correlation_id": correlation_id,
            "error": error,
            "message": message,
            "at": ["usecase.py:40 _read"],
        }
        stream = uuid.uuid4().hex
        if not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]:
            logs.create_log_group(logGroupName=group)
        logs.create_log_stream(logGroupName=group, logStreamName=stream)
        event = {"timestamp": int(time.time() * 1000), "message": json.dumps(line)}
        logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=[event])

    def _drain(self, output, model, handle) -> None:
        sqs, url = self.clients("sqs"), self.queues[output]
        while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                handle(model.model_validate_json(message["Body"]))
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

    def _queue(self, name: str) -> str:
        return self.clients("sqs").create_queue(QueueName=name)["QueueUrl"]

    def _make_tables(self) -> None:
        self.clients("dynamodb").create_table(
            TableName=f"rules-{self.name}",
            KeySchema=[{"AttributeName": "name", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "name", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        self.clients("dynamodb").create_table(
            TableName=f"told-{self.name}",
            KeySchema=[{"AttributeName": "story_id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "story_id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        self.clients("dynamodb").create_table(
            TableName=f"matches-{self.name}",
            KeySchema=[
                {"AttributeName": "rule", "KeyType": "HASH"},
                {"AttributeName": "matched_at_document", "KeyType": "RANGE"},
            ],
            AttributeDefinitions=[
                {"AttributeName": "rule", "AttributeType": "S"},
                {"AttributeName": "matched_at_document", "AttributeType": "S"},
            ],
            BillingMode="PAY_PER_REQUEST",
        )
        names = ("document_id", "processed_on", "processed_at")
        index = {
            "IndexName": "by-day",
            "KeySchema": [
                {"AttributeName": "processed_on", "KeyType": "HASH"},
                {"AttributeName": "processed_at", "KeyType": "RANGE"},
            ],
            "Projection": {
                "ProjectionType": "INCLUDE",
                "NonKeyAttributes": ["outcome", "reason", "topic", "topics", "source_key", "pipeline_version"],
            },
        }
        self.clients("dynamodb").create_table(
            TableName=self.table,
            KeySchema=[{"AttributeName": "document_id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
            GlobalSecondaryIndexes=[index],
            BillingMode="PAY_PER_REQUEST",
        )
