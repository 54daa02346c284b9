"""How many functions an account may run at once, and the StageConcurrency that fits."""

from collections.abc import Iterable

from botocore.exceptions import ClientError

from infra.stack.target import Target

# Beside extract and enrich, which get StageConcurrency each: two of notify (the template's MaximumConcurrency) and one
# of reconcile.
OTHER_EXECUTIONS = 3
STAGES_WITH_CONCURRENCY = 2
MIN_STAGE_CONCURRENCY = 2  # the least that SQS takes for an event source


def available_executions(target: Target) -> int | None:
    """How many executions at once the account leaves to functions without a reservation; None where one may not ask."""
    try:
        limits = target.client("lambda").get_account_settings()["AccountLimit"]
    except ClientError:
        return None
    return int(limits.get("UnreservedConcurrentExecutions", limits["ConcurrentExecutions"]))


def executions_needed(stage_concurrency: int) -> int:
    """How many functions of the stack may run at once."""
    return STAGES_WITH_CONCURRENCY * stage_concurrency + OTHER_EXECUTIONS


def fitting_stage_concurrency(available: int, allowed: Iterable[int], wanted: int) -> int:
    """The largest value that the template allows, up to the one wanted, which the account can run; 2 at least."""
    fitting = [value for value in allowed if value <= wanted and executions_needed(value) <= available]
    return max(fitting, default=MIN_STAGE_CONCURRENCY)
