"""The operator's page keeps up with the template and the command line."""

import re
from pathlib import Path

import typer

from infra.cli import app

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "infra/operations.md").read_text()


def test_every_alarm_has_its_section():
    alarms = re.findall(r'AlarmName: !Sub "\$\{AWS::StackName\}-([a-z-]+)"', (ROOT / "template.yaml").read_text())
    assert len(alarms) >= 10
    assert [name for name in alarms if f"\n## {name}\n" not in PAGE] == []


def test_every_link_within_the_page_leads_somewhere():
    assert [anchor for anchor in re.findall(r"\(#([a-z-]+)\)", PAGE) if f"\n## {anchor}\n" not in PAGE] == []


def test_every_command_on_the_page_exists_with_its_options():
    commands = typer.main.get_command(app.build()).commands
    for name, rest in re.findall(r"clipwire ([a-z]+)([^`\n]*)", PAGE):
        known = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, name
