"""A stack of one's own on the emulator, for what is run by hand: load, storms and benchmarks."""

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from infra.local.guard import watch_over
from infra.local.home import CLONE, Home
from infra.local.stack import bring_up, take_down
from infra.stack.target import Target


class Lines:
    """The steps of bringing a stack up, a line each on standard error."""

    @contextmanager
    def step(self, title: str) -> Iterator[Any]:
        sys.stderr.write(f"· {title}\n")
        yield lambda _word: None

    def say(self, line: str) -> None:
        sys.stderr.write(f"  {line}\n")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_stack() -> Iterator[tuple[Home, Target]]:
    """Deployed from this clone with AUTH on; gone at the end, and also if this program is killed."""
    with tempfile.TemporaryDirectory(prefix="clipwire-own-") as folder:
        home, port = Home(CLONE, Path(folder)), free_port()
        try:
            bring_up(home, port, Lines())
            watch_over(home, os.getpid())
            yield home, Target(port)
        finally:
            take_down(home, wipe=True)
