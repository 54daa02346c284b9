"""`deploy`: the same template into an AWS account."""

from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError

from infra.cli.command import CommandContext, add
from infra.cli.output import ConsoleProgress, err, out, words
from infra.errors import CliError
from infra.local import sam
from infra.local.home import Home
from infra.stack.target import Target

_ON_AWS = {"PythonRuntime": "python3.13", "Architecture": "arm64"}


def register(app: typer.Typer) -> None:
    add(app, deploy)


def deploy(
    context: CommandContext,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", help="NAME=VALUE for the template, for example AlarmEmail=ops@example.org."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Builds the functions for AWS and deploys the stack into your account."""
    if context.local:
        raise CliError("`deploy` is for AWS.", "`clipwire up` deploys the local stack.")
    parameters = {**_ON_AWS, **_pairs(parameter or [])}
    target = Target(None, context.profile, context.region, context.stack or "clipwire")
    account = _account(target)
    err.print(words(f"Stack {target.stack}, account {account}, region {target.session.region_name}"))
    if not yes and not typer.confirm("Deploy there?", err=True):
        raise typer.Exit(1)
    _build_and_deploy(target, parameters)
    context.answer({"stack": target.stack, "outputs": target.outputs}, lambda: _tell(target))


def _pairs(given: list[str]) -> dict[str, str]:
    wrong = next((pair for pair in given if "=" not in pair), None)
    if wrong:
        raise CliError(f"{wrong!r} is no NAME=VALUE.", "Write `--parameter AlarmEmail=ops@example.org`, say.")
    return dict(pair.split("=", 1) for pair in given)


def _account(target: Target) -> str:
    """Whose credentials these are; raises `CliError` with what to do where there are none that work."""
    if target.session.region_name is None:
        raise CliError("No AWS region is set.", "Add `--region eu-west-1`, say, or set AWS_REGION.")
    if target.session.get_credentials() is None:
        raise CliError(
            "No AWS credentials were found.",
            "Run `aws configure sso` and `aws sso login`, or set AWS_PROFILE, then try again.",
        )
    try:
        return str(target.client("sts").get_caller_identity()["Account"])
    except (BotoCoreError, ClientError) as error:
        raise CliError(
            f"AWS does not take these credentials: {error}",
            "Sign in again (`aws sso login`), or choose another `--profile`.",
        ) from None


def _build_and_deploy(target: Target, parameters: dict[str, str]) -> None:
    home, progress = Home.of_this_clone(), ConsoleProgress()
    built = home.state / "built-for-aws"
    options = ["--stack-name", target.stack, "--region", target.session.region_name]
    options += ["--profile", target.profile] if target.profile else []
    with progress.step(
        f"Building the functions for {parameters['PythonRuntime']} on {parameters['Architecture']}"
    ) as note:
        sam.build(home, built, parameters, note)
    with progress.step("Deploying template.yaml") as note:
        sam.deploy(home, built, parameters, options, note)


def _tell(target: Target) -> None:
    for name, value in sorted(target.outputs.items()):
        out.print(words(f"{name:<34}{value}"))
    err.print(words("Next: clipwire upload page.html --wait --aws"))
