"""`remove`: the stack out of an AWS account, with or without its data."""

from typing import Annotated

import typer

from infra.cli.command import CommandContext, add
from infra.cli.screen.output import ConsoleProgress, err, words
from infra.errors import CliError
from infra.stack.deployment import deploy_checks as checks
from infra.stack.deployment.account import stack_place
from infra.stack.deployment.removal import Removal, delete_data, delete_log_groups, delete_stack, plan_removal
from infra.stack.target import Target
from infra.stack.template import load_template


def register(app: typer.Typer) -> None:
    add(app, remove)


def remove(
    context: CommandContext,
    *,
    with_data: Annotated[
        bool,
        typer.Option("--with-data", help="Also delete the pages, records and rules, and queues made by subscribe."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Removes the stack from your AWS account.

    It says first what goes and what stays, and asks. Pages, records and rules stay, unless `--with-data` is given.

    Example: clipwire remove --aws --region eu-west-1
    """
    if context.local:
        raise CliError("`remove` is for AWS.", "`clipwire down --wipe` removes the local stack with all it holds.")
    target = context.aws_target
    place = stack_place(target)
    status = checks.stack_status(target)
    if status and status.endswith("_IN_PROGRESS"):
        raise CliError(f"The stack {target.stack} is being changed ({status}).", "Wait until that is over.")
    found = checks.existing_resources(target, load_template(), place)
    kept, logs = [one for one in found if one.is_kept], [one for one in found if one.type == "AWS::Logs::LogGroup"]
    plan = plan_removal(target, status, kept)
    if status is None and not logs and not (with_data and (kept or plan.inboxes)):
        raise CliError(*_nothing_to_remove(target, plan))
    err.print(words(f"Stack {place.stack}, account {place.account}, region {place.region}"))
    for line in describe_removal(plan, with_data=with_data):
        err.print(words(line))
    if not yes and not typer.confirm("Remove it?", err=True):
        raise typer.Exit(1)
    _carry_out(target, plan, with_data=with_data)
    document = {
        "removed": target.stack,
        "kept": [] if with_data else [one.name for one in kept],
        "deleted": [one.name for one in kept] if with_data else [],
    }
    context.answer(document, lambda: err.print(words(f"The stack {target.stack} is removed.")))


def describe_removal(plan: Removal, *, with_data: bool) -> list[str]:
    """What goes and what stays, one line each, before anybody is asked."""
    queues = [f"{len(plan.inboxes)} queues of subscribers"] if plan.inboxes else []
    data = ", ".join([*(one.description for one in plan.kept), *queues]) or "no data"
    lines = [] if plan.status else ["Goes:  log groups that the removed stack left."]
    if plan.status:
        lines.append(
            f"Goes:  {plan.resources} resources: functions, queues and what waits in them, subscriptions, alarms, "
            "matches, logs."
        )
    if with_data:
        lines.append(f"Goes:  {data}. Point-in-time recovery keeps a backup of each table for 35 days.")
    else:
        lines.append(f"Stays: {data}. `clipwire deploy --adopt` takes bucket and tables into a new stack.")
    return [*lines, "Stays: the bucket in which SAM keeps what it deploys, since other stacks may use it."]


def _nothing_to_remove(target: Target, plan: Removal) -> tuple[str, str]:
    if plan.kept:
        left = ", ".join(one.description for one in plan.kept)
        return f"The stack {target.stack} is gone already; it left {left}.", "`--with-data` deletes that too."
    return (
        f"There is no stack called {target.stack} in {target.session.region_name}.",
        "Choose another `--stack` or `--region`.",
    )


def _carry_out(target: Target, plan: Removal, *, with_data: bool) -> None:
    progress = ConsoleProgress()
    if plan.status:
        with progress.step(f"Removing the stack {target.stack}"):
            delete_stack(target)
    with progress.step("Deleting log groups that are there still"):
        delete_log_groups(target, checks.existing_resources(target, load_template(), stack_place(target)))
    if with_data:
        with progress.step("Deleting its data"):
            delete_data(target, plan.kept, plan.inboxes)
