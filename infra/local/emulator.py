"""The emulator as a background process of this clone: started, found again, stopped with its state kept."""

import json
import socket
import subprocess
import textwrap
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from shutil import rmtree

from infra.errors import CliError
from infra.local import processes
from infra.local.environment import emulator_environment, endpoint
from infra.local.home import Home
from infra.local.moving import move_to, note_port

# Seconds. It starts in two and stops in three on a quiet machine; the rest is for busy ones, by judgement.
READY_WITHIN = 60.0
STOPPED_WITHIN = 30.0
WIPED_WITHIN = 5.0
MAX_COMMAND = 100  # characters of another program's command that are shown, by judgement: it is known by its start
# Its threads take turns at one interpreter, and its requests wait for them: shorter turns make every answer come
# sooner.
_PROGRAM = "import runpy, sys; sys.setswitchinterval(0.0005); runpy.run_module('ministack', run_name='__main__')"
_KEPT = ("cloudformation", "dynamodb", "lambda", "s3", "sqs")


@dataclass(frozen=True, slots=True)
class Running:
    """An emulator of ours. `known_as` tells it from a later process with the same number."""

    pid: int
    known_as: str
    port: int
    started_at: float = field(default_factory=time.time)

    @property
    def endpoint(self) -> str:
        return endpoint(self.port)

    @property
    def alive(self) -> bool:
        return not processes.gone(self.pid, self.known_as)


def find(home: Home) -> Running | None:
    """The emulator of this clone, if it is up."""
    noted = read_note(home)
    return noted if noted and noted.alive else None


def start(home: Home, port: int, extra: Mapping[str, str] | None = None) -> Running:
    """Starts it and waits until it answers.

    What a clean stop kept is there again; what a crash left is set right first.
    """
    program = home.tool("python")
    home.tool("ministack")
    check_port_is_free(port)
    forget_after_crash(home)
    move_to(home, port)
    for folder in (home.data, home.objects, home.scratch):
        folder.mkdir(parents=True, exist_ok=True)
    note_port(home, port)
    with home.log.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603  # our own tool
            [program, "-c", _PROGRAM],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=home.emulator,
            env=emulator_environment(home, port, extra or {}),
            start_new_session=True,
        )
    process.returncode = (
        0  # it outlives this program: whoever stops it knows it by the note, and Popen need not warn of it
    )
    running = Running(process.pid, processes.identity(process.pid) or "", port)
    home.running_file.write_text(json.dumps(asdict(running)))
    _wait_until_ready(running, home.log)
    return running


def stop(home: Home, patience: float = STOPPED_WITHIN) -> bool:
    """Stops it with its state kept; True where it did so in time, False where it had to be killed.

    No error where none is up.
    """
    running = find(home)
    kept = running is None or processes.end(running.pid, running.known_as, patience)
    if kept:
        forget_after_crash(home)
    discard(home.scratch)
    return kept


def crashed(home: Home) -> bool:
    """Whether the last emulator ended without saving, so that all but the objects is lost."""
    noted = read_note(home)
    return noted is not None and not noted.alive and not _saved_since(home, noted.started_at)


def forget_after_crash(home: Home) -> None:
    """Drops a snapshot that is older than the objects and contradicts them, and the note of a gone emulator."""
    if crashed(home):
        rmtree(home.data, ignore_errors=True)
    if find(home) is None:
        home.running_file.unlink(missing_ok=True)
        discard(home.scratch)


def discard(folder: Path) -> None:
    """Thousands of unpacked files: put out of the way at once, and removed by a process that nobody waits for."""
    if not folder.exists():
        return
    aside = folder.with_name(f"{folder.name}-{uuid.uuid4().hex[:8]}")
    folder.rename(aside)
    quiet = subprocess.DEVNULL
    words = ["rm", "-rf", str(aside)]
    subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True).returncode = 0  # noqa: S603  # set: nobody waits


def _saved_since(home: Home, moment: float) -> bool:
    """Whether it stopped cleanly: it saves only then, so all files of what a stack needs are newer than its start."""
    files = [home.data / f"{service}.json" for service in _KEPT]
    return all(file.exists() and file.stat().st_mtime > moment for file in files) or not home.objects.exists()


def read_note(home: Home) -> Running | None:
    with suppress(OSError, ValueError, TypeError):
        return Running(**json.loads(home.running_file.read_text()))
    return None


def check_port_is_free(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CliError(
                f"Port {port} is taken{describe_listener(port)}.",
                f"Stop that, or choose another: `clipwire up --port {port + 1}`.",
            ) from None


def describe_listener(port: int) -> str:
    pid = processes.listener(port)
    if not pid:
        return ""
    command = textwrap.shorten(processes.command_of(pid), MAX_COMMAND, placeholder=" …")
    return f" by process {pid} ({command})"


def _wait_until_ready(running: Running, log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if not running.alive:
            raise CliError(f"The emulator ended while starting:\n{tail(log)}", f"Its whole log is {log}.")
        if answers(running):
            return
        time.sleep(0.1)
    processes.end(running.pid, running.known_as, patience=5)
    raise CliError(
        f"The emulator did not answer on port {running.port} within {READY_WITHIN:.0f} s.", f"Its log is {log}."
    )


def answers(running: Running) -> bool:
    """Whether it takes requests."""
    import urllib.request  # noqa: PLC0415  # it takes time, and only a start asks

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with suppress(OSError, ValueError), opener.open(f"{running.endpoint}/_ministack/ready", timeout=2) as answer:
        return bool(json.load(answer).get("status") == "completed")
    return False


def tail(log: Path, lines: int = 15) -> str:
    with suppress(OSError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    return ""
