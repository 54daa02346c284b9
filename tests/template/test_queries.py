"""The console's queries ask each index only for what it keeps: DynamoDB refuses the others."""

import re
from pathlib import Path

import pytest

from tests.template.cfn import ROOT, load, of_type

QUERIES = sorted((ROOT / "infra/queries").glob("*.sql"))
SELECTED = re.compile(r'SELECT\s+(?P<columns>.+?)\s+FROM\s+"clipwire-(?P<table>\w+)"\."(?P<index>[\w-]+)"', re.DOTALL)


def kept_by_index(table: str, index: str) -> set[str]:
    """The attributes that an index holds: its own keys, the table's keys and what it projects."""
    tables = [resource["Properties"] for resource in of_type(load()["Resources"], "DynamoDB::Table").values()]
    own = next(one for one in tables if str(one["TableName"]).rstrip("'}").endswith(f"-{table}"))
    found = next(one for one in own["GlobalSecondaryIndexes"] if one["IndexName"] == index)
    keys = [*own["KeySchema"], *found["KeySchema"]]
    return {key["AttributeName"] for key in keys} | set(found["Projection"].get("NonKeyAttributes", []))


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_asks_its_index_only_for_what_it_keeps(path: Path) -> None:
    text = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("--"))
    if not (found := SELECTED.search(text)):
        pytest.skip("it asks the table itself")
    asked = {column.strip() for column in found["columns"].split(",")}
    assert asked <= kept_by_index(found["table"], found["index"])
