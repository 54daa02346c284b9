"""How the command line speaks: tables for people, one JSON document for scripts, nothing that a page could forge."""

import json
import os
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from rich.console import Console
from rich.text import Text

from infra.cli.screen.tables import Column, FittedTable, columns_of
from infra.local.progress import Note

_NO_TERMINAL = 160  # columns of a table in a file or pipe, by judgement


def make_console(*, stderr: bool) -> Console:
    """A table into a file or a pipe is as wide as a wide terminal, unless COLUMNS says otherwise."""
    stream = sys.stderr if stderr else sys.stdout
    is_terminal = stream is not None and stream.isatty()  # None where it was closed before the start
    width = None if is_terminal or "COLUMNS" in os.environ else _NO_TERMINAL
    return Console(stderr=stderr, highlight=False, width=width)


out = make_console(stderr=False)
err = make_console(stderr=True)
STYLES: Mapping[str, str] = {"published": "green", "rejected": "yellow", "deleted": "dim", "waiting": "dim"}
# Under what names answers hold the list that they are about.
LISTS = (
    "records",
    "history",
    "matches",
    "caught",
    "rules",
    "subscriptions",
    "findings",
    "pages",
    "groups",
    "rows",
    "questions",
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # they shape Persian, Hindi and emoji


def plain(value: object) -> str:
    """Text of a page as one line of visible characters: no terminal sequences, no direction overrides."""
    kept = (" " if letter in "\n\r\t" else letter for letter in str(value))
    return "".join(letter for letter in kept if letter in _JOINERS or unicodedata.category(letter) not in _UNSEEN)


def words(value: object, style: str = "") -> Text:
    """The same for rich, which would otherwise read square brackets as markup."""
    return Text(plain(value), style=style)


def table(title: str, columns: Iterable[str | Column], rows: Iterable[Iterable[object]]) -> FittedTable:
    """Rows that fit the terminal; `infra/cli/screen/tables.py` says which columns give way first, by their names."""
    cells = [[cell if isinstance(cell, Text) else words(cell) for cell in row] for row in rows]
    return FittedTable(title, columns_of(columns), cells)


def one_line(value: object, style: str = "") -> Text:
    """For a last column that is cut rather than wrapped."""
    return Text(plain(value), style=style, no_wrap=True, overflow="ellipsis")


def outcome_word(outcome: str) -> Text:
    return Text(outcome, style=STYLES.get(outcome, ""))


def when(iso: object) -> str:
    """A time in the zone of this machine with the zone's name: `24 Nov 2026 17:03 CET`.

    A time without a zone stands without one, and a bare date as a date.
    """
    try:
        read = datetime.fromisoformat(str(iso))
    except ValueError:
        return str(iso or "")
    if len(str(iso)) <= len("2025-05-01"):
        return f"{read:%d %b %Y}"
    return f"{read.astimezone():%d %b %Y %H:%M %Z}" if read.tzinfo else f"{read:%d %b %Y %H:%M}"


def emit(document: object) -> None:
    """One JSON document. Characters past ASCII are escaped, so that a title cannot drive a terminal."""
    sys.stdout.write(json.dumps(document, default=str) + "\n")
    sys.stdout.flush()


def emit_lines(document: object) -> None:
    """The list that a document is about as one document per line; a document without a list as one line.

    What stands beside the list, such as the mark to go on from, is left out.
    """
    for line in listed_in(document):
        emit(line)


def listed_in(document: object) -> list[object]:
    """`{"records": [{…}, {…}], "after": …}` → the records; a record that has lists of its own → the record."""
    lists = [document.get(name) for name in LISTS] if isinstance(document, Mapping) else [document]
    return next((found for found in lists if isinstance(found, list) and not any(map(is_text, found))), [document])


def is_text(value: object) -> bool:
    return isinstance(value, str)


class ConsoleProgress:
    """Steps as a spinner on a terminal, and as plain lines elsewhere; each ends with the seconds it took."""

    @contextmanager
    def step(self, title: str) -> Iterator[Note]:
        begun = time.monotonic()
        if err.is_terminal:
            with err.status(title) as status:
                yield lambda note: status.update(Text.assemble(title, (f"  {plain(note)}", "dim")))
        else:
            err.print(f"· {title} …", markup=False)
            yield _nothing
        err.print(Text.assemble(("✓ ", "green"), title, (f"  {time.monotonic() - begun:.1f} s", "dim")))

    def say(self, line: str) -> None:
        err.print(words(line))


def _nothing(_: str) -> None:
    pass
