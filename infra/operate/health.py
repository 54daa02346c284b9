"""Looks at every part of a deployed stack: `clipwire check`."""

from collections.abc import Callable, Iterator, Mapping

from botocore.exceptions import ClientError

from infra.operate import deployment_checks as deployment
from infra.operate import watch_checks as watch
from infra.operate.findings import Finding, Verdict, is_refusal
from infra.stack.target import Target

Check = Callable[[Target], Iterator[Finding]]
CHECKS: Mapping[str, Check] = {
    "stack": deployment.check_status,
    "version": deployment.check_version,
    "functions": deployment.check_functions,
    "questions": deployment.check_questions,
    "events": deployment.check_events,
    "policies": deployment.check_policies,
    "key": deployment.check_key,
    "quotas": deployment.check_quotas,
    "subscriptions": watch.check_subscriptions,
    "operators": watch.check_operators,
    "dead letters": watch.check_dead_letters,
    "alarms": watch.check_alarms,
}


def check_stack(target: Target) -> Iterator[Finding]:
    """Every finding, part by part. What the role may not read is said so, and never taken for well."""
    for part, check in CHECKS.items():
        try:
            yield from check(target)
        except ClientError as error:
            if not is_refusal(error):
                raise
            yield Finding(part, Verdict.UNREADABLE, f"your role may not call {error.operation_name}")
