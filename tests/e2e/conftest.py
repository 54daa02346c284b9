"""One deployed stack for all tests of this folder, on a port and in a folder of its own.

CLIPWIRE_E2E_HOME names a folder whose stack is kept up and used again: the second run then takes seconds.
`clipwire down` with CLIPWIRE_HOME set to the same folder stops it.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from infra.local import emulator
from infra.local.guard import watch_over
from infra.local.home import CLONE, Home
from infra.local.stack import bring_up, take_down
from infra.stack.readers.inbox import Inbox, inbox
from tests.e2e.roles import aws_environment, credentials, user
from tests.e2e.sink import Sink, sink
from tests.e2e.support import Stack

Clipwire = Callable[..., subprocess.CompletedProcess[str]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.emulator)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack deployed from this clone's template.yaml, with AUTH on."""
    kept = os.environ.get("CLIPWIRE_E2E_HOME")
    home = Home(CLONE, Path(kept).resolve() if kept else tmp_path_factory.mktemp("stack"))
    certificate = _certificate(home)
    found = emulator.find(home)
    up = bring_up(home, found.port if found else _free_port(), _Lines(), {"SSL_CERT_FILE": str(certificate)})
    if not kept:
        watch_over(home, os.getpid())
    yield Stack(home.state, up.running.port, certificate)
    if not kept:
        take_down(home, wipe=True)


@pytest.fixture
def subscriber(stack: Stack) -> Iterator[Callable[..., Inbox]]:
    """`subscriber(topics=["sport"])` subscribes an SQS queue with that filter policy until the test ends."""
    with ExitStack() as until_the_end:
        yield lambda **wanted: until_the_end.enter_context(inbox(stack.target, wanted))


@pytest.fixture
def https_sink(stack: Stack) -> Iterator[Sink]:
    """A web server whose certificate the emulator trusts; subscribe its `url`."""
    with sink(stack.certificate) as server:
        yield server


@pytest.fixture
def clipwire(stack: Stack) -> Clipwire:
    """Runs the command line against the stack: `clipwire("records", "--json")`. `code=None` takes any exit code."""
    return command_line({"CLIPWIRE_HOME": str(stack.home), "HOME": str(stack.home)})


@pytest.fixture
def clipwire_as(stack: Stack) -> Iterator[Callable[[str], Clipwire]]:
    """`clipwire_as("Operator")` runs the command line with `--aws` and the rights of that policy."""
    with ExitStack() as until_the_end:

        def signed_in(who: str) -> Clipwire:
            key = until_the_end.enter_context(user(stack, who))
            return command_line({**aws_environment(stack), **credentials(key)})

        yield signed_in


def command_line(environment: Mapping[str, str]) -> Clipwire:
    program = CLONE / ".venv" / "bin" / "clipwire"
    given = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment}

    def run(*words: str, code: int | None = 0, timeout: float = 150) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [program, *words], env=given, capture_output=True, text=True, timeout=timeout, check=False
        )
        assert code in (None, done.returncode), (
            f"clipwire {' '.join(words)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
        )
        return done

    return run


class _Lines:
    """Shown by pytest where bringing the stack up fails."""

    @contextmanager
    def step(self, title: str) -> Iterator[Callable[[str], None]]:
        self.say(title)
        yield lambda _: None

    def say(self, line: str) -> None:
        sys.stdout.write(f"{line}\n")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: Any = probe.getsockname()[1]
        return int(port)


def _certificate(home: Home) -> Path:
    folder = home.state / "tls"
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / "certificate.pem"
    if not made.exists():
        subprocess.run([home.tool("python"), Path(__file__).with_name("certificate.py"), folder], check=True)
    return made
