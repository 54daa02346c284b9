"""Every command, make target and query that the README shows exists."""

import re
import shlex

import pytest
import typer

from infra.cli.app import build
from infra.local.home import CLONE
from shared.version import PIPELINE_VERSION

README = (CLONE / "README.md").read_text()
BLOCKS = re.findall(r"^```\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
LINES = [line.partition("  #")[0].strip() for block in BLOCKS for line in block.splitlines()]
CLIPWIRE = [line for line in [*LINES, *re.findall(r"`(clipwire [^`]+)`", README)] if line.startswith("clipwire ")]
CLIPWIRE = [line.partition(" <")[0] for line in CLIPWIRE if not line.endswith("--help")]
MAKE = [line for line in LINES if line.startswith("make ")]


@pytest.mark.parametrize("line", CLIPWIRE)
def test_a_clipwire_command_of_the_readme_parses(line):
    command = typer.main.get_command(build())
    words = shlex.split(line)[1:]
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    command.make_context(line, [word for word in words if word != "…"], resilient_parsing=False)


@pytest.mark.parametrize("line", MAKE)
def test_a_make_target_of_the_readme_is_there(line):
    assert re.search(rf"^{line.split()[1]}:.*## ", (CLONE / "Makefile").read_text(), flags=re.MULTILINE)


def test_every_query_of_the_readme_is_there():
    for name in re.findall(r"`(\w+\.sql)`", README):
        assert (CLONE / "infra" / "queries" / name).is_file()


def test_the_version_is_the_same_everywhere():
    assert f'version = "{PIPELINE_VERSION}"' in (CLONE / "pyproject.toml").read_text()
