"""Whose account the credentials at hand open, and where in it a stack is to be."""

from botocore.exceptions import BotoCoreError, ClientError

from infra.errors import CliError
from infra.stack.target import Target
from infra.stack.template import StackPlace


def stack_place(target: Target) -> StackPlace:
    """Account, region and partition of the target; raises `CliError` with what to do where no credentials work."""
    if target.session.region_name is None:
        raise CliError("No AWS region is set.", "Add `--region eu-west-1`, say, or set AWS_REGION.")
    if target.session.get_credentials() is None:
        raise CliError(
            "No AWS credentials were found.",
            "Run `aws configure sso` and `aws sso login`, or set AWS_PROFILE, then try again.",
        )
    try:
        caller = target.client("sts").get_caller_identity()
    except (BotoCoreError, ClientError) as error:
        raise CliError(
            f"AWS does not take these credentials: {error}",
            "Sign in again (`aws sso login`), or choose another `--profile`.",
        ) from None
    return StackPlace(target.stack, caller["Account"], target.session.region_name, caller["Arn"].split(":")[1])
