"""The environments of local programs, without any AWS setting of the user's: nothing local reaches an account."""

import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path

from infra.local.home import Home

REGION = "us-east-1"
ACCESS_KEY = "clipwire-local"
SECRET_KEY = "the-emulator-checks-no-signatures"  # noqa: S105  # opens nothing but the emulator
_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SYSTEMROOT")
_NO_PROXY = {"NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}


def endpoint(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def emulator_environment(home: Home, port: int, extra: Mapping[str, str]) -> dict[str, str]:
    """The functions inherit it too: it is built from nothing, so that they see none of the user's variables."""
    return {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        **emulator_credentials(),
        "HOME": str(home.emulator),
        "TMPDIR": str(home.scratch),
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": REGION,
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(home.data),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(home.objects),
        "DOCKER_HOST": f"unix://{home.scratch}/none.sock",
        **extra,
    }


def sam_environment(home: Home, *, port: int | None = None) -> dict[str, str]:
    """For SAM: on the emulator where a port is given, else on AWS with the user's own settings."""
    own = {
        "SAM_CLI_TELEMETRY": "0",
        "__SAM_CLI_APP_DIR": str(home.sam),
        "SAM_CLI_POLL_DELAY": "5" if port is None else "0.3",
        "CLIPWIRE_TARGET": "aws" if port is None else "local",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    if port is None:
        return {**os.environ, **own}
    foreign = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {**foreign, **emulator_credentials(), **_NO_PROXY, **own, "AWS_ENDPOINT_URL": endpoint(port)}


def emulator_credentials() -> dict[str, str]:
    return {
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def local_parameters() -> dict[str, str]:
    """The emulator runs functions with the interpreter it was installed with: ours.

    Artifacts are built for just that.
    """
    machine = platform.machine().lower()
    return {
        "PythonRuntime": f"python{sys.version_info.major}.{sys.version_info.minor}",
        "Architecture": "arm64" if machine in {"arm64", "aarch64"} else "x86_64",
        "StageConcurrency": str(
            max(2, min(8, os.cpu_count() or 2))
        ),  # each takes a process, and they start all at once
        "TlsOnly": "false",  # the emulator speaks plain HTTP, and holds callers to the template's TLS-only policies
    }
