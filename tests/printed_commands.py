"""Every `clipwire` command that the project prints: in its guides, its help texts, its hints and the demo."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from infra.cli import app
from infra.local.home import CLONE

GUIDES = ("README.md", "CONTRIBUTING.md", "infra/operations.md", "infra/commands.md", "infra/reference.md")
IN_BACKTICKS = re.compile(r"`(clipwire [^`\n]+)`")
BLOCK = re.compile(r"^```\n(.*?)^```", re.MULTILINE | re.DOTALL)


def printed_commands() -> dict[str, str]:
    """Each command as it is printed, without comments, and the first place that prints it."""
    found: dict[str, str] = {}
    for place, text in [*from_guides(), *from_help(), *from_code()]:
        command = re.split(r"\s{2,}|\s#\s", text.strip())[0]
        found.setdefault(command, place)
    return found


def from_guides() -> Iterator[tuple[str, str]]:
    for name in GUIDES:
        text = (CLONE / name).read_text()
        blocks = "\n".join(BLOCK.findall(text))
        for line in [*blocks.splitlines(), *IN_BACKTICKS.findall(BLOCK.sub("", text).replace("\n", " "))]:
            if line.strip().startswith("clipwire "):
                yield name, line


def from_help(within: Any = None, path: str = "clipwire") -> Iterator[tuple[str, str]]:
    """The examples of each help, and the commands that its sentences name."""
    command = within or typer.main.get_command(app.build())
    for line in f"{command.help or ''}\n{command.epilog or ''}".splitlines():
        if line.strip().startswith("clipwire "):
            yield f"{path} --help", line
    for name, inner in getattr(command, "commands", {}).items():
        yield from from_help(inner, f"{path} {name}")


def from_code() -> Iterator[tuple[str, str]]:
    """Commands in backticks within the texts of the code; what an f-string puts in stands as `{}`."""
    for file in sorted((CLONE / "infra").rglob("*.py")):
        if "training" not in file.parts:
            for text in texts_of(file):
                for command in IN_BACKTICKS.findall(text):
                    yield file.relative_to(CLONE).as_posix(), command


def texts_of(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text())
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            yield node.value


def words_of(command: str) -> list[str]:
    return shlex.split(command)[1:]
