"""The questions in SQL that come with Clipwire: files of `infra/queries/athena`, saved with the stack on AWS."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from infra.local.home import CLONE

FOLDER = CLONE / "infra" / "queries" / "athena"


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
    def first_line(self) -> str:
        return self.sql.splitlines()[0].removeprefix("-- ")


def saved_questions() -> list[Question]:
    """All of them, by name."""
    return [Question(path) for path in sorted(FOLDER.glob("*.sql"))]
