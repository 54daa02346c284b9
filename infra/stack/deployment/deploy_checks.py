"""What is looked at before a deployment builds anything: the stack's name, the parameters, and what is in the way."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from botocore.exceptions import ClientError

from infra.errors import CliError
from infra.stack.target import Target
from infra.stack.template import NamedResource, StackPlace, named_resources

# S3 allows 63 characters for a bucket's name, and the pages bucket has the longest name that starts with the stack's.
MAX_BUCKET_NAME = 63
_STACK_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# A stack in one of these was never whole: CloudFormation updates it no more, and it holds nothing that is kept.
# What is left after a complete rollback belongs to no stack, and would fail the next deployment too.
ROLLED_BACK = "ROLLBACK_COMPLETE"
NEVER_WHOLE = frozenset({ROLLED_BACK, "CREATE_FAILED", "ROLLBACK_FAILED"})
_UPDATABLE = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE"})
_NOT_THERE = frozenset({
    "404", "NoSuchBucket", "ResourceNotFoundException", "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue",
    "NotFound",
})  # fmt: skip


def check_stack_name(place: StackPlace) -> None:
    """Raises `CliError` for a name that CloudFormation or S3 would refuse only after the build."""
    if not _STACK_NAME.fullmatch(place.stack):
        raise CliError(
            f"{place.stack!r} cannot be a stack's name here, since the bucket is named after it.",
            "A name has lower-case letters, digits and single hyphens, and starts with a letter.",
        )
    room = MAX_BUCKET_NAME - len(f"-pages-{place.account}-{place.region}")
    if len(place.stack) > room:
        raise CliError(
            f"{place.stack!r} is too long: the bucket's name would have more than {MAX_BUCKET_NAME} characters.",
            f"In {place.region} a stack's name may have {room} characters.",
        )


def check_parameters(template: Mapping[str, Any], given: Mapping[str, str]) -> None:
    """Raises `CliError` for a parameter that the template does not have, or a value that it does not allow."""
    known = template["Parameters"]
    for name, value in given.items():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            raise CliError(f"The template has no parameter {name}.", f"{hint}It has {', '.join(known)}.")
        check_parameter_value(name, value, known[name])


def check_parameter_value(name: str, value: str, declared: Mapping[str, Any]) -> None:
    """Raises `CliError` where CloudFormation would refuse this value of a parameter."""
    allowed = [str(one) for one in declared.get("AllowedValues", ())]
    if allowed and value not in allowed:
        raise CliError(f"{name} cannot be {value!r}.", f"It is one of {', '.join(allowed)}.")
    if not re.fullmatch(declared.get("AllowedPattern", ".*"), value):
        raise CliError(f"{name} cannot be {value!r}.", str(declared["Description"]))
    if declared["Type"] == "Number":
        least, most = declared.get("MinValue", 0), declared.get("MaxValue")
        if not value.isdecimal() or int(value) < least or (most is not None and int(value) > most):
            bounds = f"from {least} to {most}" if most is not None else f"of {least} or more"
            raise CliError(f"{name} cannot be {value!r}.", f"It is a whole number {bounds}.")


def stack_status(target: Target) -> str | None:
    """The status of the stack, or None where there is none or only a change set that never ran."""
    try:
        found = target.client("cloudformation").describe_stacks(StackName=target.stack)["Stacks"][0]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ValidationError":
            raise
        return None
    status = str(found["StackStatus"])
    return None if status == "REVIEW_IN_PROGRESS" else status


def check_stack_status(target: Target, status: str | None) -> None:
    """Raises `CliError` for a stack that cannot be deployed to now; one that was never whole is for the caller."""
    if status is None or status in _UPDATABLE | NEVER_WHOLE:
        return
    if status.endswith("_IN_PROGRESS"):
        raise CliError(f"The stack {target.stack} is being changed ({status}).", "Wait until that is over.")
    if status == "UPDATE_ROLLBACK_FAILED":
        raise CliError(
            f"The last update of the stack {target.stack} could not be undone ({status}).",
            "Mend what its events name, then "
            f"`aws cloudformation continue-update-rollback --stack-name {target.stack}`.",
        )
    raise CliError(
        f"The stack {target.stack} is in {status}, and CloudFormation does not update it.",
        f"`clipwire remove --aws --stack {target.stack}` removes it and keeps its data; "
        "then deploy again with `--adopt`.",
    )


def existing_resources(target: Target, template: Mapping[str, Any], place: StackPlace) -> list[NamedResource]:
    """The template's named resources that are in the account already, though no stack holds them."""
    return [one for one in named_resources(template, place) if resource_exists(target, one)]


def resource_exists(target: Target, resource: NamedResource) -> bool:
    """Whether there is a resource of this name; raises `CliError` for a bucket of somebody else's."""
    look = _LOOKS.get(resource.type)
    if look is None:
        return False
    service, call, key = look
    try:
        answer = getattr(target.client(service), call)(**{key: resource.name})
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in _NOT_THERE:
            return False
        if resource.type == "AWS::S3::Bucket" and code in {"403", "AccessDenied", "Forbidden"}:
            raise CliError(
                f"There is a bucket {resource.name} already, and it is not yours to read.", "Choose another `--stack`."
            ) from None
        raise
    groups = answer.get("logGroups")
    return groups is None or resource.name in [group["logGroupName"] for group in groups]


_LOOKS = {
    "AWS::S3::Bucket": ("s3", "head_bucket", "Bucket"),
    "AWS::DynamoDB::Table": ("dynamodb", "describe_table", "TableName"),
    "AWS::SQS::Queue": ("sqs", "get_queue_url", "QueueName"),
    "AWS::Serverless::Function": ("lambda", "get_function", "FunctionName"),
    "AWS::Logs::LogGroup": ("logs", "describe_log_groups", "logGroupNamePrefix"),
}


def check_nothing_in_the_way(found: Iterable[NamedResource], place: StackPlace) -> list[NamedResource]:
    """The data that an earlier stack left, which can be adopted. Raises `CliError` for anything else."""
    found = list(found)
    others = [one.description for one in found if not one.is_kept]
    if others:
        raise CliError(
            f"No stack {place.stack} is there, but parts of one are: {', '.join(others)}.",
            "`clipwire remove` deletes log groups, the console the rest; or start beside them with another `--stack`.",
        )
    return found
