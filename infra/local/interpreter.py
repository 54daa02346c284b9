"""The Python that compiles the byte code of what is built for AWS."""

import subprocess

from infra.errors import CliError
from infra.local.home import Home
from infra.local.progress import Progress


def ensure_interpreter(home: Home, runtime: str, progress: Progress) -> None:
    """Finds a Python of a Lambda runtime (`python3.13`), or fetches one; raises `CliError` where that fails.

    Without byte code notify starts past the ten seconds that Lambda gives a function to start.
    """
    version = runtime.removeprefix("python")
    if _run(home, version):
        return
    with progress.step(f"Fetching Python {version}, which compiles the byte code"):
        fetched = _run(home, version, "--fetch")
    if not fetched:
        raise CliError(
            f"There is no Python {version} on this machine, and it could not be fetched: no byte code can be made.",
            f"Install Python {version}, or deploy for one that is here: `--parameter PythonRuntime=python3.12`, say.",
        )


def _run(home: Home, version: str, *words: str) -> bool:
    state = home.root / ".clipwire"
    script = home.root / "infra/build/interpreter.sh"
    command = [str(script), str(state / "uv/bin/uv"), version, str(state / "python"), *words]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603  # our own script
