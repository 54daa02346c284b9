"""Least privilege, pinned: a permission is added here on purpose or not at all."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.template.cfn import Resources, chosen, load, of_type

ROLES = sorted(of_type(load()["Resources"], "IAM::Role"))
PEOPLE = sorted(of_type(load()["Resources"], "IAM::ManagedPolicy"))
NO_NARROWER_RESOURCE = {
    "dynamodb:ListTables",
    "sns:GetSubscriptionAttributes",
    "sns:SetSubscriptionAttributes",
    "sns:Unsubscribe",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
}
HERE = "${AWS::Region}:${AWS::AccountId}:"

READS_A_TABLE = {"DescribeTable", "GetItem", "BatchGetItem", "Query", "Scan", "PartiQLSelect"}
KEEPS_MATCHES = {"GetItem", "PutItem", "DeleteItem", "ConditionCheckItem"}
TAKES_MESSAGES = {"ReceiveMessage", "DeleteMessage", "GetQueueAttributes"}
WORKS_QUEUES = {*TAKES_MESSAGES, "GetQueueUrl", "SendMessage", "ChangeMessageVisibility"}
WRITES_LOGS = {"CreateLogStream", "PutLogEvents"}

ALLOWED: dict[str, dict[str, set[str]]] = {
    "ExtractRole": {
        "logs ExtractLogs": WRITES_LOGS,
        "sqs PagesQueue": TAKES_MESSAGES,
        "s3 PagesBucket": {"ListBucket"},
        "s3 PagesBucket/incoming/*": {"GetObject"},
        "s3 PagesBucket/handoff/*": {"PutObject"},
        "s3 PagesBucket/texts/*": {"DeleteObject"},
        "dynamodb RecordsTable": {"GetItem", "UpdateItem"},
        "dynamodb MatchesTable": KEEPS_MATCHES,
        "sqs ArticlesQueue": {"SendMessage"},
    },
    "EnrichRole": {
        "logs EnrichLogs": WRITES_LOGS,
        "sqs ArticlesQueue": TAKES_MESSAGES,
        "s3 PagesBucket/handoff/*": {"GetObject"},
        "s3 PagesBucket/texts/*": {"PutObject", "DeleteObject"},
        "dynamodb RecordsTable": {"GetItem", "UpdateItem"},
        "dynamodb RulesTable": {"GetItem", "Scan", "UpdateItem"},
        "dynamodb MatchesTable": KEEPS_MATCHES,
        "sqs AnnouncementsQueue": {"SendMessage"},
    },
    "NotifyRole": {
        "logs NotifyLogs": WRITES_LOGS,
        "sqs AnnouncementsQueue": TAKES_MESSAGES,
        "dynamodb RecordsTable": {"GetItem", "UpdateItem"},
        "sns AlertsTopic": {"Publish"},
    },
    "ReconcileRole": {
        "logs ReconcileLogs": WRITES_LOGS,
        "s3 PagesBucket": {"ListBucket"},
        "s3 PagesBucket/incoming/*": {"GetObject"},
        "s3 PagesBucket/operations/*": {"GetObject", "PutObject"},
        "dynamodb RecordsTable": {"BatchGetItem"},
        "dynamodb RecordsTable/index/by-day": {"Scan"},
        "sqs PagesQueue": {"SendMessage", "GetQueueAttributes"},
    },
    "UploaderPolicy": {"s3 PagesBucket/incoming/*": {"PutObject"}},
    "AnalystPolicy": {
        "dynamodb *": {"ListTables"},
        "dynamodb RecordsTable": READS_A_TABLE,
        "dynamodb RecordsTable/index/*": READS_A_TABLE,
        "dynamodb RulesTable": READS_A_TABLE,
        "dynamodb MatchesTable": READS_A_TABLE,
        "s3 PagesBucket/texts/*": {"GetObject"},
        "cloudformation stack/${AWS::StackName}/*": {"DescribeStacks"},
    },
    "OperatorPolicy": {
        **{
            f"sqs {stage}{kind}Queue": WORKS_QUEUES
            for stage in ("Pages", "Articles", "Announcements")
            for kind in ("", "DeadLetter")
        },
        "s3 PagesBucket/incoming/*": {"GetObject"},
        "s3 PagesBucket/texts/*": {"GetObject"},
        "s3 PagesBucket": {"ListBucket"},
        "dynamodb RecordsTable": READS_A_TABLE,
        "dynamodb RecordsTable/index/*": READS_A_TABLE,
        "dynamodb MatchesTable": {*READS_A_TABLE, "BatchWriteItem"},
        "dynamodb RulesTable": {"DescribeTable", "GetItem", "Scan", "PutItem", "UpdateItem", "DeleteItem"},
        "sns AlertsTopic": {"Subscribe", "ListSubscriptionsByTopic"},
        "sns *": {"Unsubscribe", "GetSubscriptionAttributes", "SetSubscriptionAttributes"},
        "logs log-group:/aws/lambda/${AWS::StackName}-*": {"FilterLogEvents"},
        "cloudformation stack/${AWS::StackName}/*": {"DescribeStacks"},
    },
}


def statements(resource: dict[str, Any], **conditions: bool) -> list[dict[str, Any]]:
    properties = chosen(resource["Properties"], **conditions)
    policies = properties.get("Policies", [properties])
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def place(resource: Any) -> str:
    """`PagesBucket/incoming/*` for a part, the logical id for a whole resource, and the end of an ARN that is spelt out."""
    if isinstance(resource, str):
        return resource
    if HERE in resource.get("Fn::Sub", ""):
        return resource["Fn::Sub"].partition(HERE)[2]
    if "Fn::Sub" in resource:
        name, _, rest = resource["Fn::Sub"].removeprefix("${").partition("}")
        return name.removesuffix(".Arn") + rest
    return resource["Ref"] if "Ref" in resource else resource["Fn::GetAtt"][0]


def permissions(allowed: Iterable[dict[str, Any]]) -> dict[str, set[str]]:
    """Actions by `service place`."""
    found: dict[str, set[str]] = {}
    for statement in allowed:
        assert statement["Effect"] == "Allow"
        for action in listed(statement["Action"]):
            service, _, verb = action.partition(":")
            for resource in listed(statement["Resource"]):
                found.setdefault(f"{service} {place(resource)}", set()).add(verb)
    return found


@pytest.mark.parametrize("holder", [*ROLES, *PEOPLE])
def test_a_role_or_policy_allows_just_what_is_listed_for_it(resources, holder):
    assert permissions(statements(resources[holder])) == ALLOWED[holder]


@pytest.mark.parametrize("holder", [*ROLES, *PEOPLE])
def test_no_action_is_a_pattern_and_no_resource_is_everything(resources, holder):
    for statement in statements(resources[holder], HasKey=True, Traced=True):
        assert "*" not in "".join(listed(statement["Action"]))
        assert "NotAction" not in statement
        assert "NotResource" not in statement
        if "*" in [place(resource) for resource in listed(statement["Resource"])]:
            assert set(listed(statement["Action"])) <= NO_NARROWER_RESOURCE


@pytest.mark.parametrize("role", ROLES)
def test_a_functions_role_is_for_lambda_alone_and_holds_no_ready_made_policy(resources, role):
    properties = resources[role]["Properties"]
    (trust,) = properties["AssumeRolePolicyDocument"]["Statement"]
    assert (trust["Principal"], trust["Action"]) == ({"Service": "lambda.amazonaws.com"}, "sts:AssumeRole")
    assert "ManagedPolicyArns" not in properties
    assert resources[role.replace("Role", "Function")]["Properties"]["Role"] == {"Fn::GetAtt": [role, "Arn"]}


@pytest.mark.parametrize("holder", [*ROLES, *PEOPLE])
def test_a_customers_key_is_used_only_where_it_is_given_and_only_to_read_and_write(resources, holder):
    def of_the_key(**conditions: bool) -> set[str]:
        return permissions(statements(resources[holder], **conditions)).get("kms EncryptionKeyArn", set())

    assert of_the_key() == set()
    assert of_the_key(HasKey=True)
    assert of_the_key(HasKey=True) <= {"Decrypt", "GenerateDataKey"}


def test_an_operator_lists_uploads_alone(resources: Resources):
    (listing,) = [
        statement for statement in statements(resources["OperatorPolicy"]) if "s3:ListBucket" in statement["Action"]
    ]
    assert listing["Condition"] == {"StringLike": {"s3:prefix": "incoming/*"}}


def test_only_this_bucket_of_this_account_may_put_events_in_the_pages_queue(resources: Resources):
    (event,) = chosen(resources["PagesQueuePolicy"]["Properties"])["PolicyDocument"]["Statement"]
    assert (event["Principal"], event["Action"]) == ({"Service": "s3.amazonaws.com"}, "sqs:SendMessage")
    bucket = resources["PagesBucket"]["Properties"]["BucketName"]["Fn::Sub"]
    assert event["Condition"] == {
        "ArnEquals": {"aws:SourceArn": {"Fn::Sub": f"arn:${{AWS::Partition}}:s3:::{bucket}"}},
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
    }


def test_no_one_but_notify_may_publish_alerts(resources: Resources):
    (statement,) = chosen(resources["AlertsTopicPolicy"]["Properties"])["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Principal"]) == ("Allow", {"AWS": {"Fn::GetAtt": ["NotifyRole", "Arn"]}})
    publishers = [
        holder
        for holder in (*ROLES, *PEOPLE)
        if "Publish" in permissions(statements(resources[holder])).get("sns AlertsTopic", ())
    ]
    assert publishers == ["NotifyRole"]
