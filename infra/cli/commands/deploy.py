"""`deploy`: the same template into an AWS account."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from infra.cli.command import CommandContext, add
from infra.cli.screen.output import ConsoleProgress, emit, err, out, words
from infra.errors import CliError
from infra.local import sam
from infra.local.home import Home
from infra.local.interpreter import ensure_interpreter
from infra.stack.deployment import deploy_checks as checks
from infra.stack.deployment.account import stack_place
from infra.stack.deployment.deploying import Deployment, carry_out_deployment, plan_deployment, starts_anew
from infra.stack.deployment.key_policy import key_policy
from infra.stack.target import Target
from infra.stack.template import NamedResource, StackPlace, load_template


def register(app: typer.Typer) -> None:
    add(app, deploy)


def deploy(  # each is one choice of a deployment
    context: CommandContext,
    *,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", help="NAME=VALUE for the template, for example AlarmEmail=ops@example.org."),
    ] = None,
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Take the bucket and tables that a removed stack left into the new one.")
    ] = False,
    policy: Annotated[
        bool, typer.Option("--key-policy", help="Only print the policy that a KMS key of yours needs for this stack.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Deploys the stack into your AWS account.

    It looks for what is in the way before it builds the functions, and asks before it deploys.

    Example: clipwire deploy --region eu-west-1
    Example: clipwire deploy --aws --parameter AlarmEmail=ops@example.org
    """
    if context.local:
        raise CliError("`deploy` is for AWS.", "`clipwire up` deploys the local stack.")
    target = context.aws_target
    place = stack_place(target)
    checks.check_stack_name(place)
    if policy:
        emit(key_policy(place))
        return
    template, given = load_template(), parse_pairs(parameter or [])
    checks.check_parameters(template, given)
    err.print(words(f"Stack {place.stack}, account {place.account}, region {place.region}"))
    status = checks.stack_status(target)
    checks.check_stack_status(target, status)
    adopted = data_to_adopt(target, template, place, status, is_agreed=adopt or (None if not yes else False))
    plan = plan_deployment(target, template, given, status, adopted)
    for line in plan.notes:
        err.print(words(line, "yellow"))
    if not yes and not typer.confirm("Deploy there?", err=True):
        raise typer.Exit(1)
    _build_and_deploy(target, plan)
    context.answer({"stack": target.stack, "outputs": target.outputs}, lambda: _show_outputs(target))


def parse_pairs(given: list[str]) -> dict[str, str]:
    """The parameters of `NAME=VALUE` words."""
    wrong = next((pair for pair in given if "=" not in pair), None)
    if wrong is not None:
        raise CliError(f"{wrong!r} is not NAME=VALUE.", "Write `--parameter AlarmEmail=ops@example.org`, say.")
    return dict(pair.split("=", 1) for pair in given)


def data_to_adopt(
    target: Target, template: Mapping[str, Any], place: StackPlace, status: str | None, *, is_agreed: bool | None
) -> list[NamedResource]:
    """What an earlier stack left and the new one takes over.

    Asks where `is_agreed` is None; raises `CliError` for a no.
    """
    if not starts_anew(status):
        return []
    if status:
        err.print(
            words(f"An earlier deployment failed ({status}): its stack holds nothing and is deleted first.", "yellow")
        )
        if status != checks.ROLLED_BACK:
            return []
    kept = checks.check_nothing_in_the_way(checks.existing_resources(target, template, place), place)
    if not kept:
        return []
    err.print(words(f"An earlier stack left its data: {', '.join(one.description for one in kept)}.", "yellow"))
    if is_agreed is None:
        is_agreed = typer.confirm("Take it into the new stack?", err=True)
    if is_agreed:
        return kept
    raise CliError(
        f"The data of an earlier stack {place.stack} is in the way.",
        f"`clipwire deploy --adopt` takes it over, `--stack {place.stack}-two` starts beside it, "
        "`clipwire remove --with-data` deletes it.",
    )


def _build_and_deploy(target: Target, plan: Deployment) -> None:
    home, progress, runtime = Home.of_this_clone(), ConsoleProgress(), plan.parameters["PythonRuntime"]
    ensure_interpreter(home, runtime, progress)
    built = home.state / "built-for-aws"
    with progress.step(f"Building the functions for {runtime} on {plan.parameters['Architecture']}") as note:
        sam.build(home, built, plan.parameters, note)
    carry_out_deployment(target, home, built, plan, progress)


def _show_outputs(target: Target) -> None:
    for name, value in sorted(target.outputs.items()):
        out.print(words(f"{name:<34}{value}"))
    where = f" --region {target.session.region_name}"
    where += f" --stack {target.stack}" if target.stack != "clipwire" else ""
    err.print(words(f"Next: clipwire check --aws{where}, then clipwire smoke --aws{where}"))
