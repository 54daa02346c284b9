import fcntl
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.template import cfn

BUILD = cfn.ROOT / ".clipwire" / "build"


@pytest.fixture(scope="session")
def template() -> dict[str, Any]:
    return cfn.load()


@pytest.fixture(scope="session")
def resources(template: dict[str, Any]) -> cfn.Resources:
    return template["Resources"]


def make(target: str) -> None:
    """What `make` has up to date already costs nothing; two workers of the test run never build the same at once."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "making.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = subprocess.run(
            ["make", "--silent", "--jobs=2", target], cwd=cfn.ROOT, capture_output=True, text=True, check=False
        )
    assert ended.returncode == 0, f"make {target}:\n{ended.stdout}\n{ended.stderr}"


@pytest.fixture(scope="session")
def made() -> Callable[[str], None]:
    return make


@pytest.fixture(scope="session")
def local_artifacts() -> Path:
    make("build")
    return BUILD / "sam-local"


@pytest.fixture(scope="session")
def aws_artifacts() -> Path:
    make("build-aws")
    return BUILD / "sam-aws"
