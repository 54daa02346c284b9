"""What somebody with a role might try on a deployed stack. An attempt that is allowed changes nothing that matters.

Where an allowed call would set something off, it is made so that it fails once it is past the permissions: under a
condition that never holds, or with a value out of range.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from botocore.exceptions import ClientError

from infra.local.environment import REGION

Client = Callable[[str], Any]
Attempt = Callable[[Client, Mapping[str, str]], object]

REFUSALS = frozenset({
    "AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException", "403", "Forbidden",
    "AccessDeniedFault",
})  # fmt: skip
STAGES = ("Pages", "Articles", "Announcements")
FUNCTIONS = ("Extract", "Enrich", "Notify", "Reconcile", "Desk", "Export", "Digest")
NOWHERE = "attempts/nothing-is-here"
FOLDERS = ("incoming", "handoff", "texts", "operations", "days", "answers")
_NO_TEXT = "\x01"  # a character that no message may hold: the call fails once it is allowed
_NEVER = {"ConditionExpression": "attribute_exists(nothing_is_called_this)"}


def refused(attempt: Attempt, client: Client, outputs: Mapping[str, str]) -> bool:
    """Whether permissions were what stopped it; an error of any other kind is past them."""
    try:
        attempt(client, outputs)
    except ClientError as error:
        return error.response["Error"]["Code"] in REFUSALS
    return False


def _s3(call: str, key: str = "", **more: Any) -> Attempt:
    named = {"Key": key} if key else {}
    return lambda client, outputs: getattr(client("s3"), call)(Bucket=outputs["PagesBucketName"], **named, **more)


def _table(call: str, table: str, key: str, **more: Any) -> Attempt:
    """A call on one item that is not there."""

    def attempt(client: Client, outputs: Mapping[str, str]) -> object:
        item = {name: {"S": f"{NOWHERE} {uuid4().hex}"} for name in key.split()}
        named = {"Item": item} if call == "put_item" else {"Key": item}
        return getattr(client("dynamodb"), call)(TableName=outputs[f"{table}TableName"], **named, **more)

    return attempt


def _listed(call: str, table: str, **more: Any) -> Attempt:
    return lambda client, outputs: getattr(client("dynamodb"), call)(
        TableName=outputs[f"{table}TableName"], Limit=1, **more
    )


def _partiql(statement: str) -> Attempt:
    return lambda client, outputs: client("dynamodb").execute_statement(
        Statement=statement.replace("RECORDS", outputs["RecordsTableName"])
    )


def _sqs(call: str, queue: str, **more: Any) -> Attempt:
    return lambda client, outputs: getattr(client("sqs"), call)(QueueUrl=outputs[f"{queue}QueueUrl"], **more)


def _make_queue(name: str) -> Attempt:
    """Under a retention that SQS does not take."""

    def attempt(client: Client, outputs: Mapping[str, str]) -> object:
        named = name.replace("STACK", outputs["stack"])
        return client("sqs").create_queue(QueueName=named, Attributes={"MessageRetentionPeriod": "1"})

    return attempt


def _sns(call: str, topic: str = "Alerts", **more: Any) -> Attempt:
    return lambda client, outputs: getattr(client("sns"), call)(TopicArn=outputs[f"{topic}TopicArn"], **more)


def _logs(call: str, function: str, **more: Any) -> Attempt:
    return lambda client, outputs: getattr(client("logs"), call)(
        logGroupName=f"/aws/lambda/{outputs[f'{function}FunctionName']}", **more
    )


def _lambda(call: str, function: str, **more: Any) -> Attempt:
    return lambda client, outputs: getattr(client("lambda"), call)(
        FunctionName=outputs[f"{function}FunctionName"], **more
    )


def _take_messages(queue: str) -> Attempt:
    return _sqs("receive_message", queue, MaxNumberOfMessages=1, VisibilityTimeout=0, WaitTimeSeconds=0)


def _an_article_key() -> dict[str, Any]:
    by_day = {"IndexName": "by-day", "KeyConditionExpression": "processed_on = :day"}
    return {**by_day, "ExpressionAttributeValues": {":day": {"S": "2001-01-01"}}}


def _a_history() -> dict[str, Any]:
    return {"KeyConditionExpression": "document_id = :id", "ExpressionAttributeValues": {":id": {"S": NOWHERE}}}


def _ask(group: str) -> Attempt:
    return lambda client, outputs: client("athena").start_query_execution(
        QueryString="SELECT 1", WorkGroup=outputs[group]
    )


def _everything_open() -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})


ATTEMPTS: Mapping[str, Attempt] = {
    "list the pages": _s3("list_objects_v2", Prefix="incoming/", MaxKeys=1),
    "list the whole bucket": _s3("list_objects_v2", MaxKeys=1),
    **{f"read {folder}/": _s3("get_object", f"{folder}/{NOWHERE}") for folder in FOLDERS},
    **{f"put {folder}/": _s3("put_object", f"{folder}/{NOWHERE}", Body=b"") for folder in FOLDERS},
    **{f"delete {folder}/": _s3("delete_object", f"{folder}/{NOWHERE}") for folder in FOLDERS},
    "read a day's texts": _s3("get_object", f"days/texts/{NOWHERE}"),
    "put past the folders": _s3("put_object", NOWHERE, Body=b""),
    "read the bucket's policy": _s3("get_bucket_policy"),
    "open the bucket": _s3("put_bucket_policy", Policy=_everything_open()),
    "stop the bucket's events": _s3("put_bucket_notification_configuration", NotificationConfiguration={}),
    "get a record": _table("get_item", "Records", "document_id"),
    "update a record": _table("update_item", "Records", "document_id", UpdateExpression="REMOVE title", **_NEVER),
    "put a record": _table("put_item", "Records", "document_id", **_NEVER),
    "delete a record": _table("delete_item", "Records", "document_id", **_NEVER),
    "scan records": _listed("scan", "Records"),
    "query an index": _listed("query", "Records", **_an_article_key()),
    "scan an index": _listed("scan", "Records", IndexName="by-day"),
    "select by PartiQL": _partiql("SELECT title FROM \"RECORDS\" WHERE document_id = 'x'"),
    "insert by PartiQL": _partiql("INSERT INTO \"RECORDS\" VALUE {'document_id': 'attempt', 'title': 'forged'}"),
    "update by PartiQL": _partiql("UPDATE \"RECORDS\" SET title = 'forged' WHERE document_id = 'nothing is here'"),
    "delete by PartiQL": _partiql("DELETE FROM \"RECORDS\" WHERE document_id = 'nothing is here'"),
    "get what was told": _table("get_item", "Told", "story_id"),
    "put what was told": _table("put_item", "Told", "story_id", **_NEVER),
    "delete what was told": _table("delete_item", "Told", "story_id", **_NEVER),
    "query the history": _listed("query", "History", **_a_history()),
    "update the history": _table(
        "update_item", "History", "document_id entry", UpdateExpression="REMOVE marks", **_NEVER
    ),
    "ask in SQL": _ask("QuestionsWorkGroupName"),
    "get a view": _table("get_item", "Views", "view entry"),
    "count a view": _table("update_item", "Views", "view entry", UpdateExpression="REMOVE most", **_NEVER),
    "hold for a view": _table("put_item", "Views", "view entry", **_NEVER),
    "delete from a view": _table("delete_item", "Views", "view entry", **_NEVER),
    "scan rules": _listed("scan", "Rules"),
    "update a rule": _table("update_item", "Rules", "name", UpdateExpression="REMOVE problem", **_NEVER),
    "put a rule": _table("put_item", "Rules", "name", **_NEVER),
    "delete a rule": _table("delete_item", "Rules", "name", **_NEVER),
    "get a match": _table("get_item", "Matches", "rule matched_at_document"),
    "put a match": _table("put_item", "Matches", "rule matched_at_document", **_NEVER),
    "delete a match": _table("delete_item", "Matches", "rule matched_at_document", **_NEVER),
    "scan matches": _listed("scan", "Matches"),
    **{f"take from {stage}": _take_messages(stage) for stage in STAGES},
    **{f"send to {stage}": _sqs("send_message", stage, MessageBody=_NO_TEXT) for stage in STAGES},
    **{f"take from {stage}DeadLetter": _take_messages(f"{stage}DeadLetter") for stage in STAGES},
    **{f"purge {stage}DeadLetter": _sqs("purge_queue", f"{stage}DeadLetter") for stage in STAGES[:1]},
    "publish an alert": _sns("publish", Message="no JSON", MessageStructure="json"),
    "publish an alarm": _sns("publish", "Operators", Message="no JSON", MessageStructure="json"),
    "list subscribers": _sns("list_subscriptions_by_topic"),
    "subscribe": _sns("subscribe", Protocol="no such protocol", Endpoint=NOWHERE),
    "open the topic": _sns("set_topic_attributes", AttributeName="Policy", AttributeValue=_everything_open()),
    **{f"read {function}'s log": _logs("filter_log_events", function, limit=1) for function in FUNCTIONS},
    **{
        f"write {function}'s log": _logs("create_log_stream", function, logStreamName="not:allowed")
        for function in FUNCTIONS
    },
    "call a function": _lambda("invoke", "Extract", InvocationType="DryRun"),
    "call the desk": _lambda("invoke", "Desk", InvocationType="DryRun"),
    **{f"make the queue {name}": _make_queue(name) for name in ("STACK-inbox-attempt", "attempt")},
    "take from AlertsDeadLetter": _take_messages("AlertsDeadLetter"),
    "read the alarms": lambda client, outputs: client("cloudwatch").describe_alarms(
        AlarmNamePrefix=f"{outputs['stack']}-"
    ),
    "open the dashboard": lambda client, outputs: client("cloudwatch").get_dashboard(
        DashboardName=f"{outputs['stack']}-{REGION}"
    ),
    "read the graphs": lambda client, _: client("cloudwatch").list_metrics(Namespace="AWS/SQS"),
    "read a topic's settings": _sns("get_topic_attributes"),
    "put a smoke test's page": _s3("put_object", f"incoming/clipwire-smoke/{NOWHERE}", Body=b""),
    "delete a smoke test's page": _s3("delete_object", f"incoming/clipwire-smoke/{NOWHERE}"),
    "read the bucket's events": _s3("get_bucket_notification_configuration"),
    "read a function's settings": _lambda("get_function_configuration", "Extract"),
    "change a function": _lambda(
        "update_function_configuration", "Extract", Environment={"Variables": {"RECORDS_TABLE": "elsewhere"}}
    ),
    "ask for the stack": lambda client, outputs: client("cloudformation").describe_stacks(StackName=outputs["stack"]),
    "read the template": lambda client, outputs: client("cloudformation").get_template(StackName=outputs["stack"]),
    "become extract": lambda client, outputs: client("sts").assume_role(
        RoleArn=outputs["ExtractRoleArn"], RoleSessionName="attempt"
    ),
    "make a user": lambda client, _: client("iam").create_user(UserName=f"attempt-{uuid4().hex}"),
}
