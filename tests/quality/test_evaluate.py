"""The evaluation command, on small folders of pages."""

import gzip
import json
from pathlib import Path

import pytest

from tests.corpus.truth import read_page
from tests.quality.evaluate import main
from tests.quality.extraction import PageResult, largest_losses


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


def test_figures_are_printed_for_two_halves_of_the_publishers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = read_page("flood-lowmarsh")
    for folder in ("pages", "expected"):
        (tmp_path / folder).mkdir()
    for number in range(8):
        (tmp_path / f"pages/page{number}.html").write_bytes(page.body)
        truth = {"title": page.truth["title"], "text": page.truth["text"], "url": f"https://paper{number}.example/a"}
        (tmp_path / f"expected/page{number}.json").write_text(json.dumps(truth), encoding="utf-8")
    main([str(tmp_path)])
    halves = capsys.readouterr().out.partition("Halves by publisher")[2].splitlines()
    everything, first, second = map(int, halves[1].split()[1:])
    assert everything == first + second == 8
    assert first
    assert second
    assert halves[0].split() == ["all", "half", "0", "half", "1"]


def test_the_largest_loss_is_named_first() -> None:
    wrong = PageResult(read_page("flood-lowmarsh"), reason="no-article")
    assert largest_losses([wrong]).splitlines()[0].split()[-1] == "-1.000"
