"""What a deployment looks at before it builds, and what it makes of what it finds."""

import json
import re

import pytest
from botocore.exceptions import ClientError

from infra.cli.commands.deploy import data_to_adopt, parse_pairs
from infra.cli.commands.remove import describe_removal
from infra.errors import CliError
from infra.stack.deployment.adoption import import_template
from infra.stack.deployment.deploy_checks import (
    check_nothing_in_the_way,
    check_parameters,
    check_stack_name,
    check_stack_status,
)
from infra.stack.deployment.deploying import starts_anew
from infra.stack.deployment.key_policy import key_policy
from infra.stack.deployment.quotas import executions_needed, fitting_stage_concurrency
from infra.stack.deployment.removal import Removal
from infra.stack.target import Target
from infra.stack.template import NamedResource, StackPlace, load_template, named_resources

PLACE = StackPlace("clipwire", "123456789012", "eu-west-1")
ALLOWED = [2, 3, 4, 5, 6, 7, 8, 10, 20, 50, 100]
BUCKET = NamedResource("PagesBucket", "AWS::S3::Bucket", "clipwire-pages-123456789012-eu-west-1", is_kept=True)
RECORDS = NamedResource("RecordsTable", "AWS::DynamoDB::Table", "clipwire-records", is_kept=True)
QUEUE = NamedResource("PagesQueue", "AWS::SQS::Queue", "clipwire-pages", is_kept=False)


@pytest.mark.parametrize("name", ["Clipwire", "clip_wire", "1clip", "clip-", "clip--wire", ""])
def test_a_stacks_name_that_no_bucket_may_have_is_refused(name):
    with pytest.raises(CliError, match="cannot be a stack's name"):
        check_stack_name(StackPlace(name, PLACE.account, PLACE.region))


def test_a_stacks_name_may_be_as_long_as_the_buckets_name_allows_in_that_region():
    longest = "s" * 34
    check_stack_name(StackPlace(longest, PLACE.account, "eu-west-1"))
    with pytest.raises(CliError, match="too long") as refused:
        check_stack_name(StackPlace(longest, PLACE.account, "ap-southeast-1"))
    assert "29 characters" in refused.value.todo


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"Architectur": "arm64"}, "Did you mean Architecture"),
        ({"Architecture": "riscv"}, "arm64, x86_64"),
        ({"TombstoneDays": "soon"}, "whole number"),
        ({"AlertsPerSecond": "12"}, "from 1 to 9"),
        ({"EncryptionKeyArn": "alias/mine"}, "KMS key"),
    ],
)
def test_a_parameter_that_the_template_would_refuse_is_refused_before_anything_is_built(given, said):
    with pytest.raises(CliError) as refused:
        check_parameters(load_template(), given)
    assert said in f"{refused.value.what} {refused.value.todo}"


def test_sound_parameters_pass():
    check_parameters(
        load_template(), {"Architecture": "x86_64", "AlarmEmail": "ops@example.org", "TombstoneDays": "40"}
    )


def test_a_word_that_is_no_pair_is_refused():
    with pytest.raises(CliError, match="NAME=VALUE"):
        parse_pairs(["AlarmEmail"])
    assert parse_pairs(["AlarmEmail=a=b"]) == {"AlarmEmail": "a=b"}


@pytest.mark.parametrize("status", ["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED", "DELETE_FAILED"])
def test_a_stack_that_cannot_be_updated_now_is_named_with_what_to_do(status):
    with pytest.raises(CliError, match=status) as refused:
        check_stack_status(Target(None, None, "eu-west-1"), status)
    assert refused.value.todo


@pytest.mark.parametrize(
    "status", [None, "CREATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE", "ROLLBACK_COMPLETE"]
)
def test_a_new_a_sound_and_a_never_whole_stack_can_be_deployed_to(status):
    check_stack_status(Target(None, None, "eu-west-1"), status)
    assert starts_anew(status) == (status in {None, "ROLLBACK_COMPLETE"})


def test_data_that_was_left_can_be_adopted_and_anything_else_is_in_the_way():
    assert check_nothing_in_the_way([BUCKET, RECORDS], PLACE) == [BUCKET, RECORDS]
    with pytest.raises(CliError, match="queue clipwire-pages"):
        check_nothing_in_the_way([BUCKET, QUEUE], PLACE)


class AccountWithTheBucketAlone:
    """A target whose account has the pages bucket, and no other resource that the template names."""

    def client(self, _service):
        return self

    def __getattr__(self, call):
        def answer(**asked):
            if asked == {"Bucket": BUCKET.name}:
                return {}
            raise ClientError({"Error": {"Code": "404"}}, call)

        return answer


@pytest.mark.parametrize("status", [None, "ROLLBACK_COMPLETE"])
def test_data_that_outlived_a_removed_or_a_failed_stack_is_adopted_if_agreed_and_else_named_as_in_the_way(status):
    left = (AccountWithTheBucketAlone(), load_template(), PLACE, status)
    assert data_to_adopt(*left, is_agreed=True) == [BUCKET]
    with pytest.raises(CliError, match="is in the way"):
        data_to_adopt(*left, is_agreed=False)


def test_every_resource_that_the_template_names_is_known_by_its_name_in_that_account_and_region():
    named = {one.logical_id: one for one in named_resources(load_template(), PLACE)}
    assert named["PagesBucket"] == BUCKET
    assert named["RecordsTable"] == RECORDS
    assert [one.name for one in named.values() if "${" in one.name] == []
    assert {one.logical_id for one in named.values() if one.is_kept} >= {"PagesBucket", "RecordsTable", "RulesTable"}


@pytest.mark.parametrize(
    ("available", "wanted", "fitting"),
    [(10, 20, 3), (1000, 20, 20), (43, 20, 20), (42, 20, 10), (5, 20, 2), (1000, 2, 2)],
)
def test_stage_concurrency_is_the_largest_that_the_account_can_run(available, wanted, fitting):
    assert fitting_stage_concurrency(available, ALLOWED, wanted) == fitting


def test_a_new_accounts_ten_executions_are_enough_for_the_concurrency_that_is_chosen():
    assert executions_needed(fitting_stage_concurrency(10, ALLOWED, 20)) <= 10


def test_an_import_declares_what_is_adopted_alone_and_keeps_it_if_the_import_fails():
    template = load_template()
    made = import_template(template, [BUCKET, RECORDS])
    assert list(made["Resources"]) == ["PagesBucket", "RecordsTable"]
    assert made["Resources"]["PagesBucket"]["Properties"] == {"BucketName": BUCKET.name}  # its queue is not there yet
    assert made["Resources"]["RecordsTable"]["Properties"] == template["Resources"]["RecordsTable"]["Properties"]
    assert {one["DeletionPolicy"] for one in made["Resources"].values()} == {"Retain"}
    assert "Outputs" not in made
    json.dumps(made)


def test_the_key_policy_lets_each_service_use_the_key_for_this_account_alone():
    statements = {one["Sid"]: one for one in key_policy(PLACE)["Statement"]}
    users = {one["Principal"].get("Service"): one for one in statements.values() if "Service" in one["Principal"]}
    assert set(users) == {
        "s3.amazonaws.com",
        "sns.amazonaws.com",
        "cloudwatch.amazonaws.com",
        "logs.eu-west-1.amazonaws.com",
    }
    assert [user for user, statement in users.items() if PLACE.account not in json.dumps(statement["Condition"])] == []
    assert not re.search(r"\$\{", json.dumps(statements))


def test_a_removal_says_first_what_goes_and_what_stays():
    plan = Removal("CREATE_COMPLETE", 56, [BUCKET, RECORDS], [])
    kept = "\n".join(describe_removal(plan, with_data=False))
    assert re.search(r"Goes: +56 resources", kept)
    assert re.search(rf"Stays: bucket {BUCKET.name}, table clipwire-records\.", kept)
    taken = "\n".join(describe_removal(plan, with_data=True))
    assert re.search(rf"Goes: +bucket {BUCKET.name}", taken)
    assert "backup" in taken
