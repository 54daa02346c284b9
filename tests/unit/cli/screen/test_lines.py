"""`--nl`: one JSON document per line."""

import json

import pytest

from infra.cli.screen.output import emit_lines


@pytest.mark.parametrize(
    ("document", "lines"),
    [
        ({"records": [{"id": 1}, {"id": 2}], "after": "mark"}, [{"id": 1}, {"id": 2}]),
        ({"records": [], "after": None}, []),
        ({"rule": "oil", "caught": [{"id": 1}]}, [{"id": 1}]),
        ([{"id": 1}, {"id": 2}], [{"id": 1}, {"id": 2}]),
        ({"document_id": "a", "rules": ["oil"], "sections": [{"text": "x"}]}, None),
        ("a\nb", None),
    ],
)
def test_a_list_is_written_entry_by_entry_and_anything_else_whole(capsys, document, lines):
    emit_lines(document)
    written = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert written == ([document] if lines is None else lines)
