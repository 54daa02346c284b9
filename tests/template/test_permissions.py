"""Least privilege, pinned: a permission is added here on purpose or not at all."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from tests.template.cfn import Resources, chosen, load, of_type

MAX_POLICY_CHARACTERS = 6_144  # IAM's quota for a managed policy, without white space
ROLES = sorted(of_type(load()["Resources"], "IAM::Role"))
PEOPLE = sorted(of_type(load()["Resources"], "IAM::ManagedPolicy"))
NO_NARROWER_RESOURCE = {
    "cloudwatch:DescribeAlarms",  # a list is asked of all alarms
    "cloudwatch:GetMetricData",
    "cloudwatch:ListDashboards",
    "cloudwatch:ListMetrics",
    "lambda:GetAccountSettings",
    "athena:ListWorkGroups",
    "dynamodb:ListTables",
    "sns:GetSubscriptionAttributes",
    "sns:SetSubscriptionAttributes",
    "sns:Unsubscribe",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
}
HERE = "${AWS::Region}:${AWS::AccountId}:"
ANY_REGION = "::${AWS::AccountId}:"  # dashboards

READS_A_TABLE = {"DescribeTable", "GetItem", "BatchGetItem", "Query", "Scan", "PartiQLSelect"}
ASKS_IN_SQL = {
    *("GetWorkGroup", "StartQueryExecution", "StopQueryExecution", "GetQueryExecution", "GetQueryResults"),
    *("ListQueryExecutions", "ListNamedQueries", "GetNamedQuery", "BatchGetNamedQuery"),
}
KEEPS_ANSWERS = {"GetObject", "PutObject", "AbortMultipartUpload", "ListMultipartUploadParts"}
READS_A_CATALOG = {"GetTable", "GetTables", "GetPartitions"}
READS_AN_INDEX = {"Query", "Scan", "PartiQLSelect"}
KEEPS_MATCHES = {"GetItem", "PutItem", "DeleteItem", "ConditionCheckItem"}
FORGETS_STORIES = {"GetItem", "BatchWriteItem", "DeleteItem"}
JOINS_STORIES = {*FORGETS_STORIES, "PutItem", "UpdateItem", "Query", "BatchGetItem"}
TAKES_MESSAGES = {"ReceiveMessage", "DeleteMessage", "GetQueueAttributes"}
WORKS_QUEUES = {*TAKES_MESSAGES, "GetQueueUrl", "SendMessage", "ChangeMessageVisibility"}
KEEPS_INBOXES = {*TAKES_MESSAGES, "CreateQueue", "DeleteQueue", "GetQueueUrl", "SetQueueAttributes"}
WRITES_LOGS = {"CreateLogStream", "PutLogEvents"}

ALLOWED: dict[str, dict[str, set[str]]] = {
    "ExtractRole": {
        "logs ExtractLogs": WRITES_LOGS,
        "sqs PagesQueue": TAKES_MESSAGES,
        "s3 PagesBucket": {"ListBucket"},
        "s3 PagesBucket/incoming/*": {"GetObject"},
        "s3 PagesBucket/handoff/*": {"PutObject", "DeleteObject"},
        "s3 PagesBucket/texts/*": {"DeleteObject"},
        "dynamodb RecordsTable": {"GetItem", "UpdateItem"},
        "dynamodb ToldTable": {"GetItem", "PutItem"},
        "dynamodb MatchesTable": KEEPS_MATCHES,
        "dynamodb StoriesTable": FORGETS_STORIES,
        "dynamodb HistoryTable": {"PutItem", "Query", "UpdateItem"},
        "sqs ArticlesQueue": {"SendMessage"},
        "sqs AnnouncementsQueue": {"SendMessage"},
    },
    "EnrichRole": {
        "logs EnrichLogs": WRITES_LOGS,
        "sqs ArticlesQueue": TAKES_MESSAGES,
        "s3 PagesBucket": {"ListBucket"},
        "s3 PagesBucket/incoming/*": {"GetObject"},
        "s3 PagesBucket/handoff/*": {"GetObject", "DeleteObject"},
        "s3 PagesBucket/texts/*": {"PutObject", "DeleteObject"},
        "dynamodb RecordsTable": {"GetItem", "UpdateItem"},
        "dynamodb ToldTable": {"GetItem", "PutItem"},
        "dynamodb RulesTable": {"BatchGetItem", "Scan", "UpdateItem"},
        "dynamodb MatchesTable": KEEPS_MATCHES,
        "dynamodb StoriesTable": JOINS_STORIES,
        "dynamodb HistoryTable": {"PutItem"},
        "sqs AnnouncementsQueue": {"SendMessage"},
    },
    "NotifyRole": {
        "logs NotifyLogs": WRITES_LOGS,
        "sqs AnnouncementsQueue": TAKES_MESSAGES,
        "dynamodb RecordsTable": {"GetItem"},
        "dynamodb HistoryTable": {"UpdateItem"},
        "dynamodb ToldTable": {"GetItem", "PutItem"},
        "dynamodb ViewsTable": {"Query", "PutItem", "UpdateItem"},
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
        "sqs ArticlesQueue": {"GetQueueAttributes"},
    },
    "DigestRole": {
        "logs DigestLogs": WRITES_LOGS,
        "dynamodb RecordsTable": {"GetItem"},
        "dynamodb RecordsTable/index/by-story": {"Query"},
        "dynamodb ToldTable": {"GetItem", "PutItem"},
        "dynamodb ViewsTable": {"Query", "PutItem", "BatchWriteItem"},
        "sns AlertsTopic": {"Publish"},
        "sns DigestsTopic": {"Publish"},
    },
    "DeskRole": {
        "logs DeskLogs": WRITES_LOGS,
        "s3 PagesBucket": {"ListBucket"},
        "s3 PagesBucket/texts/*": {"GetObject"},
        "s3 PagesBucket/days/texts/*": {"GetObject"},
        "dynamodb RecordsTable": {"GetItem", "BatchGetItem"},
        "dynamodb RecordsTable/index/*": {"Query"},
        "dynamodb MatchesTable": {"Query"},
        "dynamodb HistoryTable": {"Query"},
        "dynamodb RulesTable": {"Scan"},
    },
    "ExportRole": {
        "logs ExportLogs": WRITES_LOGS,
        "dynamodb RecordsTable": {"BatchGetItem"},
        "dynamodb RecordsTable/index/by-day": {"Query", "Scan"},
        "dynamodb HistoryTable": {"Query"},
        "dynamodb HistoryTable/index/by-day": {"Query"},
        "dynamodb RulesTable": {"Scan"},
        "dynamodb ToldTable": {"BatchGetItem"},
        "s3 PagesBucket": {"ListBucket"},
        "s3 PagesBucket/days/*": {"PutObject", "DeleteObject"},
        "s3 PagesBucket/operations/export.json": {"GetObject", "PutObject"},
    },
    "UploaderPolicy": {"s3 PagesBucket/incoming/*": {"PutObject"}},
    "AnalystPolicy": {
        "dynamodb *": {"ListTables"},
        "dynamodb RecordsTable": READS_A_TABLE,
        "dynamodb RecordsTable/index/*": READS_AN_INDEX,
        "dynamodb RulesTable": READS_A_TABLE,
        "dynamodb MatchesTable": READS_A_TABLE,
        "dynamodb HistoryTable": READS_A_TABLE,
        "dynamodb ToldTable": READS_A_TABLE,
        "dynamodb ViewsTable": READS_A_TABLE,
        "s3 PagesBucket/texts/*": {"GetObject"},
        "s3 PagesBucket/days/*": {"GetObject"},
        "s3 PagesBucket/answers/*": KEEPS_ANSWERS,
        "s3 PagesBucket": {"ListBucket", "GetBucketLocation"},
        "athena workgroup/${QuestionsWorkGroup}": ASKS_IN_SQL,
        "athena *": {"ListWorkGroups"},
        "glue catalog": {"GetDatabase", *READS_A_CATALOG},
        "glue database/${DaysDatabase}": {"GetDatabase", *READS_A_CATALOG},
        "glue table/${DaysDatabase}/*": READS_A_CATALOG,
        "lambda DeskFunction": {"InvokeFunction"},
        "cloudwatch dashboard/${Dashboard}": {"GetDashboard"},
        "cloudwatch *": {"ListDashboards"},
        "cloudformation stack/${AWS::StackName}/*": {"DescribeStacks"},
    },
    "OperatorPolicy": {
        **{
            f"sqs {stage}{kind}Queue": WORKS_QUEUES
            for stage in ("Pages", "Articles", "Announcements")
            for kind in ("", "DeadLetter")
        },
        "sqs AlertsDeadLetterQueue": WORKS_QUEUES,
        "sqs ${AWS::StackName}-inbox-*": KEEPS_INBOXES,
        "s3 PagesBucket/incoming/*": {"GetObject"},
        "s3 PagesBucket/incoming/clipwire-smoke/*": {"PutObject", "DeleteObject"},
        "s3 PagesBucket/feeds/*": {"GetObject", "PutObject"},
        "s3 PagesBucket/texts/*": {"GetObject"},
        "s3 PagesBucket": {"ListBucket", "GetBucketNotification", "GetBucketPolicy"},
        "dynamodb RecordsTable": READS_A_TABLE,
        "dynamodb RecordsTable/index/*": READS_AN_INDEX,
        "dynamodb MatchesTable": {*READS_A_TABLE, "BatchWriteItem"},
        "dynamodb HistoryTable": READS_A_TABLE,
        "dynamodb ToldTable": READS_A_TABLE,
        "dynamodb ViewsTable": {
            "DescribeTable",
            "GetItem",
            "Query",
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "BatchWriteItem",
        },
        "dynamodb RulesTable": {"DescribeTable", "GetItem", "Scan", "PutItem", "UpdateItem", "DeleteItem"},
        "sns AlertsTopic": {"Subscribe", "ListSubscriptionsByTopic", "GetTopicAttributes"},
        "sns DigestsTopic": {"Subscribe", "ListSubscriptionsByTopic", "GetTopicAttributes"},
        "sns OperatorsTopic": {"ListSubscriptionsByTopic", "GetTopicAttributes"},
        "sns *": {"Unsubscribe", "GetSubscriptionAttributes", "SetSubscriptionAttributes"},
        "logs log-group:/aws/lambda/${AWS::StackName}-*": {"FilterLogEvents"},
        "cloudformation stack/${AWS::StackName}/*": {"DescribeStacks", "GetTemplate"},
        "cloudwatch dashboard/${Dashboard}": {"GetDashboard"},
        "cloudwatch *": {"DescribeAlarms", "ListDashboards", "GetMetricData", "ListMetrics"},
        "athena workgroup/${QuestionsWorkGroup}": {"GetWorkGroup"},
        "lambda *": {"GetAccountSettings"},
        "lambda DeskFunction": {"InvokeFunction"},
        "lambda function:${AWS::StackName}-*": {"GetFunctionConfiguration"},
    },
}


def statements(resource: dict[str, Any], **conditions: bool) -> list[dict[str, Any]]:
    properties = chosen(resource["Properties"], **conditions)
    policies = properties.get("Policies", [properties])
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def place(resource: Any) -> str:
    """`PagesBucket/incoming/*` for a part, the logical id for a whole resource, the end of an ARN that is spelt out."""
    if isinstance(resource, str):
        return resource
    for account in (HERE, ANY_REGION):
        if account in resource.get("Fn::Sub", ""):
            return resource["Fn::Sub"].partition(account)[2]
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
    looks = {"DescribeKey", "GetKeyPolicy"} if holder == "OperatorPolicy" else set()  # for `clipwire check`
    assert of_the_key(HasKey=True) <= {"Decrypt", "GenerateDataKey"} | looks


def test_an_uploader_with_a_customers_key_may_do_what_a_multipart_upload_asks_of_it(resources: Resources):
    allowed = permissions(statements(resources["UploaderPolicy"], HasKey=True))
    assert allowed["kms EncryptionKeyArn"] == {"Decrypt", "GenerateDataKey"}


def test_an_analyst_with_a_customers_key_may_have_answers_written(resources: Resources):
    allowed = permissions(statements(resources["AnalystPolicy"], HasKey=True))
    assert allowed["kms EncryptionKeyArn"] == {"Decrypt", "GenerateDataKey"}


@pytest.mark.parametrize("holder", ["ExtractRole", "EnrichRole", "ReconcileRole", "OperatorPolicy"])
def test_whoever_must_tell_a_missing_object_from_a_forbidden_one_may_list_the_bucket(resources, holder):
    """S3 answers 403 for an object that is not there to callers without s3:ListBucket; its check names no prefix."""
    listing = [one for one in statements(resources[holder]) if "s3:ListBucket" in listed(one["Action"])]
    assert [one.get("Condition") for one in listing] == [None]


@pytest.mark.parametrize("policy", PEOPLE)
def test_a_policy_for_people_has_no_name_since_names_are_one_for_all_regions_and_a_named_policy_cannot_be_replaced(
    resources, policy
):
    assert "ManagedPolicyName" not in resources[policy]["Properties"]
    assert "RoleName" not in {key for role in ROLES for key in resources[role]["Properties"]}


@pytest.mark.parametrize("policy", PEOPLE)
def test_a_policy_for_people_is_no_longer_than_iam_takes_under_the_longest_names(resources, policy):
    document = chosen(resources[policy]["Properties"], HasKey=True)["PolicyDocument"]
    longest = {"${AWS::StackName}": "s" * 30, "${AWS::Region}": "ap-southeast-1", "${AWS::AccountId}": "1" * 12}
    text = json.dumps(document, separators=(",", ":"))
    for name, value in {**longest, "${AWS::Partition}": "aws-us-gov"}.items():
        text = text.replace(name, value)
    references = text.count('"Fn::GetAtt"') + text.count('"Ref"') + text.count('"Fn::Sub"')
    assert len(text) + 60 * references < MAX_POLICY_CHARACTERS  # a reference becomes an ARN of up to 60 characters more


def test_only_this_bucket_of_this_account_may_put_events_in_the_pages_queue(resources: Resources):
    (event,) = chosen(resources["PagesQueuePolicy"]["Properties"])["PolicyDocument"]["Statement"]
    assert (event["Principal"], event["Action"]) == ({"Service": "s3.amazonaws.com"}, "sqs:SendMessage")
    bucket = resources["PagesBucket"]["Properties"]["BucketName"]["Fn::Sub"]
    assert event["Condition"] == {
        "ArnEquals": {"aws:SourceArn": {"Fn::Sub": f"arn:${{AWS::Partition}}:s3:::{bucket}"}},
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
    }


@pytest.mark.parametrize(
    ("topic", "publishers"),
    [
        ("AlertsTopic", ["NotifyRole", "DigestRole"]),
        ("DigestsTopic", ["DigestRole"]),
        ("ChatTopic", ["NotifyRole"]),
    ],
)
def test_no_one_but_these_functions_may_publish_on_a_topic(resources: Resources, topic: str, publishers: list[str]):
    (statement,) = chosen(resources[f"{topic}Policy"]["Properties"])["PolicyDocument"]["Statement"]
    principals = [{"Fn::GetAtt": [role, "Arn"]} for role in publishers]
    assert (statement["Effect"], listed(statement["Principal"]["AWS"])) == ("Allow", principals)
    allowed = [
        holder
        for holder in (*ROLES, *PEOPLE)
        if "Publish" in permissions(statements(resources[holder], HasChat=True)).get(f"sns {topic}", ())
    ]
    assert sorted(allowed) == sorted(publishers)


def test_a_stack_without_chat_has_no_topic_for_it(resources: Resources):
    assert {resources[name]["Condition"] for name in ("ChatTopic", "ChatTopicPolicy")} == {"HasChat"}
    assert "sns ChatTopic" not in permissions(statements(resources["NotifyRole"]))
