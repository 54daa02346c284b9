"""The reference keeps up with the record, the exit codes and the reasons."""

import re

from infra.cli import exit_codes
from infra.local.home import CLONE
from shared.domain.documents import Record

REFERENCE = (CLONE / "infra" / "reference.md").read_text()
COMMANDS = (CLONE / "infra" / "commands.md").read_text()


def first_cells(text: str, under: str) -> set[str]:
    """The words in backticks, or the numbers, of each row's first cell of the table under a heading."""
    section = text.partition(f"## {under}\n")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("|")]
    return {word for cell in cells for word in re.findall(r"`(\w+)`|\b(\d+)\b", cell) for word in word if word}


def test_every_field_of_a_record_is_described_and_no_other():
    assert first_cells(REFERENCE, "The record's fields") == set(Record.model_fields)


def test_every_exit_code_is_described():
    codes = {str(value) for name, value in vars(exit_codes).items() if name.isupper()}
    assert first_cells(COMMANDS, "Exit codes") == codes


def test_what_is_often_asked_are_ten_things():
    assert len(re.findall(r"^\*\*.+\*\*", REFERENCE.partition("## Frequently asked")[2], flags=re.MULTILINE)) >= 10
