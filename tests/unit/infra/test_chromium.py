"""Which browser the tests in a browser get, and what is said where there is none."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.local.home import CLONE

SCRIPT = CLONE / "infra/checks/chromium.sh"
BASH = shutil.which("bash")


def run(folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(folder), **more}
    return subprocess.run([BASH, SCRIPT], env=environment, capture_output=True, text=True, check=False)


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("name", ["chromium", "google-chrome"])
def test_a_browser_on_the_path_is_taken(tmp_path, name):
    path = program(tmp_path, name)
    assert run(tmp_path).stdout.strip() == str(path)


def test_a_browser_that_is_named_comes_first(tmp_path):
    program(tmp_path, "chromium")
    named = program(tmp_path, "mine")
    assert run(tmp_path, CHROMIUM=str(named)).stdout.strip() == str(named)


def test_without_one_that_may_be_installed_it_says_what_to_do(tmp_path):
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "apt-get install chromium" in done.stderr


@pytest.mark.parametrize(("ci", "code"), [("true", 2), ("", 0)])
def test_leaving_the_ring_out_is_said_and_a_failure_with_ci(ci, code):
    command = ["make", "--silent", "browser", "FIND_CHROMIUM=false"]
    environment = {"PATH": os.environ["PATH"], "CI": ci}
    done = subprocess.run(command, cwd=CLONE, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert ("cannot be left out" if ci else "LEFT OUT") in done.stdout
