"""`make pictures` draws the README's pictures of the terminal: `python -m tests.terminal_pictures FOLDER`.

The commands run on a stack of their own that has the demo's records, at 80 columns.
"""

import io
import os
import re
import sys
from pathlib import Path

from rich.console import Console

from infra.cli.screen import output

# Not a terminal, so that no progress bar is drawn; what is recorded has its colours all the same.
CONSOLE = Console(record=True, width=80, force_terminal=False, file=io.StringIO(), highlight=False)
output.out = output.err = CONSOLE  # before any command takes them

from infra.cli import app  # noqa: E402  # after the line above
from infra.cli.screen.status_screen import screen  # noqa: E402  # likewise
from infra.local.home import CLONE  # noqa: E402  # likewise
from infra.local.stack import DEFAULT_PORT  # noqa: E402  # likewise
from infra.operate.watching import StackWatch  # noqa: E402  # likewise
from infra.stack.target import Target  # noqa: E402  # likewise
from tests.own_stack import own_stack  # noqa: E402  # likewise

FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
PICTURES = {
    "upload": [["upload", "tests/corpus/pages/strike-tram-depots.html", "--wait"]],
    "records": [["records", "--limit", "8"], ["records", "--attention"]],
    "rule": [["rules", "test", "tram* AND (drivers OR depots)", "--days", "1"]],
}


def draw(folder: Path) -> None:
    """One picture of each group of commands, as a terminal shows them."""
    os.chdir(CLONE)
    folder.mkdir(parents=True, exist_ok=True)
    with own_stack() as (home, target):
        os.environ["CLIPWIRE_HOME"] = str(home.state)
        app.run(["demo"])
        CONSOLE.export_svg(title="")
        for name, commands in PICTURES.items():
            draw_commands(folder, name, commands, target)
        draw_watch(folder, target)


def draw_commands(folder: Path, name: str, commands: list[list[str]], target: Target) -> None:
    for words in commands:
        CONSOLE.print(f"$ clipwire {' '.join(quoted(word) for word in words)}", style="bold", markup=False)
        app.run(words)
    save(folder, name, target.local_port)


def draw_watch(folder: Path, target: Target) -> None:
    CONSOLE.print("$ clipwire status --watch", style="bold")
    CONSOLE.print(screen(StackWatch(target).look()))
    save(folder, "watch", target.local_port)


def quoted(word: str) -> str:
    return f"'{word}'" if " " in word else word


def save(folder: Path, name: str, port: int | None) -> None:
    """Without fonts from elsewhere, and with the port that a stack usually has."""
    drawn = CONSOLE.export_svg(title="clipwire", unique_id=f"terminal-{name}")
    drawn = FONT_FACE.sub("", drawn).replace(f"port&#160;{port}", f"port&#160;{DEFAULT_PORT}")
    (folder / f"terminal-{name}.svg").write_text(drawn)


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
