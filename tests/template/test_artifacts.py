"""The built artifacts: they import alone, hold what is pinned and nothing else, and fit in Lambda."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from typing import Any

import pytest

from tests.template.cfn import ROOT, load, of_type, referred
from tests.template.conftest import OTHER_PYTHON

pytestmark = pytest.mark.timeout(900)  # in a fresh clone the tools are installed first

FUNCTIONS = sorted(of_type(load()["Resources"], "Serverless::Function"))
MAX_UNZIPPED_BYTES = 110_000_000  # Lambda takes 250 MB, but every cold start pays for size
AARCH64, X86_64 = 183, 62  # e_machine of the ELF header
OTHER_MINOR = OTHER_PYTHON.removeprefix("python").replace(".", "")
PINS = [ROOT / "infra" / "dependencies" / f"{name}.txt" for name in ("runtime", "export")]
LOCAL_PYTHON = ROOT / ".clipwire" / "tools" / "bin" / "python"
AWS_WHEELS = re.compile(r"cp3\d+-(cp313|abi3)-manylinux\S*_aarch64|py3-none-any")

# Run with nothing on the path but the standard library and the artifacts, as in Lambda; prints the modules' own places.
IMPORTING = """
import importlib, json, sys
module, *artifacts = sys.argv[1:]
sys.path[:0] = artifacts
sys.dont_write_bytecode = True
handler = importlib.import_module(module)
assert callable(handler.lambda_handler)
print(json.dumps({name: m.__file__ for name, m in sys.modules.items() if getattr(m, "__file__", None)}))
"""
MAKING_CLIENTS = """
import sys
sys.path[:0] = sys.argv[1:]
sys.dont_write_bytecode = True
from shared import wiring
for make in (wiring.s3, wiring.dynamodb, wiring.sqs, wiring.sns):
    print(make().meta.service_model.service_name)
"""


def isolated(script: str, *words: object, **environment: str) -> str:
    command = [str(LOCAL_PYTHON), "-I", "-S", "-c", script, *map(str, words)]
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd="/", env={"PATH": "/usr/bin:/bin", **environment}
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def layers(artifacts: Path, function: str) -> list[Path]:
    """Those of all and those of its own, as SAM adds them up."""
    template = load()
    everywhere = template["Globals"]["Function"]["Layers"]
    own = template["Resources"][function]["Properties"].get("Layers", [])
    return [artifacts / referred(layer) / "python" for layer in (*everywhere, *own)]


def module_of(function: str) -> str:
    return f"functions.{function.removesuffix('Function').lower()}.handler"


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def metadata(artifacts: Path, name: str) -> Iterator[dict[str, list[str]]]:
    """The fields of each installed package's METADATA or WHEEL."""
    for path in sorted(artifacts.glob(f"*Layer/python/*.dist-info/{name}")):
        fields: dict[str, list[str]] = {}
        for line in path.read_text(encoding="utf-8").split("\n\n")[0].splitlines():
            key, _, value = line.partition(": ")
            fields.setdefault(key, []).append(value)
        yield fields


def pinned() -> set[tuple[str, str]]:
    lines = [line for pins in PINS for line in pins.read_text(encoding="utf-8").splitlines()]
    pins = [line.split()[0].split("==") for line in lines if "==" in line and "sys_platform == 'win32'" not in line]
    return {(re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in pins}


def machine_of(path: Path) -> int:
    """The ELF machine of a shared object: its processor architecture."""
    header = path.read_bytes()[:20]
    assert header[:4] == b"\x7fELF", path
    return int.from_bytes(header[18:20], "little")


def abi_of(path: Path) -> str:
    """`cpython-313` of `x.cpython-313-aarch64-linux-gnu.so`, `abi3`, or `any` for what Python does not import."""
    tags = [part for part in path.name.split(".so")[0].split(".")[1:] if part.startswith(("cpython-", "abi3"))]
    return "-".join(tags[0].split("-")[:2]) if tags else "any"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_handler_imports_from_its_artifact_and_the_layers_alone_and_opens_no_client(local_artifacts, function):
    folder = local_artifacts / function
    places: dict[str, str] = json.loads(
        isolated(IMPORTING, module_of(function), folder, *layers(local_artifacts, function))
    )
    ours = {name: path for name, path in places.items() if name.split(".")[0] in {"functions", "shared"}}
    assert ours
    assert [path for path in ours.values() if not path.startswith(str(local_artifacts))] == []
    assert [path for path in places.values() if "site-packages" in path] == []


def test_clients_of_every_service_that_is_called_can_be_made_from_the_layer(local_artifacts):
    made = isolated(MAKING_CLIENTS, *layers(local_artifacts, "NotifyFunction"), AWS_DEFAULT_REGION="eu-west-1")
    assert made.split() == ["s3", "dynamodb", "sqs", "sns"]


def test_the_functions_that_extract_nothing_start_without_what_extraction_needs(local_artifacts):
    for function in FUNCTIONS:
        shipped = {path.name for layer in layers(local_artifacts, function) for path in layer.iterdir()}
        assert ("lxml" in shipped) == ("trafilatura" in shipped) == (function == "ExtractFunction")
        assert ("duckdb" in shipped) == (function in {"ExportFunction", "DeskFunction"})


@pytest.mark.parametrize("target", ["local_artifacts", "aws_artifacts"])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_ships_its_own_folder_and_no_other(request: Any, function, target):
    built = request.getfixturevalue(target) / function
    name = function.removesuffix("Function").lower()
    assert {path.name for path in built.iterdir()} == {"functions"}
    assert {path.name for path in (built / "functions").iterdir()} - {"__pycache__"} == {"__init__.py", name}
    shipped = {path.relative_to(built) for path in files(built) if "__pycache__" not in path.parts}
    source = ROOT / "functions" / name
    assert shipped >= {path.relative_to(ROOT) for path in files(source) if "__pycache__" not in path.parts}


@pytest.mark.parametrize("target", ["local_artifacts", "aws_artifacts"])
def test_the_layers_hold_the_pinned_packages_at_the_pinned_versions(request: Any, target):
    found = metadata(request.getfixturevalue(target), "METADATA")
    installed = {(re.sub(r"[-_.]+", "-", fields["Name"][0]).lower(), fields["Version"][0]) for fields in found}
    assert installed == pinned()


def test_on_aws_each_package_is_pure_or_built_for_arm64_and_python_3_13(aws_artifacts):
    tags = [wheel["Tag"] for wheel in metadata(aws_artifacts, "WHEEL")]
    assert tags
    assert [of_one for of_one in tags if not any(AWS_WHEELS.fullmatch(tag) for tag in of_one)] == []


@pytest.mark.parametrize(
    ("built", "machine", "python"), [("aws_artifacts", AARCH64, "313"), ("other_artifacts", X86_64, OTHER_MINOR)]
)
def test_every_shared_object_is_for_the_architecture_and_the_python_that_the_parameters_name(
    request: Any, built, machine, python
):
    objects = [path for path in files(request.getfixturevalue(built)) if ".so" in path.suffixes]
    assert len(objects) >= 10
    assert {machine_of(path) for path in objects} == {machine}
    assert {abi_of(path) for path in objects} <= {f"cpython-{python}", "abi3", "any"}
    assert f"cpython-{python}" in {abi_of(path) for path in objects}


def test_a_deployed_build_has_byte_code_of_the_runtime_that_the_parameters_name(other_artifacts):
    for folder in (other_artifacts / "NotifyFunction", *layers(other_artifacts, "NotifyFunction")):
        compiled = [path for path in files(folder) if path.suffix == ".pyc"]
        assert {path.name.split(".")[-2] for path in compiled} == {f"cpython-{OTHER_MINOR}"}
        assert {path.read_bytes()[:4] for path in compiled} == {MAGIC_NUMBER}
        assert len(compiled) == sum(path.suffix == ".py" for path in files(folder))


def test_a_build_without_an_interpreter_to_compile_byte_code_fails_and_says_which_one_is_missing(made, tmp_path):
    made("tools")
    command = ["make", "-f", "infra/build/Makefile", "build-SharedLayer", f"ARTIFACTS_DIR={tmp_path}"]
    ended = subprocess.run([*command, "CLIPWIRE_PYTHON=3.99"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert "There is no Python 3.99 on this machine" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("target", ["local_artifacts", "aws_artifacts"])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_with_its_layers_fits_with_room_to_spare(request: Any, function, target):
    artifacts = request.getfixturevalue(target)
    size = sum(
        path.stat().st_size for folder in (artifacts / function, *layers(artifacts, function)) for path in files(folder)
    )
    assert size < MAX_UNZIPPED_BYTES, f"{size / 1e6:.1f} MB"


def test_locally_every_module_comes_with_byte_code_that_no_clock_can_make_stale(local_artifacts):
    unchecked = 1
    for folder in (local_artifacts / "ExtractFunction", *layers(local_artifacts, "ExtractFunction")):
        compiled = [path for path in files(folder) if path.suffix == ".pyc"]
        assert len(compiled) == sum(path.suffix == ".py" for path in files(folder))
        assert {int.from_bytes(path.read_bytes()[4:8], "little") for path in compiled} == {unchecked}


def test_the_built_template_points_at_what_was_built(local_artifacts):
    resources = load(local_artifacts / "template.yaml")["Resources"]
    assert [resources[function]["Properties"]["CodeUri"] for function in FUNCTIONS] == FUNCTIONS
    assert [resources[layer]["Properties"]["ContentUri"] for layer in ("SharedLayer", "DependencyLayer")] == [
        "SharedLayer",
        "DependencyLayer",
    ]


def test_the_template_passes_sam_validate_cfn_lint_and_the_policy_scan(made):
    made("check-template")


def test_a_python_of_pyenv_compiles_the_byte_code_though_it_is_not_the_chosen_version(tmp_path):
    version = f"3.{sys.version_info.minor}"
    write_command(tmp_path / "pyenv", f"echo {version}.7")
    write_command(
        tmp_path / f"python{version}", f'test -n "${{PYENV_VERSION:-}}" || exit 127\nexec {sys.executable} "$@"'
    )
    command = [ROOT / "infra/build/interpreter.sh", ROOT / ".clipwire/uv/bin/uv", version, tmp_path / "none"]
    ended = subprocess.run(
        ["/bin/bash", *command], cwd=tmp_path, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip()


def write_command(path, script):
    path.write_text(f"#!/bin/bash\n{script}\n")
    path.chmod(0o755)
