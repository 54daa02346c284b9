"""What exporting needs from the outside; its AWS side is in this folder, its fakes in `tests/fakes.py`."""

from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from pydantic import Field

from shared.domain.documents import Frozen, Record
from shared.domain.history import HistoryLine
from shared.domain.rules import Rule
from shared.domain.told import Told


class ExportState(Frozen):
    """How far the export came.

    `seen_until` is the time (ISO, UTC) up to which lines of the history were read, empty before the first run. `due`
    has the days whose files have still to be written.
    """

    seen_until: str = ""
    due: list[str] = Field(default_factory=list)


class RecordsByDay(Protocol):
    """The records table by its index of days."""

    def days(self) -> set[str]:
        """Every day under which a record stands."""

    def of_day(self, day: str) -> Iterator[Record]:
        """The records that stand under a day, read consistently."""


class HistoryByDay(Protocol):
    """The history table, as it is read."""

    def lines(self, document_id: str) -> list[HistoryLine]:
        """The document's lines, oldest first, read consistently."""

    def noted_on(self, day: str, since: str = "") -> Iterator[HistoryLine]:
        """The lines that were written on a day, from a time of it on, oldest first."""


class EnabledRules(Protocol):
    """The rules table, as far as the export reads it."""

    def enabled(self) -> list[Rule]:
        """Every rule that is switched on, sound or not."""


class ToldStories(Protocol):
    """The told table, as it is read."""

    def find_many(self, story_ids: Collection[str]) -> Mapping[str, Told]:
        """What was told of those of the stories of which anything was."""


class DayFiles(Protocol):
    """The files of each day: one for each table that has rows of it."""

    def load_state(self) -> ExportState:
        """The state as it was saved last."""

    def save_state(self, state: ExportState) -> None:
        """Replaces the state."""

    def days(self) -> set[str]:
        """Every day that has files."""

    def replace(self, day: str, files: Mapping[str, bytes]) -> None:
        """Makes these the day's files, by table: each is written whole, and the files of other tables are removed."""
