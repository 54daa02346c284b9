"""What a team watches for: a named query, kept in the rules table."""

import re
import unicodedata
from collections.abc import Iterable

from shared.domain.documents import Frozen
from shared.domain.errors import ClipwireError

MAX_NAME_LENGTH = 64  # characters; by judgement: a name is read in lists and typed in commands

# How many rules a record and its alert name, and the bytes of their names: what an SNS message has room for (decision
# 11).
MAX_LISTED_RULES = 2_000
MAX_LISTED_BYTES = 40_000
UNLISTED = "*"
"""Stands among an alert's rules where more matched than are listed.

Who asks for one rule asks for this too, and misses nothing.
"""

# Characters of a query shown before and after a fault in it: both fit a terminal of 80 columns.
SHOWN_BEFORE_FAULT = 50
SHOWN_AFTER_FAULT = 25
_NAME = re.compile(r"[^\W_](?:[\w .-]*\w)?")


class BadQuery(ClipwireError):
    """A query that cannot be a rule. `position` is the offset in the query of what is wrong."""

    def __init__(self, message: str, query: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.query = query
        self.position = position

    def __reduce__(self) -> tuple[type["BadQuery"], tuple[str, str, int]]:
        return type(self), (self.message, self.query, self.position)

    def __str__(self) -> str:
        return f"column {self.position + 1}: {self.message}"

    def pointed(self) -> str:
        """The query about the place, a caret under it, and the message: three lines for a terminal."""
        start = max(0, self.position - SHOWN_BEFORE_FAULT)
        part = self.query[start : self.position + SHOWN_AFTER_FAULT]
        shown = "".join(" " if character.isspace() else character for character in part)
        return f"{shown}\n{' ' * count_columns(shown[: self.position - start])}^\n{self.message}"


def count_columns(text: str) -> int:
    """Terminal columns: wide characters take two, combining ones none."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)


class Rule(Frozen):
    """One row of the rules table, as a person may have written it there.

    `error` says why it is skipped; None where it is sound.
    """

    name: str
    query: str
    enabled: bool = True
    owner: str = ""
    note: str = ""
    error: str | None = None
    updated_at: str = ""


def name_problem(name: str) -> str | None:
    """What is wrong with a rule's name, as a sentence; None for a good one."""
    if len(name) <= MAX_NAME_LENGTH and _NAME.fullmatch(name):
        return None
    signs = "letters, digits, spaces, dots, hyphens or underscores"
    return f"a rule's name has 1 to {MAX_NAME_LENGTH} {signs}, and begins with a letter or digit"


def count_listed_rules(names: Iterable[str]) -> int:
    """How many rules, the first of those given, a record and its alert have room to name."""
    fitting, room = 0, MAX_LISTED_BYTES
    for name in names:
        room -= len(name.encode())
        if room < 0 or fitting == MAX_LISTED_RULES:
            break
        fitting += 1
    return fitting
