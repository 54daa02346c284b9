"""One deployment to an AWS account: what it starts from, its parameters, and its steps once everything is built."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infra.local import sam
from infra.local.home import Home
from infra.local.progress import Progress
from infra.local.sources import SOURCES_TAG, source_hash
from infra.stack.deployment.adoption import adopt_resources
from infra.stack.deployment.deploy_checks import NEVER_WHOLE
from infra.stack.deployment.quotas import available_executions, executions_needed, fitting_stage_concurrency
from infra.stack.deployment.removal import delete_stack
from infra.stack.target import Target
from infra.stack.template import NamedResource

# What the build is made for. A stack that is there keeps its own.
BUILT_FOR = ("PythonRuntime", "Architecture")


@dataclass(frozen=True)
class Deployment:
    """`status` is that of the stack before, `adopted` what an earlier stack left, `notes` what a person should know."""

    template: Mapping[str, Any]
    status: str | None
    adopted: Sequence[NamedResource]
    parameters: Mapping[str, str]
    notes: Sequence[str] = field(default=())

    @property
    def is_new(self) -> bool:
        return starts_anew(self.status)


def starts_anew(status: str | None) -> bool:
    """Whether a stack of this status is made, and not updated."""
    return status is None or status in NEVER_WHOLE


def plan_deployment(
    target: Target,
    template: Mapping[str, Any],
    given: Mapping[str, str],
    status: str | None,
    adopted: Sequence[NamedResource],
) -> Deployment:
    """Chooses the parameters: those given, what the build is for, and a StageConcurrency that the account can run."""
    deployed = {} if starts_anew(status) else deployed_parameters(target)
    declared = template["Parameters"]
    known = {**{name: str(one["Default"]) for name, one in declared.items()}, **deployed, **given}
    chosen = {**{name: known[name] for name in BUILT_FOR}, **given}
    wanted = int(known["StageConcurrency"])
    available = available_executions(target)
    if available is None:
        note = "The account's quota of concurrent executions is not readable: StageConcurrency stays as it is."
        return Deployment(template, status, adopted, chosen, [note])
    allowed = [int(value) for value in declared["StageConcurrency"]["AllowedValues"]]
    fitting = fitting_stage_concurrency(available, allowed, wanted)
    if fitting == wanted:
        return Deployment(template, status, adopted, chosen)
    is_set = "StageConcurrency" in given
    end = "functions will be throttled" if is_set else f"it is set to {fitting}"
    note = (
        f"StageConcurrency={wanted} may need {executions_needed(wanted)} concurrent executions, and the account leaves "
        f"{available} to functions: {end}. Service Quotas → AWS Lambda raises the quota."
    )
    return Deployment(template, status, adopted, {"StageConcurrency": str(fitting), **chosen}, [note])


def deployed_parameters(target: Target) -> dict[str, str]:
    """The parameters that the stack was deployed with."""
    return {one["ParameterKey"]: one["ParameterValue"] for one in target.description.get("Parameters", [])}


def carry_out_deployment(target: Target, home: Home, built: Path, plan: Deployment, progress: Progress) -> None:
    """Deletes what a failed deployment left, imports what is adopted, then deploys what was built."""
    options = ["--stack-name", target.stack, "--region", str(target.session.region_name)]
    built_for = {name: plan.parameters[name] for name in BUILT_FOR}
    options += ["--tags", f"{SOURCES_TAG}={source_hash(home.root, built_for)}"]
    options += ["--profile", target.profile] if target.profile else []
    if plan.status in NEVER_WHOLE:
        with progress.step("Deleting the stack of the failed deployment"):
            delete_stack(target)
    if plan.adopted:
        with progress.step("Importing what the earlier stack left"):
            adopt_resources(target, plan.template, plan.adopted, plan.parameters)
    with progress.step("Deploying template.yaml") as note:
        sam.deploy(home, built, plan.parameters, options, note)
