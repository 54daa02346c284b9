"""Whether a stack reaches people, and whether it calls for one: subscriptions, dead letters, alarms."""

from collections.abc import Iterator
from shlex import quote

from infra.operate.findings import Finding, Verdict, deploy_command, rebuild_command
from infra.stack.readers.subscribers import PENDING, list_subscriptions, subscription_attributes
from infra.stack.target import Target
from infra.stack.template import load_template

STAGES = {"Pages": "extract", "Articles": "enrich", "Announcements": "notify"}


def check_subscriptions(target: Target) -> Iterator[Finding]:
    """Whoever is subscribed has confirmed, and alerts that cannot be delivered are parked."""
    found = list(list_subscriptions(target))
    for one in found:
        if one["SubscriptionArn"] == PENDING:
            what = f"{one['Endpoint']} has not confirmed, and gets nothing until then"
            again = f"clipwire subscribe {quote(one['Endpoint'])} sends the link again: add the options that it had"
            yield Finding("subscriptions", Verdict.NOTE, what, again)
        elif "RedrivePolicy" not in subscription_attributes(target, one["SubscriptionArn"]):
            what = (
                f"alerts that {one['Endpoint']} cannot take are lost, since the subscription has no dead-letter queue"
            )
            again = "subscribe again with the same topics, sites, languages and rules (clipwire subscriptions)"
            yield Finding("subscriptions", Verdict.NOTE, what, again)
    yield Finding("subscriptions", Verdict.WELL, f"{len(found)} in all")


def check_operators(target: Target) -> Iterator[Finding]:
    """Somebody is told of alarms."""
    found = list(list_subscriptions(target, "OperatorsTopicArn"))
    if [one for one in found if one["SubscriptionArn"] != PENDING]:
        yield Finding("operators", Verdict.WELL, "somebody is told of alarms")
    elif found:
        yield Finding(
            "operators", Verdict.MEND, f"{found[0]['Endpoint']} has not confirmed the alarms' e-mail", "follow its link"
        )
    elif not target.is_local:
        todo = deploy_command(target, "--parameter AlarmEmail=you@example.org")
        yield Finding("operators", Verdict.NOTE, "nobody is told of alarms", todo)


def check_dead_letters(target: Target) -> Iterator[Finding]:
    """Nothing is parked."""
    parked = {stage: _depth(target, f"{stage}DeadLetterQueueUrl") for stage in (*STAGES, "Alerts")}
    for stage, count in parked.items():
        if count and stage in STAGES:
            what = f"{count} messages that {STAGES[stage]} gave up on"
            yield Finding("dead letters", Verdict.MEND, what, f"clipwire failures {STAGES[stage]}")
        elif count:
            what = f"{count} alerts that SNS could not deliver"
            yield Finding("dead letters", Verdict.MEND, what, "infra/operations.md, alerts-undelivered")
    if not any(parked.values()):
        yield Finding("dead letters", Verdict.WELL, "nothing is parked")


def _depth(target: Target, output: str) -> int:
    asked = {"QueueUrl": target.output(output), "AttributeNames": ["ApproximateNumberOfMessages"]}
    return int(target.client("sqs").get_queue_attributes(**asked)["Attributes"]["ApproximateNumberOfMessages"])


def check_alarms(target: Target) -> Iterator[Finding]:
    """No alarm of the stack rings, and none is missing."""
    pages = target.client("cloudwatch").get_paginator("describe_alarms").paginate(AlarmNamePrefix=f"{target.stack}-")
    states = {alarm["AlarmName"]: alarm["StateValue"] for page in pages for alarm in page["MetricAlarms"]}
    wanted = {
        resource["Properties"]["AlarmName"]["Fn::Sub"].replace("${AWS::StackName}", target.stack)
        for resource in load_template()["Resources"].values()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    }
    ringing = sorted(name for name in wanted & states.keys() if states[name] == "ALARM")
    for name in ringing:
        section = name.removeprefix(f"{target.stack}-")
        yield Finding("alarms", Verdict.MEND, f"{section} rings", f"infra/operations.md, {section}")
    if missing := wanted - states.keys():
        yield Finding(
            "alarms", Verdict.MEND, f"{len(missing)} are missing: {', '.join(sorted(missing))}", rebuild_command(target)
        )
    if not ringing and not missing:
        yield Finding("alarms", Verdict.WELL, f"{len(wanted)} watch, and none rings")
