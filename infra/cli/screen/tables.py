"""Tables that fit the terminal: ids and outcomes are never cut, titles keep enough to be told apart, the rest goes.

`FittedTable` is laid out only when it is drawn, by the width that it then has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

MIN_TITLE = 24  # columns of a title that is cut, so that two articles can still be told apart; by judgement
# Columns between two cells: two are easier to read, one makes room for a column that would be left out.
WIDE_GAP = 2
NARROW_GAP = 1


@dataclass(frozen=True, slots=True)
class Column:
    """How a column gives way.

    `least`: it may be made as narrow as so many columns; None: it is never cut. `goes`: where there is no room, the
    column with the highest is left out first; one with 0 never is. `wraps`: a long cell takes several lines and loses
    nothing. `keeps_end`: a long cell is cut at its beginning, as a path is.
    """

    name: str
    least: int | None = None
    goes: int = 0
    wraps: bool = False
    keeps_end: bool = False


# What a name means in every table. Any other name is a column that is never cut; the last one of a table wraps.
KNOWN: Mapping[str, Column] = {
    column.name: column
    for column in (
        Column("title", least=MIN_TITLE),
        Column("detail", least=15, wraps=True),
        Column("topic", least=10, goes=1),
        Column("topics", least=10, goes=1),
        Column("about", least=10, goes=1),
        Column("language", goes=2),
        Column("published", goes=3),
        Column("processed", goes=3),
        Column("changed", goes=3),
        Column("owner", least=8, goes=4),
        Column("site", least=10, goes=5),
        Column("page", least=16, goes=6, keeps_end=True),
        Column("sample", least=16, goes=6, keeps_end=True),
        Column("key", least=24, keeps_end=True),
        Column("file", least=24, keeps_end=True),
        Column("endpoint", least=24, keeps_end=True),
        Column("for example from", least=12, wraps=True),
        Column("gets", least=20, wraps=True),
    )
}


class FittedTable:
    """Rows under column names, drawn in as many columns as there is room for."""

    def __init__(self, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Text]]) -> None:
        self.title = title
        self.columns = columns
        self.rows = list(rows)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        shown, widths, gap = fit(self.columns, self.natural_widths(), options.max_width)
        drawn = empty_table(self.title, gap)
        drawn.show_header = any(column.name for column in self.columns)
        for at, width in zip(shown, widths, strict=True):
            drawn.add_column(cut_end(Text(self.columns[at].name), width), width=width, overflow="fold")
        for row in self.rows:
            cells = (cut_cell(row[at], self.columns[at], width) for at, width in zip(shown, widths, strict=True))
            drawn.add_row(*cells)
        yield drawn

    def natural_widths(self) -> list[int]:
        """The columns that each column of the table would take if there were room for all of it."""
        heads = [cell_len(column.name) for column in self.columns]
        return [max(heads[at], *(row[at].cell_len for row in self.rows), 1) for at in range(len(self.columns))]


def empty_table(title: str, gap: int) -> Table:
    return Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        box=None,
        pad_edge=False,
        padding=(0, gap, 0, 0),
    )


def fit(columns: Sequence[Column], natural: Sequence[int], room: int) -> tuple[list[int], list[int], int]:
    """Which columns are shown, how wide each is, and the gap between them.

    Columns leave one by one, the one with the highest `goes` first, until the least widths of the others have room.
    """
    pairs = zip(columns, natural, strict=True)
    least = [width if column.least is None else min(width, column.least) for column, width in pairs]
    shown = list(range(len(columns)))
    while True:
        for gap in (WIDE_GAP, NARROW_GAP):
            taken = sum(least[at] for at in shown) + gap * (len(shown) - 1)
            if taken <= room:
                return shown, spread([least[at] for at in shown], [natural[at] for at in shown], room - taken), gap
        leaving = max(shown, key=lambda at: columns[at].goes)
        if columns[leaving].goes == 0:
            return shown, squeeze([least[at] for at in shown], room - NARROW_GAP * (len(shown) - 1)), NARROW_GAP
        shown.remove(leaving)


def spread(least: Sequence[int], natural: Sequence[int], spare: int) -> list[int]:
    """Gives the columns that were cut the room that is left, one column each in turn."""
    widths = list(least)
    while spare > 0 and (wanting := [at for at, width in enumerate(widths) if width < natural[at]]):
        for at in wanting[:spare]:
            widths[at] += 1
        spare -= min(spare, len(wanting))
    return widths


def squeeze(widths: Sequence[int], room: int) -> list[int]:
    """Takes from the widest where even the least does not fit: its cells then run over several lines."""
    made = list(widths)
    while sum(made) > room and max(made) > 1:
        made[made.index(max(made))] -= 1
    return made


def cut_cell(cell: Text, column: Column, width: int) -> Text:
    """The cell in one line of its column, or as it stands where the column wraps or is never cut."""
    if cell.cell_len <= width or column.wraps or column.least is None or width < column.least:
        return cell
    if column.keeps_end:
        return cut_beginning(cell, width)
    return cut_end(cell, width)


def cut_end(cell: Text, width: int) -> Text:
    cut = cell.copy()
    cut.truncate(width, overflow="ellipsis")
    return cut


def cut_beginning(cell: Text, width: int) -> Text:
    kept = cell.plain
    while cell_len(kept) >= width:
        kept = kept[1:]
    return Text(f"…{kept}", style=cell.style)


def columns_of(names: Iterable[str | Column]) -> list[Column]:
    """The columns of these names. A last one that is not known wraps, so that a table of any kind fits."""
    *before, last = names
    ending = last if isinstance(last, Column) else KNOWN.get(last, Column(last, least=MIN_TITLE, wraps=True))
    return [*(name if isinstance(name, Column) else KNOWN.get(name, Column(name)) for name in before), ending]
