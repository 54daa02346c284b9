"""SAM as a child process: `build` and `deploy` of template.yaml itself, with what it says on its way passed on."""

import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.errors import CliError
from infra.local.environment import sam_environment
from infra.local.home import Home
from infra.local.progress import Note

_RESOURCE = re.compile(r"^(?:CREATE|UPDATE)_COMPLETE\s+(\S+)\s+(\S+)")
_BUILDING = re.compile(r"^Building (?:layer '(\w+)'|codeuri: .*functions: (.*)$)")
_FAILURE_LINES = 25  # lines of what SAM said last, by judgement: a screen


def build(home: Home, built: Path, parameters: Mapping[str, str], note: Note, port: int | None = None) -> None:
    """Leaves the artifacts and their template in `built`, for the runtime and architecture that the parameters name.

    It does not use `--cached`: SAM looks for changes in one folder, while the build copies from others.
    """
    words = [
        "build",
        "--template-file",
        str(home.root / "template.yaml"),
        "--build-dir",
        str(built),
        *parameter_overrides(parameters),
    ]
    run_sam(home, words, port, note, build_settings(parameters))


def build_settings(parameters: Mapping[str, str]) -> dict[str, str]:
    """What infra/build/Makefile reads: SAM hands no parameter of the template on to it."""
    asked = {
        "CLIPWIRE_ARCHITECTURE": parameters.get("Architecture", ""),
        "CLIPWIRE_PYTHON": parameters.get("PythonRuntime", "").removeprefix("python"),
    }
    return {name: value for name, value in asked.items() if value}


def deploy(
    home: Home, built: Path, parameters: Mapping[str, str], options: Sequence[str], note: Note, port: int | None = None
) -> None:
    """Deploys to the emulator where a port is given, else to AWS."""
    words = [
        "deploy",
        "--template-file",
        str(built / "template.yaml"),
        "--resolve-s3",
        "--no-fail-on-empty-changeset",
        "--no-progressbar",
    ]
    capabilities = ["--no-confirm-changeset", "--capabilities", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]
    run_sam(home, [*words, *capabilities, *parameter_overrides(parameters), *options], port, note)


def parameter_overrides(parameters: Mapping[str, str]) -> list[str]:
    pairs = [f"ParameterKey={name},ParameterValue={value}" for name, value in parameters.items()]
    return ["--parameter-overrides", *pairs] if pairs else []


def run_sam(
    home: Home, words: list[str], port: int | None, note: Note, settings: Mapping[str, str] | None = None
) -> None:
    log = home.state / f"sam-{words[0]}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    said: list[str] = []
    with subprocess.Popen(  # noqa: S603  # our own tool
        [home.tool("python"), home.tool("sam"), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd=home.root,
        env={**sam_environment(home, port=port), **(settings or {})},
    ) as process:
        for line in process.stdout or ():
            said.append(line.rstrip())
            if word := progress_word(line):
                note(word)
    log.write_text("\n".join(said))
    if process.returncode:
        shown = "\n".join(f"    {line}" for line in said[-_FAILURE_LINES:] if line.strip())
        raise CliError(f"`sam {words[0]}` failed:\n{shown}", f"All it said is in {log}.")


def progress_word(line: str) -> str | None:
    if made := _RESOURCE.match(line):
        return made[2]
    if building := _BUILDING.match(line):
        return building[1] or building[2]
    return None
