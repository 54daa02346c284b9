"""Signing in to the deployed stack as one of its functions, or as a person with one of its policies."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import uuid4

import boto3
from botocore.config import Config

from infra.local import clients
from infra.local.environment import REGION, endpoint
from tests.e2e.attempts import FUNCTIONS, Client
from tests.e2e.support import Stack

PEOPLE = ("Uploader", "Analyst", "Operator")


@contextmanager
def signed_in(stack: Stack, who: str) -> Iterator[Client]:
    with ExitStack() as until_the_end:
        make = twin if who in FUNCTIONS else user
        key = until_the_end.enter_context(make(stack, who))
        session = boto3.Session(key["AccessKeyId"], key["SecretAccessKey"], key.get("SessionToken"), region_name=REGION)
        config = Config(proxies={}, retries={"mode": "standard", "total_max_attempts": 1})
        made: dict[str, Any] = {}
        yield lambda service: made.setdefault(
            service, session.client(service, endpoint_url=endpoint(stack.port), config=clients.suited(config, service))
        )


@contextmanager
def twin(stack: Stack, function: str) -> Iterator[Mapping[str, Any]]:
    """A role with all policies of the function's own, which the account may take on."""
    iam, own, like = stack.client("iam"), physical(stack, f"{function}Role"), f"twin-{uuid4().hex[:12]}"
    trust = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account(stack)}:root"}, "Action": "sts:AssumeRole"}
    role = iam.create_role(RoleName=like, AssumeRolePolicyDocument=policy(trust))["Role"]
    names = iam.list_role_policies(RoleName=own)["PolicyNames"]
    assert names
    assert not iam.list_attached_role_policies(RoleName=own)["AttachedPolicies"]
    for name in names:
        document = iam.get_role_policy(RoleName=own, PolicyName=name)["PolicyDocument"]
        iam.put_role_policy(RoleName=like, PolicyName=name, PolicyDocument=json.dumps(document))
    try:
        yield stack.client("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="attempts")["Credentials"]
    finally:
        for name in names:
            iam.delete_role_policy(RoleName=like, PolicyName=name)
        iam.delete_role(RoleName=like)


@contextmanager
def user(stack: Stack, who: str) -> Iterator[Mapping[str, Any]]:
    """A user with one of the managed policies for people, or with none."""
    iam, name = stack.client("iam"), f"user-{uuid4().hex[:12]}"
    iam.create_user(UserName=name)
    attached = physical(stack, f"{who}Policy") if who in PEOPLE else ""
    if attached:
        iam.attach_user_policy(UserName=name, PolicyArn=attached)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    try:
        yield key
    finally:
        iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
        if attached:
            iam.detach_user_policy(UserName=name, PolicyArn=attached)
        iam.delete_user(UserName=name)


def aws_environment(stack: Stack, region: str = REGION) -> dict[str, str]:
    """Settings under which boto3, SAM and the command line with `--aws` take the emulator for AWS."""
    return {
        "AWS_ENDPOINT_URL": endpoint(stack.port),
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1,localhost",
        "CLIPWIRE_ON": "aws",
        "CLIPWIRE_HOME": str(stack.home),
    }


def credentials(key: Mapping[str, Any]) -> dict[str, str]:
    return {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}


def simulated(stack: Stack, who: str, actions: list[str], resource: str) -> set[str]:
    asked = {"PolicySourceArn": who, "ActionNames": actions, "ResourceArns": [resource]}
    return {
        result["EvalDecision"] for result in stack.client("iam").simulate_principal_policy(**asked)["EvaluationResults"]
    }


def account(stack: Stack) -> str:
    return str(stack.client("sts").get_caller_identity()["Account"])


def policy(*statements: Mapping[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def physical(stack: Stack, logical: str) -> str:
    asked = {"StackName": stack.target.stack, "LogicalResourceId": logical}
    found = stack.client("cloudformation").describe_stack_resource(**asked)
    return str(found["StackResourceDetail"]["PhysicalResourceId"])
