"""The processes of an emulator and of its functions, as the system accounts for them."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
EMULATOR = "emulator"


@dataclass(frozen=True, slots=True)
class Usage:
    """`part` is the emulator, or the function that the process runs.

    CPU seconds since its start, megabytes resident now.
    """

    part: str
    pid: int
    cpu: float
    megabytes: float


def usage(port: int) -> list[Usage]:
    """Of the emulator that listens on this port, and of all its workers."""
    return [found for pid, part in _parts(port) if (found := _usage(pid, part))]


def worker_processes(port: int) -> list[int]:
    """Process ids of the functions of the emulator that listens on this port."""
    return [pid for pid, part in _parts(port) if part != EMULATOR]


def age(pid: int) -> float:
    """Seconds since the process started; 0 where it is gone."""
    fields = _stat(pid)
    return float((_PROC / "uptime").read_text().split()[0]) - int(fields[19]) / _TICKS if fields else 0.0


def _parts(port: int) -> Iterator[tuple[int, str]]:
    for folder in _PROC.glob("[0-9]*"):
        environment = _environment(folder)
        if environment.get("GATEWAY_PORT") == str(port):
            function = environment.get("AWS_LAMBDA_FUNCTION_NAME", "")
            yield int(folder.name), function.rpartition("-")[2] or EMULATOR


def _usage(pid: int, part: str) -> Usage | None:
    fields = _stat(pid)
    if not fields:
        return None
    return Usage(part, pid, (int(fields[11]) + int(fields[12])) / _TICKS, int(fields[21]) * _PAGE / 2**20)


def _stat(pid: int) -> list[str]:
    """From the third field of `stat` on: what stands before may hold spaces."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def _environment(folder: Path) -> Mapping[str, str]:
    try:
        words = (folder / "environ").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return {}
    return dict(word.split("=", 1) for word in words if "=" in word)
