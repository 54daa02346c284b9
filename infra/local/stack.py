"""The local stack: the emulator and what is deployed on it, with a lock so that one command at a time changes them."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from shutil import rmtree
from typing import Any

from botocore.exceptions import ClientError

from infra.errors import CliError
from infra.local import emulator, recovery, sam
from infra.local.clients import client
from infra.local.emulator import Running
from infra.local.environment import local_parameters
from infra.local.home import Home
from infra.local.progress import Progress
from infra.local.sources import SOURCES_TAG, source_hash

STACK = "clipwire"
DEFAULT_PORT = 4566  # the port that AWS emulators have by custom
_USABLE = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"})


@dataclass(frozen=True, slots=True)
class Up:
    """A stack that stands.

    `fresh`: its emulator was started just now. `deployed`: it was built and deployed just now.
    """

    running: Running
    fresh: bool
    deployed: bool
    replayed: int


def bring_up(home: Home, port: int | None, progress: Progress, extra: Mapping[str, str] | None = None) -> Up:
    """Starts what is not up, deploys what changed, replays what a crash left. A second call finds it all done."""
    with lock_local_stack(home):
        running, fresh = ensure_running(home, port, progress, extra)
        parameters = local_parameters()
        wanted = source_hash(home.root, parameters)
        found = stack_of(running.port)
        if found and found["StackStatus"] in _USABLE and sources_tag(found) == wanted:
            return Up(running, fresh, deployed=False, replayed=recover(running, progress))
        running = start_over_if_broken(home, running, found, progress, extra)
        _deploy(home, running, parameters, wanted, progress)
        return Up(running, fresh, deployed=True, replayed=recover(running, progress))


def take_down(home: Home, *, wipe: bool) -> bool:
    """Stops the emulator; `wipe` also removes all it kept. True where its state was saved."""
    if not home.emulator.exists():
        return True
    with lock_local_stack(home):
        kept = emulator.stop(home, emulator.WIPED_WITHIN if wipe else emulator.STOPPED_WITHIN)
        if wipe:
            rmtree(home.data, ignore_errors=True)
            rmtree(home.objects, ignore_errors=True)
        return kept


def stack_of(port: int) -> Any:  # noqa: ANN401  # CloudFormation's description, or None
    try:
        return client("cloudformation", port).describe_stacks(StackName=STACK)["Stacks"][0]
    except ClientError:
        return None


def outputs_of(stack: Mapping[str, Any]) -> dict[str, str]:
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def ensure_running(
    home: Home, port: int | None, progress: Progress, extra: Mapping[str, str] | None
) -> tuple[Running, bool]:
    found = emulator.find(home)
    if found and port not in (None, found.port):
        raise CliError(
            f"The local stack of this clone is up on port {found.port}, not {port}.", "Stop it first: `clipwire down`."
        )
    if found:
        return found, False
    if emulator.crashed(home):
        progress.say(
            "The emulator did not stop cleanly last time: its records, queues and subscriptions are gone. "
            "The uploaded pages are kept."
        )
    with progress.step("Starting the emulator"):
        return emulator.start(home, port or DEFAULT_PORT, extra), True


def start_over_if_broken(
    home: Home,
    running: Running,
    found: Any,  # noqa: ANN401 - as stack_of
    progress: Progress,
    extra: Mapping[str, str] | None,
) -> Running:
    """A stack that can be updated stays.

    Anything else (none, or one that failed half-way) starts from empty, but for the pages.
    """
    if found and found["StackStatus"] in _USABLE:
        return running
    if found:
        progress.say(
            f"The stack on the emulator is in {found['StackStatus']}: starting over, with the uploaded pages kept."
        )
        emulator.stop(home)
        rmtree(home.data, ignore_errors=True)
        running = emulator.start(home, running.port, extra)
    recovery.set_aside(client("s3", running.port), STACK, progress)
    return running


def _deploy(home: Home, running: Running, parameters: Mapping[str, str], wanted: str, progress: Progress) -> None:
    built = home.state / "built"
    with progress.step("Building the functions (sam build)") as note:
        sam.build(home, built, parameters, note, running.port)
    with progress.step("Deploying template.yaml (sam deploy)") as note:
        sam.deploy(
            home, built, parameters, ["--stack-name", STACK, "--tags", f"{SOURCES_TAG}={wanted}"], note, running.port
        )


def recover(running: Running, progress: Progress) -> int:
    """Puts back what the emulator did not keep, and gives how many pages that were."""
    outputs = outputs_of(stack_of(running.port))
    bucket, athena = outputs["PagesBucketName"], client("athena", running.port)
    recovery.restore_workgroup(athena, outputs["QuestionsWorkGroupName"], bucket)
    return recovery.put_back(client("s3", running.port), bucket, progress)


def sources_tag(stack: Mapping[str, Any]) -> str | None:
    return next((tag["Value"] for tag in stack.get("Tags", []) if tag["Key"] == SOURCES_TAG), None)


@contextmanager
def lock_local_stack(home: Home) -> Iterator[None]:
    """Two commands that start, deploy or stop at once would undo each other's work.

    The lock goes with the process that holds it.
    """
    home.emulator.mkdir(parents=True, exist_ok=True)
    with (home.emulator / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise CliError(
                f"Another command (process {holder}) is starting or stopping the local stack of this clone.",
                "Let it finish, then try again.",
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
