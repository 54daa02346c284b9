"""Tables at the widths of a phone's terminal, an old one, a common one and a wide one."""

import ast
import re

import pytest
from rich.text import Text

from infra.cli.screen import output
from infra.cli.screen.output import one_line, outcome_word, table, words
from infra.cli.screen.tables import MIN_TITLE, Column, fit
from infra.local.home import CLONE

WIDTHS = [60, 80, 120, 200]
ID = "ec23c1e1"
TITLE = "Lowmarsh families carry their homes out of the water for the third time in a decade"


def drawn(renderable: object, width: int) -> list[str]:
    console = output.Console(width=width, force_terminal=False)
    with console.capture() as captured:
        console.print(renderable)
    return captured.get().splitlines()


RECORDS = (
    ("id", "outcome", "topic", "site", "published", "title"),
    [
        [
            ID,
            outcome_word("published"),
            "disaster, weather, environment",
            "The Harrowfield Courier",
            "11 Feb 2024 06:40 CET",
            one_line(TITLE),
        ],
        [ID, outcome_word("rejected"), "no-article", "", "", one_line("incoming/samples/2026/may/paywall-stub.html")],
    ],
)
UPLOADED = (
    ("id", "page", "outcome", "about", "title"),
    [
        [
            ID,
            "incoming/2026/may/a/long/folder/flood-lowmarsh.html",
            outcome_word("published"),
            "disaster, weather",
            one_line(TITLE),
        ]
    ],
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("rows", [RECORDS, UPLOADED], ids=["records", "upload"])
def test_an_id_and_an_outcome_are_never_cut_and_a_title_keeps_enough(rows, width):
    lines = drawn(table("", *rows), width)
    assert len(lines) == 1 + len(rows[1])
    assert all(len(line) <= width for line in lines)
    assert all(ID in line for line in lines[1:])
    assert "published" in lines[1]
    assert TITLE[: MIN_TITLE - 1] in lines[1]


def test_folders_and_sites_go_first():
    head = drawn(table("", *RECORDS), 60)[0].split()
    assert head == ["id", "outcome", "topic", "title"]
    assert "published" in drawn(table("", *RECORDS), 80)[0]
    assert "site" in drawn(table("", *RECORDS), 120)[0]


def test_a_page_is_cut_at_its_folders_and_keeps_its_name():
    assert "flood-lowmarsh.html" in drawn(table("", *UPLOADED), 120)[1]


def test_a_detail_is_never_lost_and_takes_several_lines():
    detail = "The page has an opening of two paragraphs and then a request to subscribe, so that the rest is not here."
    rows = [[ID, "stub", "24 Nov 2026 17:03 CET", "incoming/samples/2026/paywall-stub.html", detail]]
    for width in WIDTHS:
        lines = drawn(table("", ("id", "reason", "processed", "page", "detail"), rows), width)
        assert set(detail.split()) <= set(" ".join(lines).split())
        assert all(len(line) <= width for line in lines)


def test_wide_letters_count_as_two_columns():
    lines = drawn(table("", ("id", "title"), [[ID, one_line("駅の猫がいなくなった" * 6)]]), 60)
    assert len(lines) == 2
    assert Text(lines[1]).cell_len <= 60


def test_what_is_never_cut_runs_over_several_lines_where_there_is_no_room():
    lines = drawn(table("", ("group", "messages"), [["f" * 50, words("12")]]), 40)
    assert "".join(line[:37].strip() for line in lines[1:]).count("f") == 50


def test_columns_leave_one_by_one_until_the_rest_fits():
    columns = [Column("a"), Column("b", goes=2), Column("c", goes=1)]
    assert fit(columns, [10, 10, 10], 34)[0] == [0, 1, 2]
    assert fit(columns, [10, 10, 10], 25)[0] == [0, 2]
    assert fit(columns, [10, 10, 10], 12)[0] == [0]


def tables_of_the_code():
    """The column names of every table that a command draws, with the place."""
    for file in sorted((CLONE / "infra" / "cli").rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "table" and isinstance(call.args[1], ast.Tuple):
                names = [part.value for part in call.args[1].elts if isinstance(part, ast.Constant)]
                if len(names) == len(call.args[1].elts):
                    yield pytest.param(tuple(names), id=f"{file.stem}: {' '.join(names)}")
        columns = re.findall(r'^ +columns = (\("[^)]*\))$', file.read_text(), flags=re.MULTILINE)
        yield from (pytest.param(ast.literal_eval(names), id=f"{file.stem}: {names}") for names in columns)


LONG = {
    "title": TITLE,
    "page": "incoming/2026/may/a/long/folder/flood-lowmarsh.html",
    "site": "The Harrowfield Courier",
}
LONG |= {"id": ID, "outcome": "published", "published": "11 Feb 2024 06:40 CEST", "processed": "11 Feb 2024 06:40 CEST"}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("columns", list(tables_of_the_code()))
def test_every_table_fits_and_keeps_its_ids_outcomes_and_titles(columns, width):
    row = [LONG.get(name, TITLE if name == columns[-1] else "disaster") for name in columns]
    lines = drawn(table("", columns, [row]), width)
    shown = "\n".join(lines)
    assert all(Text(line).cell_len <= width for line in lines)
    assert all(LONG[name] in shown for name in {"id", "outcome"} & set(columns))
    assert TITLE[: MIN_TITLE - 1] in shown or "title" not in columns
