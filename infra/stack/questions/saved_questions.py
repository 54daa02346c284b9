"""The questions in SQL that come with Clipwire: files of `infra/queries/athena`, saved with the stack on AWS."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from infra.errors import CliError
from infra.local.home import CLONE

FOLDER = CLONE / "infra" / "queries" / "athena"
OWN_WORD = re.compile(r"%([\w ]+)%")


@dataclass(frozen=True)
class Question:
    """One file. Its first line says `-- Title: what it answers`."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @cached_property
    def sql(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def title(self) -> str:
        return self.first_line.partition(": ")[0]

    @property
    def about(self) -> str:
        return self.first_line.partition(": ")[2]

    @property
    def own_name(self) -> str:
        """The name or word that it asks about, which stands between `%` signs; empty where it asks about none."""
        own = OWN_WORD.search(self.sql)
        return own[1] if own else ""

    def about_name(self, name: str) -> str:
        """The question about another name or word than its own."""
        own = OWN_WORD.search(self.sql)
        if own is None:
            raise CliError(f"{self.name} asks about no name.", "Leave `--about` out.")
        folded = name.lower().replace("'", "''")
        searched = re.escape(name.lower()).replace("'", "''")
        return self.sql.replace(own[0], f"%{folded}%").replace(f")*{own[1]}(", f")*{searched}(")

    @property
    def first_line(self) -> str:
        return self.sql.splitlines()[0].removeprefix("-- ")


def saved_questions() -> list[Question]:
    """All of them, by name."""
    return [Question(path) for path in sorted(FOLDER.glob("*.sql"))]
