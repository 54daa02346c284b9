"""`python -m infra.local.guard STATE PID` stops the stack of a state folder once process PID is gone.

Tests that are killed leave nothing up that way.
"""

import subprocess
import sys
import time
from pathlib import Path

from infra.local import emulator, processes
from infra.local.home import CLONE, Home

_PAUSE = 1.0  # seconds between looks, by judgement


def watch_over(home: Home, pid: int) -> None:
    """Starts a guard that ends with the stack, or ends it when `pid` ends."""
    words = [sys.executable, "-m", "infra.local.guard", str(home.state), str(pid)]
    process = subprocess.Popen(  # noqa: S603  # our own module
        words,
        cwd=home.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    process.returncode = 0  # it outlives this program on purpose, and Popen need not warn of it


def guard(home: Home, pid: int) -> None:
    known_as = processes.identity(pid)
    while emulator.find(home):
        if known_as is None or processes.identity(pid) != known_as:
            emulator.stop(home)
            return
        time.sleep(_PAUSE)


if __name__ == "__main__":
    guard(Home(CLONE, Path(sys.argv[1])), int(sys.argv[2]))
