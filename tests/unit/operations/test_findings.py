"""The commands that `clipwire check` names are ones that there are, for the stack that was looked at."""

import json
import re

import pytest
import typer

from infra.cli import app
from infra.operate.deployment_checks import notification_settings
from infra.operate.findings import Finding, Verdict, deploy_command, is_sound, rebuild_command
from infra.stack.target import Target
from tests.template.cfn import load

AWS = Target(None, None, "eu-west-1", "desk")


@pytest.mark.parametrize("said", [deploy_command(AWS, "--parameter A=b"), rebuild_command(AWS)])
def test_a_command_names_the_region_and_the_stack_and_has_the_options_that_it_uses(said):
    commands = typer.main.get_command(app.build()).commands
    for name, rest in re.findall(r"clipwire ([a-z]+)([^,]*)", said):
        known = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known
        assert "--region eu-west-1 --stack desk" in rest


def test_locally_the_commands_are_those_of_the_local_stack():
    assert deploy_command(Target(4566)) == "clipwire up"
    assert rebuild_command(Target(4566)) == "clipwire down --wipe, then clipwire up"


@pytest.mark.parametrize(
    ("verdicts", "sound"),
    [
        ([Verdict.WELL], True),
        ([Verdict.WELL, Verdict.NOTE, Verdict.UNREADABLE], True),
        ([Verdict.WELL, Verdict.MEND], False),
    ],
)
def test_a_stack_is_sound_unless_something_needs_a_person(verdicts, sound):
    assert is_sound([Finding("part", verdict, "what") for verdict in verdicts]) == sound


def test_the_settings_that_put_events_back_are_those_of_the_template():
    written = load()["Resources"]["PagesBucket"]["Properties"]["NotificationConfiguration"]["QueueConfigurations"]
    (ours,) = notification_settings("arn:aws:sqs:eu-west-1:1:q")["QueueConfigurations"]
    assert ours["Events"] == [one["Event"] for one in written]
    for one in written:
        assert one["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "incoming/"}]
    assert json.loads(json.dumps(ours))["Filter"]["Key"]["FilterRules"] == [{"Name": "prefix", "Value": "incoming/"}]
