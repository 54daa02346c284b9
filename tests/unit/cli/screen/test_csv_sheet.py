import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.cli.screen.csv_sheet import COLUMNS, harmless, write_sheet
from tests.corpus.hostile import FORMULAS

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
SAID = st.one_of(st.text(max_size=80), st.text("=+-@;\t\r\n \"'＝1A,", max_size=40))


def cells(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


@pytest.mark.parametrize("start", STARTS)
def test_a_cell_that_begins_like_a_formula_begins_with_an_apostrophe(start):
    assert harmless(f"{start}1+1").startswith("'")


@pytest.mark.parametrize("start", STARTS)
def test_so_does_one_behind_what_a_spreadsheet_leaves_out(start):
    assert harmless(f" \u200b{start}1+1").startswith("'") or harmless(f" \u200b{start}1+1")[0] not in "".join(STARTS)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_hostile_title_stays_readable(formula):
    assert harmless(formula) == f"'{formula}"


def test_text_is_left_as_it_is():
    assert harmless("Harbour counts 1+1 boats = two; well-known") == "Harbour counts 1+1 boats = two; well-known"
    assert harmless(["arts", "sport"]) == "arts; sport"
    assert harmless(None) == ""


@given(title=SAID)
def test_no_cell_is_a_formula_whether_commas_or_semicolons_separate(title):
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(["id", harmless(title), "end"])
    for delimiter in ",;":
        for row in cells(written.getvalue(), delimiter):
            assert not any(
                cell.strip(" \"'")[:1] in STARTS and not cell.lstrip(' "').startswith("'")
                for cell in row
                if cell.strip(" \"'")
            )


@given(titles=st.lists(SAID, max_size=4))
def test_a_record_is_a_row_whatever_its_title(titles):
    written = io.StringIO()
    sheet = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n")
    sheet.writerows([[harmless(title), "end"] for title in titles])
    assert [row[1] for row in cells(written.getvalue())] == ["end"] * len(titles)


def test_a_sheet_has_a_head_and_a_row_a_record(capsys):
    write_sheet([{"document_id": "d1", "title": '=HYPERLINK("https://victim.example")', "topics": ["arts", "sport"]}])
    head, row = cells(capsys.readouterr().out)
    assert tuple(head) == COLUMNS
    told = dict(zip(head, row, strict=True))
    assert told["title"] == '\'=HYPERLINK("https://victim.example")'
    assert (told["topics"], told["reason"]) == ("arts; sport", "")
