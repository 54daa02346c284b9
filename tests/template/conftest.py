import fcntl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infra.local import sam
from infra.local.home import Home
from tests.template import cfn

BUILD = cfn.ROOT / ".clipwire" / "build"
# The Python that runs the tests is on every machine that does, and so can compile byte code.
OTHER_PYTHON = f"python3.{sys.version_info.minor}"
OTHER_PARAMETERS = {"Architecture": "x86_64", "PythonRuntime": OTHER_PYTHON}


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


@pytest.fixture(scope="session")
def other_artifacts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `clipwire deploy` does, for another architecture and another Python than the template's defaults."""
    make("tools")
    home = Home(cfn.ROOT, tmp_path_factory.mktemp("other"))
    sam.build(home, home.state / "built", OTHER_PARAMETERS, lambda _word: None)
    return home.state / "built"
