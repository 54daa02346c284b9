"""Removes a deployed stack: what goes with it, what stays, and what is taken with `--with-data`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from botocore.exceptions import ClientError, WaiterError

from infra.errors import CliError
from infra.stack.target import Target
from infra.stack.template import NamedResource

_KEYS_A_CALL = 1_000  # what S3 deletes in one call
# Five seconds a look for an hour, by judgement: a stack takes two minutes to go, and a customer's network may add to
# that.
_WAITING = {"Delay": 5, "MaxAttempts": 720}


@dataclass(frozen=True, slots=True)
class Removal:
    """What a removal is about. `status` is None where the stack is gone and only its data is left."""

    status: str | None
    resources: int
    kept: Sequence[NamedResource]
    inboxes: Sequence[str]


def plan_removal(target: Target, status: str | None, kept: Sequence[NamedResource]) -> Removal:
    """Counts what there is. `kept` are the stack's data resources that are there."""
    return Removal(status, _count_resources(target) if status else 0, kept, inbox_queues(target))


def _count_resources(target: Target) -> int:
    pages = target.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=target.stack)
    return sum(len(page["StackResourceSummaries"]) for page in pages)


def inbox_queues(target: Target) -> list[str]:
    """The addresses of the queues that `clipwire subscribe --create` made, which belong to no stack."""
    pages = target.client("sqs").get_paginator("list_queues").paginate(QueueNamePrefix=f"{target.stack}-inbox-")
    return [url for page in pages for url in page.get("QueueUrls", [])]


def delete_stack(target: Target) -> None:
    """Deletes the stack and waits until it is gone; raises `CliError` with what CloudFormation could not delete."""
    client = target.client("cloudformation")
    stack_id = client.describe_stacks(StackName=target.stack)["Stacks"][0]["StackId"]
    try:
        client.delete_stack(StackName=target.stack)
        client.get_waiter("stack_delete_complete").wait(StackName=stack_id, WaiterConfig=_WAITING)
    except ClientError as error:
        if "TerminationProtection" not in str(error):
            raise
        raise CliError(
            f"The stack {target.stack} is protected against termination.",
            "`aws cloudformation update-termination-protection --no-enable-termination-protection "
            f"--stack-name {target.stack}` lifts that.",
        ) from None
    except WaiterError:
        raise CliError(
            f"CloudFormation could not delete all of {target.stack}: {'; '.join(deletion_failures(client, stack_id))}",
            "Mend that, then run this again.",
        ) from None


def deletion_failures(client: Any, stack_id: str) -> Iterable[str]:  # noqa: ANN401  # a CloudFormation client
    events = client.describe_stack_events(StackName=stack_id)["StackEvents"]
    return [
        f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason given')}"
        for event in events
        if event["ResourceStatus"] == "DELETE_FAILED" and event["PhysicalResourceId"] != stack_id
    ]


def delete_log_groups(target: Target, found: Iterable[NamedResource]) -> None:
    """Deletes the functions' log groups that are there again: a function that was running wrote its last lines late."""
    for one in found:
        if one.type == "AWS::Logs::LogGroup":
            target.client("logs").delete_log_group(logGroupName=one.name)


def delete_data(target: Target, kept: Sequence[NamedResource], inboxes: Sequence[str]) -> None:
    """Deletes what the stack left: the bucket with all that is in it, the tables, and the inbox queues."""
    for one in kept:
        if one.type == "AWS::S3::Bucket":
            empty_bucket(target, one.name)
            target.client("s3").delete_bucket(Bucket=one.name)
        else:
            target.client("dynamodb").delete_table(TableName=one.name)
            target.client("dynamodb").get_waiter("table_not_exists").wait(TableName=one.name, WaiterConfig=_WAITING)
    for queue_url in inboxes:
        target.client("sqs").delete_queue(QueueUrl=queue_url)


def empty_bucket(target: Target, bucket: str) -> None:
    """Deletes every object, and every upload in parts that was never finished."""
    client = target.client("s3")
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    keys = ({"Key": item["Key"]} for page in pages for item in page.get("Contents", []))
    while batch := list(islice(keys, _KEYS_A_CALL)):
        failed = client.delete_objects(Bucket=bucket, Delete={"Objects": batch, "Quiet": True}).get("Errors", [])
        if failed:
            raise CliError(
                f"{len(failed)} objects could not be deleted: {failed[0]['Code']}.", "Look at the bucket's policy."
            )
    for page in client.get_paginator("list_multipart_uploads").paginate(Bucket=bucket):
        for upload in page.get("Uploads", []):
            client.abort_multipart_upload(Bucket=bucket, Key=upload["Key"], UploadId=upload["UploadId"])
