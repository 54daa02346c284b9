"""House rules: how what people entrust to Clipwire is kept, and how long."""

import pytest

from shared.domain.documents import Record
from shared.domain.limits import CLAIM_SECONDS, QUEUE_DAYS
from tests.template.cfn import chosen, load, of_type, referred, walk

QUEUES = sorted(of_type(load()["Resources"], "SQS::Queue"))
TABLES = sorted(of_type(load()["Resources"], "DynamoDB::Table"))
TOPICS = sorted(of_type(load()["Resources"], "SNS::Topic"))
KEY = {"Ref": "EncryptionKeyArn"}
PLAIN_HTTP = {"Bool": {"aws:SecureTransport": "false"}}
LONG_ATTRIBUTES = {"text", "sections", "topic_evidence", "topic_scores", "rule_sentences"}


def rules_of(resources, **conditions):
    rules = chosen(resources["PagesBucket"]["Properties"], **conditions)["LifecycleConfiguration"]["Rules"]
    return {rule.get("Prefix", ""): rule for rule in rules}


@pytest.mark.parametrize("queue", QUEUES)
def test_a_queue_is_encrypted_by_the_service_or_by_the_customers_key(resources, queue):
    properties = resources[queue]["Properties"]
    assert chosen(properties)["SqsManagedSseEnabled"] is True
    assert chosen(properties, HasKey=True)["KmsMasterKeyId"] == KEY
    assert "SqsManagedSseEnabled" not in chosen(properties, HasKey=True)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_encrypted_restorable_and_paid_by_use(resources, table):
    properties = resources[table]["Properties"]
    assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert properties["BillingMode"] == "PAY_PER_REQUEST"
    assert "SSESpecification" not in chosen(properties)  # DynamoDB then encrypts with a key of its own
    assert chosen(properties, HasKey=True)["SSESpecification"] == {
        "SSEEnabled": True,
        "SSEType": "KMS",
        "KMSMasterKeyId": KEY,
    }


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_encrypted_by_the_customers_key_where_there_is_one(resources, topic):
    assert chosen(resources[topic]["Properties"], HasKey=True)["KmsMasterKeyId"] == KEY


def test_alerts_are_encrypted_even_without_a_key_of_the_customers(resources):
    assert chosen(resources["AlertsTopic"]["Properties"])["KmsMasterKeyId"] == "alias/aws/sns"


def test_the_bucket_is_encrypted_and_closed_to_the_public(resources):
    properties = resources["PagesBucket"]["Properties"]
    assert set(properties["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(properties["PublicAccessBlockConfiguration"]) == 4
    assert properties["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}

    def encryption(**conditions):
        (rule,) = chosen(properties, **conditions)["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        return rule["ServerSideEncryptionByDefault"]

    assert encryption() == {"SSEAlgorithm": "AES256"}
    assert encryption(HasKey=True) == {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY}


def test_logs_and_function_settings_are_encrypted_by_the_customers_key_where_there_is_one(template, resources):
    for logs in of_type(resources, "Logs::LogGroup").values():
        assert chosen(logs["Properties"], HasKey=True)["KmsKeyId"] == KEY
    assert chosen(template["Globals"]["Function"], HasKey=True)["KmsKeyArn"] == KEY


def test_whatever_holds_documents_refuses_what_does_not_come_by_tls(template, resources):
    assert template["Parameters"]["TlsOnly"]["Default"] == "true"
    assert template["Conditions"]["ByTls"] == {"Fn::Equals": [{"Ref": "TlsOnly"}, "true"]}
    refusing = set()
    for policy in resources.values():
        if policy["Type"] in {"AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"}:
            properties = chosen(policy["Properties"], ByTls=True)
            held = properties.get("Queues") or properties.get("Topics") or [properties["Bucket"]]
            denials = [s for s in properties["PolicyDocument"]["Statement"] if s.get("Sid") == "TlsOnly"]
            assert [(d["Effect"], d["Principal"], d["Condition"]) for d in denials] == [("Deny", "*", PLAIN_HTTP)]
            refusing |= {referred(resource) for resource in held}
    assert refusing == {"PagesBucket", *QUEUES, *TOPICS}


def test_deleting_an_object_deletes_its_content_since_no_older_version_is_kept(resources):
    assert "VersioningConfiguration" not in resources["PagesBucket"]["Properties"]


def test_a_parked_article_outlives_every_message_that_names_it_and_then_goes(resources):
    longest = max(resources[queue]["Properties"]["MessageRetentionPeriod"] for queue in QUEUES)
    assert rules_of(resources)["handoff/"]["ExpirationInDays"] * 86_400 > longest


def test_pages_and_records_are_kept_for_ever_unless_a_parameter_says_how_long(template, resources):
    assert [template["Parameters"][name]["Default"] for name in ("PagesRetentionDays", "RecordRetentionDays")] == [0, 0]
    assert not {"incoming/", "texts/"} & rules_of(resources).keys()
    expiring = rules_of(resources, PagesExpire=True, RecordsExpire=True)
    assert expiring["incoming/"]["ExpirationInDays"] == {"Ref": "PagesRetentionDays"}
    assert expiring["texts/"]["ExpirationInDays"] == {"Ref": "RecordRetentionDays"}


def test_feeds_in_the_bucket_expire_since_they_name_pages_that_may_be_deleted(resources):
    assert rules_of(resources)["feeds/"]["ExpirationInDays"] == 1


def test_an_upload_that_is_never_finished_is_cleared_away(resources):
    assert rules_of(resources)[""]["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}


@pytest.mark.parametrize("table", ["RecordsTable", "MatchesTable", "HistoryTable", "ToldTable", "ViewsTable"])
def test_tombstones_and_expiring_rows_go_by_themselves(resources, table):
    assert resources[table]["Properties"]["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


@pytest.mark.parametrize(
    "kept", ["PagesBucket", "RecordsTable", "RulesTable", "HistoryTable", "ToldTable", "ViewsTable"]
)
def test_what_cannot_be_made_again_survives_the_stack(resources, kept):
    assert (resources[kept]["DeletionPolicy"], resources[kept]["UpdateReplacePolicy"]) == (
        "RetainExceptOnCreate",
        "Retain",
    )


def test_every_change_of_an_upload_reaches_the_pages_queue_and_nothing_else_does(resources):
    properties = resources["PagesBucket"]["Properties"]
    events = properties["NotificationConfiguration"]["QueueConfigurations"]
    assert [event["Event"] for event in events] == ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]
    for event in events:
        assert referred(event["Queue"]) == "PagesQueue"
        assert event["Filter"] == {"S3Key": {"Rules": [{"Name": "prefix", "Value": "incoming/"}]}}
    assert resources["PagesBucket"]["DependsOn"] == "PagesQueuePolicy"


def test_the_indexes_answer_the_teams_questions_with_what_a_list_shows(resources):
    indexes = {index["IndexName"]: index for index in resources["RecordsTable"]["Properties"]["GlobalSecondaryIndexes"]}
    keys = {name: [key["AttributeName"] for key in index["KeySchema"]] for name, index in indexes.items()}
    assert keys == {
        "by-topic": ["topic", "timeline_at"],
        "by-site": ["site", "timeline_at"],
        "by-day": ["processed_on", "processed_at"],
        "by-story": ["story_id", "timeline_at"],
        "needs-attention": ["attention", "processed_at"],
    }
    for name, index in indexes.items():
        shown = index["Projection"]["NonKeyAttributes"]
        assert set(shown) <= set(Record.model_fields), name
        assert not LONG_ATTRIBUTES & set(shown), name
        assert not set(shown) & {"document_id", *keys[name]}, name


def test_the_indexes_together_project_no_more_attributes_than_a_table_may(resources):
    shown = [
        names
        for part in walk(resources["RecordsTable"])
        if isinstance(part, dict)
        for names in part.get("NonKeyAttributes", [])
    ]
    assert len(shown) <= 100


def test_the_tables_keys_are_those_that_the_adapters_write(resources):
    keys = {table: [key["AttributeName"] for key in resources[table]["Properties"]["KeySchema"]] for table in TABLES}
    assert keys == {
        "RecordsTable": ["document_id"],
        "RulesTable": ["name"],
        "MatchesTable": ["rule", "matched_at_document"],
        "StoriesTable": ["key", "at"],
        "HistoryTable": ["document_id", "entry"],
        "ToldTable": ["story_id"],
        "ViewsTable": ["view", "entry"],
    }


def test_what_the_ledger_forgets_is_older_than_any_message_that_waits(template, resources):
    """A message that finds no row must be able to trust that there was none; else enrich looks at the page."""
    longest = max(resources[queue]["Properties"]["MessageRetentionPeriod"] for queue in QUEUES) // 86_400
    assert longest == QUEUE_DAYS
    assert template["Parameters"]["TombstoneDays"]["MinValue"] == QUEUE_DAYS + 1
    (assertion,) = template["Rules"]["RecordsOutliveTheirMessages"]["Assertions"]
    (refusal,) = assertion["Assert"]["Fn::Not"]
    refused, parameter = refusal["Fn::Contains"]
    assert [int(days) for days in refused] == list(range(1, QUEUE_DAYS + 1))
    assert parameter == {"Ref": "RecordRetentionDays"}


def test_the_claim_of_an_alert_outlives_its_worker_and_not_its_message(resources):
    notify = resources["NotifyFunction"]["Properties"]["Timeout"]
    assert notify < CLAIM_SECONDS < resources["AnnouncementsQueue"]["Properties"]["VisibilityTimeout"]
