"""The operator's page keeps up with the template and the command line."""

import re
from pathlib import Path

import pytest
import typer

from infra.cli import app

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "infra/operations.md").read_text()
README = (ROOT / "README.md").read_text()


def test_every_alarm_has_its_section():
    alarms = re.findall(r'AlarmName: !Sub "\$\{AWS::StackName\}-([a-z-]+)"', (ROOT / "template.yaml").read_text())
    assert len(alarms) >= 10
    assert [name for name in alarms if f"\n## {name}\n" not in PAGE] == []


def test_every_link_within_the_page_leads_somewhere():
    assert [anchor for anchor in re.findall(r"\(#([a-z-]+)\)", PAGE) if f"\n## {anchor}\n" not in PAGE] == []


@pytest.mark.parametrize("page", [PAGE, README], ids=["operations.md", "README.md"])
def test_every_command_on_a_page_exists_with_its_options(page):
    commands = typer.main.get_command(app.build()).commands
    for name, rest in re.findall(r"clipwire ([a-z]+)([^`\n]*)", page):
        chosen, words = commands[name], rest.split("#")[0].split()
        if words and words[0] in getattr(chosen, "commands", {}):
            chosen = chosen.commands[words[0]]
        known = {option for parameter in chosen.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert set(re.findall(r"(?<!\S)--[a-z-]+", " ".join(words))) <= known, name
