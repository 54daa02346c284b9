"""Every role tries everything on the deployed stack: what its work needs is let through, and all else is refused.

A function's own role lets nobody but Lambda in, so a twin with the same policies is tried in its place. The people's
managed policies are attached to users made for the test. tests/template holds the policies' text; here the emulator
evaluates them.
"""

import json
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from uuid import uuid4

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from infra.local.environment import REGION, endpoint
from tests.e2e.attempts import ATTEMPTS, FUNCTIONS, NOWHERE, refused
from tests.e2e.roles import account, physical, signed_in, simulated, user
from tests.e2e.support import Stack

READS_RECORDS = {"get a record", "scan records", "query an index", "scan an index", "select by PartiQL"}
KEEPS_MATCHES = {"get a match", "put a match", "delete a match"}
STAGES = ("Pages", "Articles", "Announcements")
LISTS_THE_BUCKET = {"list the pages", "list the whole bucket"}  # a missing object then answers 404, not 403
MAY: Mapping[str, set[str]] = {
    "Extract": {
        "take from Pages", "send to Articles", "send to Announcements", "read incoming/", *LISTS_THE_BUCKET,
        "put handoff/", "delete handoff/", "delete texts/", "get a record", "update a record", "get what was told",
        "put what was told", "query the history", "update the history", *KEEPS_MATCHES, "write Extract's log",
    },
    "Enrich": {
        "take from Articles", "send to Announcements", "read incoming/", *LISTS_THE_BUCKET, "read handoff/",
        "delete handoff/", "put texts/", "delete texts/", "get a record", "update a record", "get what was told", "put what was told",
        "scan rules", "update a rule", *KEEPS_MATCHES, "write Enrich's log",
    },
    "Notify": {
        "update the history", "take from Announcements", "get a record", "get what was told", "put what was told",
        "count a view", "hold for a view", "publish an alert", "write Notify's log",
    },
    "Reconcile": {
        *LISTS_THE_BUCKET, "read incoming/", "read operations/", "put operations/",
        "scan an index", "send to Pages", "write Reconcile's log",
    },
    "Desk": {
        "get a record", "query an index", "query the history", "scan rules", "read texts/",
        "read a day's texts", *LISTS_THE_BUCKET,
        "write Desk's log",
    },
    "Export": {
        *LISTS_THE_BUCKET, "put days/", "delete days/", "query an index", "scan an index", "query the history",
        "scan rules", "write Export's log",
    },
    "Digest": {
        "get a record", "get what was told", "put what was told", "hold for a view", "publish an alert", "write Digest's log",
    },
    "Uploader": {"put incoming/", "put a smoke test's page"},
    "Analyst": {
        "query the history", "ask in SQL", "read days/", "read answers/", "put answers/",
        *READS_RECORDS, "get what was told", "scan rules", "get a match", "scan matches", "read texts/", "ask for the stack",
        "get a view", "call the desk", "open the dashboard", "read a day's texts",
    },
    "Operator": {
        "query the history",
        *READS_RECORDS, "get what was told", "get a view", "count a view", "hold for a view", "delete from a view", "scan rules", "update a rule", "put a rule", "delete a rule",
        "get a match", "scan matches",
        *LISTS_THE_BUCKET, "read incoming/", "read texts/", "read the bucket's policy", "read the bucket's events",
        "put a smoke test's page", "delete a smoke test's page", "list subscribers", "subscribe",
        "read a topic's settings", "make the queue STACK-inbox-attempt", "take from AlertsDeadLetter",
        "ask for the stack", "read the template", "read a function's settings",
        "read the alarms", "open the dashboard", "call the desk", "read the graphs",
        *(f"{do} {stage}" for do in ("take from", "send to") for stage in STAGES),
        *(f"take from {stage}DeadLetter" for stage in STAGES),
        *(f"read {function}'s log" for function in FUNCTIONS),
    },
    "nobody in particular": set(),
}  # fmt: skip

# The emulator asks for dynamodb:ExecuteStatement where AWS asks for dynamodb:PartiQLSelect and its like, and leaves the
# `:*` out that ends a log group's ARN in its own answers and on AWS. It asks for a dashboard as for all of them. What
# AWS would ask is put to the policies below, by simulation.
NAMED_OTHERWISE = {"select by PartiQL", "open the dashboard", *(f"write {function}'s log" for function in FUNCTIONS)}
WRITES_BY_PARTIQL = ["dynamodb:PartiQLInsert", "dynamodb:PartiQLUpdate", "dynamodb:PartiQLDelete"]
WRITES_LOGS = ["logs:CreateLogStream", "logs:PutLogEvents"]


@pytest.fixture(scope="module")
def outputs(stack: Stack) -> dict[str, str]:
    role = physical(stack, "ExtractRole")
    return {
        **stack.outputs,
        "stack": stack.target.stack,
        "ExtractRoleArn": stack.client("iam").get_role(RoleName=role)["Role"]["Arn"],
    }


@pytest.mark.parametrize("who", MAY)
def test_a_role_gets_through_with_what_its_work_needs_and_is_refused_all_else(stack, outputs, who):
    with signed_in(stack, who) as client:
        allowed = {name for name, attempt in ATTEMPTS.items() if not refused(attempt, client, outputs)}
    assert allowed == MAY[who] - NAMED_OTHERWISE


def test_every_attempt_is_a_sound_call_for_the_accounts_root(stack, outputs):
    """Otherwise a refusal might be one of a malformed request."""
    harmful = {
        "open the bucket",
        "stop the bucket's events",
        "open the topic",
        "change a function",
        "make a user",
        "insert by PartiQL",
    }
    purges = {name for name in ATTEMPTS if name.startswith("purge")}
    client = cache(stack.client)
    tried = ATTEMPTS.keys() - harmful - purges - {"become extract"}
    assert {name for name in tried if refused(ATTEMPTS[name], client, outputs)} == set()


def test_a_caller_without_credentials_is_refused_everything_in_the_bucket(stack, outputs):
    s3 = boto3.client(
        "s3",
        endpoint_url=endpoint(stack.port),
        region_name=REGION,
        config=Config(signature_version=UNSIGNED, proxies={}),
    )
    tried = [name for name in ATTEMPTS if name.endswith(("/", "the pages", "the whole bucket"))]
    assert len(tried) > 12
    assert {name for name in tried if not refused(ATTEMPTS[name], lambda _: s3, outputs)} == set()


@pytest.mark.parametrize("who", ["Analyst", "Operator"])
def test_people_may_select_by_partiql_and_not_write(stack, outputs, who):
    table = f"arn:aws:dynamodb:{REGION}:{account(stack)}:table/{outputs['RecordsTableName']}"
    with user(stack, who) as key:
        named = f"arn:aws:iam::{account(stack)}:user/{key['UserName']}"
        assert simulated(stack, named, ["dynamodb:PartiQLSelect"], table) == {"allowed"}
        assert simulated(stack, named, ["dynamodb:PartiQLSelect"], f"{table}/index/by-topic") == {"allowed"}
        assert "allowed" not in simulated(stack, named, WRITES_BY_PARTIQL, table)


def test_an_operator_opens_the_stacks_dashboard_and_no_other(stack, outputs):
    dashboards = f"arn:aws:cloudwatch::{account(stack)}:dashboard"
    with user(stack, "Operator") as key:
        named = f"arn:aws:iam::{account(stack)}:user/{key['UserName']}"
        own = f"{dashboards}/{outputs['stack']}-{REGION}"
        assert simulated(stack, named, ["cloudwatch:GetDashboard"], own) == {"allowed"}
        assert "allowed" not in simulated(stack, named, ["cloudwatch:GetDashboard"], f"{dashboards}/another")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_writes_its_own_log_and_no_other(stack, outputs, function):
    role = f"arn:aws:iam::{account(stack)}:role/{physical(stack, f'{function}Role')}"
    for other in FUNCTIONS:
        group = f"/aws/lambda/{outputs[f'{other}FunctionName']}"
        stream = f"arn:aws:logs:{REGION}:{account(stack)}:log-group:{group}:log-stream:x"
        said = simulated(stack, role, WRITES_LOGS, stream)
        assert said == {"allowed"} if other == function else "allowed" not in said


@pytest.mark.parametrize("function", FUNCTIONS)
def test_not_even_an_operator_can_take_on_a_functions_role(stack, function):
    role = stack.client("iam").get_role(RoleName=physical(stack, f"{function}Role"))["Role"]["Arn"]
    with signed_in(stack, "Operator") as client, pytest.raises(ClientError, match="AccessDenied"):
        client("sts").assume_role(RoleArn=role, RoleSessionName="attempt")


def test_an_operator_tells_a_deleted_page_from_a_forbidden_one(stack, outputs):
    """Otherwise `clipwire reconcile` stops at the first page that was deleted."""
    with signed_in(stack, "Operator") as client, pytest.raises(ClientError) as refused:
        client("s3").head_object(Bucket=outputs["PagesBucketName"], Key=f"incoming/{uuid4().hex}.html")
    assert refused.value.response["Error"]["Code"] == "404"


def test_enrich_tells_an_expired_handoff_from_a_missing_permission(stack, outputs):
    with signed_in(stack, "Enrich") as client, pytest.raises(ClientError) as refused:
        client("s3").get_object(Bucket=outputs["PagesBucketName"], Key=f"handoff/{uuid4().hex}.json")
    assert refused.value.response["Error"]["Code"] == "NoSuchKey"


def test_an_operator_can_run_the_commands_that_ask_most_of_a_role(stack, clipwire_as):
    """Each fails where its role lacks a permission; `check` says `not readable` of what it may not look at."""
    operator = clipwire_as("Operator")
    assert "not readable" not in operator("check", "--json", code=None).stdout
    smoke = operator("smoke", "--yes", "--json")  # this subscribes a queue too, as `alerts` does
    assert list(json.loads(smoke.stdout)["milliseconds"]) == ["extract", "enrich", "notify"]
    operator("reconcile", "--dry-run", "--prefix", "incoming/clipwire-smoke/", "--json")
    name = f"{stack.target.stack}-inbox-{uuid4().hex[:8]}"
    operator("subscribe", name, "--create", "--topic", "sport")
    operator("unsubscribe", name)


def test_what_a_role_may_not_read_is_said_to_be_unreadable_and_not_to_be_well(clipwire_as):
    analyst = clipwire_as("Analyst")
    findings = json.loads(analyst("check", "--json", code=None).stdout)["findings"]
    assert {one["part"] for one in findings if one["verdict"] == "not readable"} >= {"alarms", "functions"}


def test_a_page_over_eight_megabytes_is_uploaded_in_parts_under_an_uploaders_policy(stack, outputs):
    """S3 then asks for more than PutObject where a customer's key encrypts; tests/template holds that."""
    with signed_in(stack, "Uploader") as client:
        key = f"incoming/{uuid4().hex}.html"
        client("s3").upload_fileobj(BytesIO(b"<p>" + b"x" * 9_000_000), outputs["PagesBucketName"], key)


def test_an_operator_can_redrive_a_message(stack, outputs):
    """Send, receive and delete, in a dead-letter queue where nothing listens."""
    queue = outputs["PagesDeadLetterQueueUrl"]
    with signed_in(stack, "Operator") as client:
        sqs = client("sqs")
        sqs.send_message(QueueUrl=queue, MessageBody=NOWHERE)
        for message in sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=5).get(
            "Messages", []
        ):
            if message["Body"] == NOWHERE:
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
                return
    pytest.fail("the message that was sent did not come back")
