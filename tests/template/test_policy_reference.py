"""Every statement of every policy, held against AWS's service reference: the action exists and takes the resource."""

import json
import subprocess
from pathlib import Path
from typing import Any

from infra.stack.deployment.key_policy import key_policy
from infra.stack.template import StackPlace
from tests.template.cfn import ROOT, of_type, referred, walk
from tests.template.test_permissions import listed, statements

PLACE = StackPlace("clipwire", "123456789012", "eu-west-1")
HERE = f"{PLACE.region}:{PLACE.account}"
# What `!Ref` and `!GetAtt X.Arn` of each type come to.
ARNS = {
    "AWS::S3::Bucket": "arn:aws:s3:::clipwire-pages",
    "AWS::DynamoDB::Table": f"arn:aws:dynamodb:{HERE}:table/clipwire-table",
    "AWS::SQS::Queue": f"arn:aws:sqs:{HERE}:clipwire-queue",
    "AWS::SNS::Topic": f"arn:aws:sns:{HERE}:clipwire-topic",
    "AWS::Serverless::Function": f"arn:aws:lambda:{HERE}:function:clipwire-function",
    "AWS::Logs::LogGroup": f"arn:aws:logs:{HERE}:log-group:/aws/lambda/clipwire-function:*",
}
KEY_ARN = f"arn:aws:kms:{HERE}:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def arn_of(resources: dict[str, Any], resource: Any) -> str:
    """A resource of a statement as AWS would see it."""
    if isinstance(resource, str):
        return resource
    if resource == {"Ref": "EncryptionKeyArn"}:
        return KEY_ARN
    text = PLACE.substitute(resource.get("Fn::Sub", ""))
    for name, of_one in resources.items():
        text = text.replace(f"${{{name}.Arn}}", ARNS.get(of_one["Type"], "")).replace(f"${{{name}}}", "name")
    return text or ARNS[resources[referred(resource)]["Type"]]


def problems(asked: list[dict[str, str]], made: Any) -> list[dict[str, str]]:
    made(".clipwire/checks/.installed")
    script = Path(__file__).with_name("policy_reference.py")
    python = ROOT / ".clipwire" / "checks" / "bin" / "python"
    ended = subprocess.run(
        [python, "-W", "ignore", script], input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    found: list[dict[str, str]] = json.loads(ended.stdout)
    return found


def questions(resources: dict[str, Any], holder: str, found: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [
        {"holder": holder, "action": action, "resource": arn_of(resources, resource)}
        for statement in found
        for action in listed(statement["Action"])
        if "*" not in action
        for resource in listed(statement["Resource"])
    ]


def test_every_action_of_every_policy_is_one_of_awss_and_takes_the_resource_that_it_is_given(resources, made):
    asked = []
    for holder in {**of_type(resources, "IAM::Role"), **of_type(resources, "IAM::ManagedPolicy")}:
        asked += questions(resources, holder, statements(resources[holder], HasKey=True, Traced=True))
    for kind in ("SQS::QueuePolicy", "SNS::TopicPolicy"):
        for holder, policy in of_type(resources, kind).items():
            documents = [part for part in walk(policy) if isinstance(part, dict) and "Action" in part]
            asked += questions(resources, holder, documents)
    assert len(asked) > 100
    assert problems(asked, made) == []


def test_the_reference_knows_a_wrong_action_and_a_wrong_resource(made):
    """Otherwise the test above could not fail."""
    wrong = [
        {"holder": "x", "action": "s3:GetObjects", "resource": "*"},
        {"holder": "x", "action": "s3:GetObject", "resource": "arn:aws:s3:::clipwire-pages"},
        {"holder": "x", "action": "s3:ListBucket", "resource": "arn:aws:s3:::clipwire-pages/incoming/*"},
        {"holder": "x", "action": "logs:PutLogEvents", "resource": ARNS["AWS::SQS::Queue"]},
    ]
    assert [one["action"] for one in problems(wrong, made)] == [one["action"] for one in wrong]


def test_the_printed_key_policy_names_actions_that_kms_has(made):
    found = key_policy(PLACE)["Statement"]
    asked = [
        {"holder": one["Sid"], "action": action, "resource": KEY_ARN}
        for one in found
        for action in listed(one["Action"])
        if "*" not in action
    ]
    assert problems(asked, made) == []
