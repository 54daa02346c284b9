"""Whether a stack is as it was deployed: whole, of this code, wired up, with the key and the quotas that it needs."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from infra.local.environment import local_parameters
from infra.local.home import CLONE
from infra.local.sources import SOURCES_TAG, source_hash
from infra.operate.findings import Finding, Verdict, deploy_command, rebuild_command
from infra.stack.deployment import quotas
from infra.stack.deployment.deploying import BUILT_FOR, deployed_parameters
from infra.stack.readers.queues import arn_of
from infra.stack.target import Target
from infra.stack.template import load_template

NAME_OF_A_FUNCTION = "FunctionName"  # what the name of each output ends with that names a function
_SOUND = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"})

NO_SUCH_WORKGROUP = "InvalidRequestException"  # what Athena says of one that is not there


def check_status(target: Target) -> Iterator[Finding]:
    """The stack is whole and not in the middle of a change."""
    status = target.description["StackStatus"]
    if status in _SOUND:
        yield Finding("stack", Verdict.WELL, status)
    elif status.endswith("_IN_PROGRESS"):
        yield Finding("stack", Verdict.NOTE, f"{status}: it is being changed")
    else:
        yield Finding("stack", Verdict.MEND, f"{status}: the last deployment failed", deploy_command(target))


def check_version(target: Target) -> Iterator[Finding]:
    """The stack was deployed from the code and template of this clone."""
    tags = {tag["Key"]: tag["Value"] for tag in target.description.get("Tags", [])}
    parameters = deployed_parameters(target)
    built_for = local_parameters() if target.is_local else {name: parameters.get(name, "") for name in BUILT_FOR}
    if tags.get(SOURCES_TAG) == source_hash(CLONE, built_for):
        yield Finding("version", Verdict.WELL, "code and template are those of this clone")
    else:
        yield Finding(
            "version", Verdict.NOTE, "code or template differ from those of this clone", deploy_command(target)
        )


def check_functions(target: Target) -> Iterator[Finding]:
    """Each function can be called, and runs on what the stack was built for."""
    runtime = deployed_parameters(target).get("PythonRuntime")
    for name in [value for output, value in target.outputs.items() if output.endswith(NAME_OF_A_FUNCTION)]:
        found = target.client("lambda").get_function_configuration(FunctionName=name)
        state = found.get("State", "Active")
        if state not in {"Active", "Inactive"} or found.get("LastUpdateStatus", "Successful") == "Failed":
            reason = found.get("StateReason") or found.get("LastUpdateStatusReason") or state
            todo = "mend what that names; Lambda tries again at the next call"
            yield Finding("functions", Verdict.MEND, f"{name} cannot be called: {reason}", todo)
        elif found["Runtime"] != runtime:
            what = f"{name} runs on {found['Runtime']}, and the stack was built for {runtime}"
            todo = f"aws lambda update-function-configuration --function-name {name} --runtime {runtime}"
            yield Finding("functions", Verdict.MEND, what, todo)
        else:
            yield Finding("functions", Verdict.WELL, f"{name} is ready on {runtime}")


def check_questions(target: Target) -> Iterator[Finding]:
    """The workgroup that questions in SQL are asked in is there."""
    name = target.output("QuestionsWorkGroupName")
    try:
        target.client("athena").get_work_group(WorkGroup=name)
    except ClientError as error:
        if error.response["Error"]["Code"] != NO_SUCH_WORKGROUP:
            raise
        todo = "clipwire down && clipwire up" if target.is_local else deploy_command(target)
        yield Finding("questions", Verdict.MEND, f"the workgroup {name} is gone", todo)
    else:
        yield Finding("questions", Verdict.WELL, f"the workgroup {name} takes questions in SQL")


def check_events(target: Target) -> Iterator[Finding]:
    """The bucket tells the pages queue of every page that is put or deleted."""
    bucket = target.output("PagesBucketName")
    told = target.client("s3").get_bucket_notification_configuration(Bucket=bucket)
    queue = target.output("PagesQueueUrl").rpartition("/")[2]
    configurations = told.get("QueueConfigurations", [])
    events = {event for one in configurations if one["QueueArn"].endswith(f":{queue}") for event in one["Events"]}
    missing = {"s3:ObjectCreated:*", "s3:ObjectRemoved:*"} - events
    if missing:
        what = f"the bucket does not tell the pages queue of {' and '.join(sorted(missing))}"
        todo = f"aws s3api put-bucket-notification-configuration --bucket {bucket} --notification-configuration"
        settings = json.dumps(notification_settings(arn_of(target, target.output("PagesQueueUrl"))))
        yield Finding("events", Verdict.MEND, what, f"{todo} '{settings}'")
    else:
        yield Finding("events", Verdict.WELL, "the bucket tells the pages queue of uploads and deletions")


def notification_settings(queue_arn: str) -> dict[str, Any]:
    """What template.yaml sets as the bucket's notifications, in the shape of S3's API."""
    prefix = {"Key": {"FilterRules": [{"Name": "prefix", "Value": "incoming/"}]}}
    events = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]
    return {"QueueConfigurations": [{"QueueArn": queue_arn, "Events": events, "Filter": prefix}]}


def check_policies(target: Target) -> Iterator[Finding]:
    """The policies of queues, topics and bucket have the statements that the template gives them."""
    by_tls = deployed_parameters(target).get("TlsOnly") != "false"
    readers: Mapping[str, Callable[[], str]] = {
        "PagesQueuePolicy": lambda: _queue_policy(target, "PagesQueueUrl"),
        "AlertsDeadLetterQueuePolicy": lambda: _queue_policy(target, "AlertsDeadLetterQueueUrl"),
        "AlertsTopicPolicy": lambda: _topic_policy(target, "AlertsTopicArn"),
        "OperatorsTopicPolicy": lambda: _topic_policy(target, "OperatorsTopicArn"),
    }
    template = load_template()
    lost = []
    for logical_id, read in readers.items():
        wanted = _statement_ids(template["Resources"][logical_id]) - (set() if by_tls else {"TlsOnly"})
        lost += [
            f"{logical_id} lacks {', '.join(sorted(gone))}"
            for gone in [wanted - _statement_ids(json.loads(read()))]
            if gone
        ]
    if lost:
        yield Finding("policies", Verdict.MEND, "; ".join(lost), rebuild_command(target))
    else:
        yield Finding("policies", Verdict.WELL, "queues and topics have the policies of the template")


def _queue_policy(target: Target, output: str) -> str:
    asked = {"QueueUrl": target.output(output), "AttributeNames": ["Policy"]}
    return str(target.client("sqs").get_queue_attributes(**asked).get("Attributes", {}).get("Policy", "{}"))


def _topic_policy(target: Target, output: str) -> str:
    attributes = target.client("sns").get_topic_attributes(TopicArn=target.output(output))["Attributes"]
    return str(attributes.get("Policy", "{}"))


def _statement_ids(policy: object) -> set[str]:
    """Every `Sid` of a policy, or of anything in a resource of the template."""
    if isinstance(policy, list):
        return {sid for part in policy for sid in _statement_ids(part)}
    if not isinstance(policy, dict):
        return set()
    own = {policy["Sid"]} if isinstance(policy.get("Sid"), str) else set()
    return own | {sid for part in policy.values() for sid in _statement_ids(part)}


def check_key(target: Target) -> Iterator[Finding]:
    """A key of the customer's is enabled, and each service may use it."""
    key = deployed_parameters(target).get("EncryptionKeyArn", "")
    if not key:
        yield Finding("key", Verdict.WELL, "what is stored is encrypted with the services' own keys")
        return
    kms = target.client("kms")
    state = kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"]
    if state != "Enabled":
        yield Finding("key", Verdict.MEND, f"the key is {state}", f"aws kms enable-key --key-id {key}")
    policy = kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    services = ("s3", "sns", "cloudwatch", f"logs.{target.session.region_name}")
    without = [service for service in services if f"{service}.amazonaws.com" not in policy]
    if without:
        what = f"the key's policy does not let {', '.join(without)} use it"
        yield Finding("key", Verdict.MEND, what, "clipwire deploy --key-policy prints one that does")
    elif state == "Enabled":
        yield Finding("key", Verdict.WELL, "the key is enabled, and its policy names every service that uses it")


def check_quotas(target: Target) -> Iterator[Finding]:
    """The account can run as many functions at once as the stack may start."""
    available = quotas.available_executions(target)
    concurrency = int(deployed_parameters(target)["StageConcurrency"])
    needed = quotas.executions_needed(concurrency)
    if available is None:
        yield Finding("quotas", Verdict.UNREADABLE, "your role may not read Lambda's quotas")
    elif needed > available:
        what = f"the stack may start {needed} functions at once, and the account runs {available}"
        allowed = map(int, load_template()["Parameters"]["StageConcurrency"]["AllowedValues"])
        fitting = quotas.fitting_stage_concurrency(available, allowed, concurrency)
        todo = deploy_command(target, f"--parameter StageConcurrency={fitting}")
        yield Finding("quotas", Verdict.MEND, what, todo)
    else:
        yield Finding(
            "quotas", Verdict.WELL, f"the stack may start {needed} functions at once, the account runs {available}"
        )
