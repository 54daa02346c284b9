"""Who is who among processes, so that only those we started are ever ended."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

_PROC = Path("/proc")
_LISTENING = "0A"


def identity(pid: int) -> str | None:
    """What tells this process from a later one with the same number; None where there is no such process."""
    if (_PROC / "self" / "stat").exists():
        return _identity_from_proc(pid)
    shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607  # fixed words and a number
    return shown.stdout.strip() or None


def _identity_from_proc(pid: int) -> str | None:
    try:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    state, started = fields[0], fields[19]
    return None if state == "Z" else f"{started}@{_boot()}"


def _boot() -> str:
    try:
        return (_PROC / "sys/kernel/random/boot_id").read_text().strip()[:8]
    except OSError:
        return ""


def command_of(pid: int) -> str:
    """The command line, as far as we may see it."""
    try:
        words = (_PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return "unknown command"
    return " ".join(word.decode(errors="replace") for word in words if word)[:120] or "unknown command"


def listener(port: int) -> int | None:
    """The process that listens on the port, where the system lets us see it."""
    sockets = listening_sockets(port)
    for folder in _PROC.glob("[0-9]*/fd") if sockets else ():
        with contextlib.suppress(OSError):
            if any(link_target(entry) in sockets for entry in folder.iterdir()):
                return int(folder.parent.name)
    return None


def link_target(entry: Path) -> str:
    try:
        return str(entry.readlink())
    except OSError:
        return ""


def listening_sockets(port: int) -> set[str]:
    found = set()
    for table in ("net/tcp", "net/tcp6"):
        with contextlib.suppress(OSError):
            for line in (_PROC / table).read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == _LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                    found.add(f"socket:[{fields[9]}]")
    return found


def end(pid: int, known_as: str, patience: float) -> bool:
    """Asks the process we know to stop, and kills it after `patience` seconds. True where it stopped by itself."""
    if identity(pid) != known_as:
        return True
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if gone(pid, known_as):
            return True
        time.sleep(0.05)
    kill_process_group(pid)
    return False


def gone(pid: int, known_as: str) -> bool:
    """Whether the process has ended. A child of this process is also reaped."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    return identity(pid) != known_as


def kill_process_group(pid: int) -> None:
    """The process leads a session of its own: its group is it and what it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
