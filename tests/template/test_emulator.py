"""What keeps the very template deployable on the emulator, and asserts what it takes without doing anything."""

from tests.template.cfn import TEMPLATE, of_type, referred, walk

MAX_COLUMNS = 140  # CONTRIBUTING's; code has 120, held by ruff

# Each was refused by the emulator, and with it the whole template.
REFUSED = {
    "AWS::Logs::QueryDefinition",
    "AWS::Athena::NamedQuery",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::Events::Archive",
}
# Taken, but nothing happens, or an update fails: Clipwire does without.
IDLE = {"AWS::Pipes::Pipe", "AWS::Serverless::HttpApi", "AWS::CloudFormation::Stack", "AWS::Serverless::Application"}
DEPLOYED = {
    "AWS::Athena::WorkGroup",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::DynamoDB::Table",
    "AWS::Glue::Database",
    "AWS::Glue::Table",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Role",
    "AWS::Logs::LogGroup",
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::Subscription",
    "AWS::SNS::Topic",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::Queue",
    "AWS::SQS::QueuePolicy",
    "AWS::Serverless::Function",
    "AWS::Serverless::LayerVersion",
}
STAGES = ("Pages", "Articles", "Announcements")
PROMISED = {
    "PagesBucketName": "PagesBucket",
    "RecordsTableName": "RecordsTable",
    "RulesTableName": "RulesTable",
    "MatchesTableName": "MatchesTable",
    "AlertsTopicArn": "AlertsTopic",
    "OperatorsTopicArn": "OperatorsTopic",
    **{f"{stage}QueueUrl": f"{stage}Queue" for stage in STAGES},
    **{f"{stage}DeadLetterQueueUrl": f"{stage}DeadLetterQueue" for stage in (*STAGES, "Alerts")},
    **{f"{who}PolicyArn": f"{who}Policy" for who in ("Uploader", "Analyst", "Operator")},
    "DigestsTopicArn": "DigestsTopic",
    **{
        f"{stage}FunctionName": f"{stage}Function"
        for stage in ("Extract", "Enrich", "Notify", "Reconcile", "Desk", "Export", "Digest")
    },
}


def test_only_types_that_were_seen_to_work_on_the_emulator_are_used(resources):
    used = {resource["Type"] for resource in resources.values() if resource.get("Condition") != "ByTls"}
    assert not used & (REFUSED | IDLE)
    assert used <= DEPLOYED


def test_alarms_watch_one_metric_each_since_the_emulator_refuses_metric_math(resources):
    for name, alarm in of_type(resources, "CloudWatch::Alarm").items():
        assert "Metrics" not in alarm["Properties"], name


def test_conditions_ask_parameters_alone_since_the_emulator_knows_no_account_in_them(template):
    asked = {part["Ref"] for part in walk(template["Conditions"]) if isinstance(part, dict) and "Ref" in part}
    assert asked <= template["Parameters"].keys()


def test_every_parameter_has_a_default_and_says_what_it_does(template):
    for name, parameter in template["Parameters"].items():
        assert "Default" in parameter, name
        assert len(parameter["Description"]) > 30, name
    grouped = [
        name
        for group in template["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
        for name in group["Parameters"]
    ]
    assert sorted(grouped) == sorted(template["Parameters"])


def test_every_resource_is_named_after_the_stack_so_that_two_stacks_stand_side_by_side(resources):
    own = {name: resource for name, resource in resources.items() if resource["Type"] != "AWS::Athena::NamedQuery"}
    for name, resource in own.items():
        for key, value in resource.get("Properties", {}).items():
            if key.endswith("Name") and key not in {"DisplayName", "MetricName", "DatabaseName"}:
                assert "${AWS::StackName}-" in value["Fn::Sub"], name


def test_what_is_one_list_for_all_regions_of_an_account_is_named_after_the_region_too_or_not_at_all(resources):
    """Dashboards and IAM's roles and policies are account-global: a second region's stack would meet the first's."""
    assert "${AWS::Region}" in resources["Dashboard"]["Properties"]["DashboardName"]["Fn::Sub"]
    for kind, name in (("IAM::Role", "RoleName"), ("IAM::ManagedPolicy", "ManagedPolicyName")):
        assert [one for one, resource in of_type(resources, kind).items() if name in resource["Properties"]] == []


def test_no_line_of_the_template_is_past_140_columns():
    lines = enumerate(TEMPLATE.read_text(encoding="utf-8").splitlines(), 1)
    assert [number for number, line in lines if len(line) > MAX_COLUMNS] == []


def test_what_the_command_line_and_the_tests_look_for_is_an_output(template):
    outputs = {name: referred(output["Value"]) for name, output in template["Outputs"].items()}
    assert {name: outputs[name] for name in PROMISED} == PROMISED
    assert "DashboardUrl" in outputs


def test_alerts_keep_below_the_pace_at_which_sns_cuts_off_an_email_subscription(template):
    assert template["Parameters"]["AlertsPerSecond"]["MaxValue"] < 10


def test_each_suppressed_finding_has_its_reason_beside_it(resources):
    for name, resource in resources.items():
        for skipped in resource.get("Metadata", {}).get("checkov", {}).get("skip", []):
            assert len(skipped["comment"]) > 30, name


def test_functions_are_built_by_copying_and_layers_by_the_same_makefile(resources):
    for kind in ("Serverless::Function", "Serverless::LayerVersion"):
        for name, resource in of_type(resources, kind).items():
            assert resource["Metadata"]["BuildMethod"] == "makefile", name
