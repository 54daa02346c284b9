"""The evaluation command, on a folder of one page with a truth of two fields."""

import gzip
import json
from pathlib import Path

import pytest

from tests.corpus.truth import read_page
from tests.quality.evaluate import main


def test_a_folder_of_packed_pages_with_part_of_the_truth_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = read_page("flood-lowmarsh")
    for folder in ("pages", "expected"):
        (tmp_path / folder).mkdir()
    (tmp_path / "pages/one.html.gz").write_bytes(gzip.compress(page.body))
    truth = {field: page.truth[field] for field in ("title", "text")}
    (tmp_path / "expected/one.json").write_text(json.dumps(truth), encoding="utf-8")
    main([str(tmp_path)])
    shown = capsys.readouterr().out
    assert "body F1" in shown
    assert "title" in shown
    assert "authors" not in shown
    assert "1 pages" in shown
