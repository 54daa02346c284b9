"""Each port's two sides: the fake, and the AWS adapter on an emulator of the tests' own with nothing deployed on it."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from infra.local import emulator
from infra.local.clients import client
from infra.local.home import CLONE, Home


@dataclass(frozen=True)
class Clients:
    port: int

    def __call__(self, service: str):
        return client(service, self.port)


@pytest.fixture(scope="session")
def clients(tmp_path_factory) -> Iterator[Clients]:
    home = Home(CLONE, tmp_path_factory.mktemp("emulator"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = emulator.start(home, port)
    yield Clients(running.port)
    emulator.stop(home)
