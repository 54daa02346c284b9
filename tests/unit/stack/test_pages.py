import os
from pathlib import Path

import pytest

from infra.errors import CliError
from infra.stack.pages import uploads


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "saved" / "deep").mkdir(parents=True)
    for name in ("saved/a.html", "saved/deep/b.HTM", "saved/notes.txt", "saved/deep/c.xhtml"):
        (tmp_path / name).write_text("x")
    return tmp_path


def keys(*paths: Path, prefix: str = "") -> list[str]:
    return [one.key for one in uploads(paths, prefix)]


def test_a_folder_gives_its_pages_at_any_depth_under_its_name(folder: Path) -> None:
    assert keys(folder / "saved") == [
        "incoming/saved/a.html",
        "incoming/saved/deep/b.HTM",
        "incoming/saved/deep/c.xhtml",
    ]


def test_a_named_file_is_uploaded_whatever_it_is_called(folder: Path) -> None:
    assert keys(folder / "saved/notes.txt") == ["incoming/notes.txt"]


def test_the_prefix_is_a_folder_under_incoming(folder: Path) -> None:
    assert keys(folder / "saved/a.html", prefix="/desk/today/") == ["incoming/desk/today/a.html"]


def test_the_prefix_cannot_lead_out_of_incoming(folder: Path) -> None:
    with pytest.raises(CliError, match="leads out"):
        keys(folder / "saved/a.html", prefix="../texts")


def test_names_of_any_script_stay_as_they_are(tmp_path: Path) -> None:
    page = tmp_path / "Überschwemmung 100% + محطة.html"
    page.write_text("x")
    assert keys(page) == [f"incoming/{page.name}"]


def test_two_files_of_one_name_are_refused_before_any_is_sent(folder: Path) -> None:
    (folder / "a.html").write_text("y")
    with pytest.raises(CliError, match=r"incoming/a\.html"):
        keys(folder / "a.html", folder / "saved" / "a.html")


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CliError, match=r"nowhere\.html is not there"):
        keys(tmp_path / "nowhere.html")


def test_a_folder_without_pages_says_what_is_looked_for(tmp_path: Path) -> None:
    with pytest.raises(CliError) as caught:
        keys(tmp_path)
    assert ".html" in caught.value.todo


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(folder: Path) -> None:
    (folder / "saved/a.html").chmod(0)
    with pytest.raises(CliError, match="may not be read"):
        keys(folder / "saved")


def test_a_name_longer_than_a_key_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("x")
    with pytest.raises(CliError, match="too long"):
        keys(page, prefix="/".join(["p" * 200] * 6))
