"""A stack's life by command: deployed in a second region, removed, adopted, removed with its data."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from infra.local import sam
from infra.local.environment import ACCESS_KEY, SECRET_KEY, local_parameters
from infra.local.home import CLONE, Home
from infra.stack.deployment.account import stack_place
from infra.stack.deployment.deploy_checks import check_nothing_in_the_way, existing_resources, stack_status
from infra.stack.deployment.deploying import carry_out_deployment, plan_deployment
from infra.stack.target import Target
from infra.stack.template import load_template
from tests.e2e.conftest import command_line
from tests.e2e.roles import aws_environment
from tests.e2e.support import Stack, eventually

REGION = "eu-west-1"
STACK = "second"


class Silent:
    @contextmanager
    def step(self, title: str) -> Iterator[Any]:
        del title
        yield lambda _word: None

    def say(self, line: str) -> None:
        """Nobody reads it."""


@pytest.fixture
def root(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    keys = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}
    settings = {**aws_environment(stack, REGION), **keys}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return settings


@pytest.mark.timeout(600)
def test_a_stack_in_a_second_region_is_removed_and_its_data_taken_into_a_new_one(stack: Stack, root: dict[str, str]):
    home, target = Home(CLONE, stack.home), Target(None, None, REGION, STACK)
    place, template, clipwire = stack_place(target), load_template(), command_line(root)
    built = home.state / "built"
    if not built.exists():
        sam.build(home, built, local_parameters(), lambda _word: None, stack.port)

    def deploy() -> None:
        left = check_nothing_in_the_way(existing_resources(target, template, place), place)
        plan = plan_deployment(target, template, local_parameters(), stack_status(target), left)
        carry_out_deployment(target, home, built, plan, Silent())

    def records() -> list[Any]:
        return target.client("dynamodb").scan(TableName=f"{STACK}-records")["Items"]

    clipwire("remove", "--stack", STACK, "--with-data", "--yes", code=None)  # what an earlier run may have left
    deploy()
    target.client("dynamodb").put_item(TableName=f"{STACK}-records", Item={"document_id": {"S": "kept"}})
    target.client("s3").put_object(Bucket=target.output("PagesBucketName"), Key="texts/kept", Body=b"kept")
    # On the emulator a function that is running makes its log group anew; extract is called with S3's test event.
    asked = {"logGroupName": f"/aws/lambda/{STACK}-extract", "filterPattern": "REPORT"}
    eventually(lambda: target.client("logs").filter_log_events(**asked)["events"], of="extract's first log lines")
    said = clipwire("remove", "--stack", STACK, "--yes").stderr
    assert "Stays: bucket second-pages-" in said
    assert stack_status(target) is None
    assert "in the way" in clipwire("deploy", "--stack", STACK, "--yes", code=1).stderr
    deploy()
    assert records() == [{"document_id": {"S": "kept"}}]
    del target.__dict__["description"], target.__dict__["outputs"]
    told = target.client("s3").get_bucket_notification_configuration(Bucket=target.output("PagesBucketName"))
    assert len(told["QueueConfigurations"]) == 2
    clipwire("remove", "--stack", STACK, "--with-data", "--yes")
    assert [one for one in existing_resources(target, template, place) if one.is_kept] == []
    assert stack.target.client("cloudformation").describe_stacks(StackName=stack.target.stack)["Stacks"]
