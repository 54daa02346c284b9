"""Which files an upload takes, and what it says of the others."""

from pathlib import Path

import pytest

from infra.errors import CliError
from infra.intake import files
from infra.intake.found import LeftOut, Page, name_of_address
from infra.intake.listing import describe_left, describe_taken, list_sources, read_sources
from infra.intake.sending import folder_of, key_under

FOLDER = ("a.html", "deep/b.HTM", "deep/c.xhtml", "d.mhtml", "e.html.gz", "f.htm.br", "notes.txt", "photo.jpg", "g.eml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "saved" / "deep").mkdir(parents=True)
    for name in FOLDER:
        (tmp_path / "saved" / name).write_text("x")
    (tmp_path / "saved" / "link.html").symlink_to(tmp_path / "nowhere.html")
    (tmp_path / "saved" / "loop").symlink_to(tmp_path / "saved")
    return tmp_path


def keys(*paths: Path, prefix: str = "") -> list[str]:
    return [key_under(folder_of(prefix), page) for page in list_sources(map(str, paths)).pages]


def test_a_folder_gives_its_pages_at_any_depth_under_its_name_packed_or_as_web_archives(folder):
    assert keys(folder / "saved") == [
        "incoming/saved/a.html",
        "incoming/saved/d.mhtml",
        "incoming/saved/e.html.gz",
        "incoming/saved/f.htm.br",
        "incoming/saved/deep/b.HTM",
        "incoming/saved/deep/c.xhtml",
    ]


def test_everything_else_in_a_folder_is_left_out_with_its_reason(folder):
    listing = list_sources([str(folder / "saved")])
    assert describe_taken(listing) == "6 pages and 1 archive"
    assert {one.origin.rpartition("/")[2]: one.why for one in listing.left} == {
        "notes.txt": "no page by its name",
        "photo.jpg": "no page by its name",
        "link.html": "a link that leads nowhere",
        "loop": "a link to a folder",
    }
    assert not any(one.is_page for one in listing.left)


def test_a_page_that_is_too_large_is_left_out_before_anything_is_sent(folder, monkeypatch):
    monkeypatch.setattr(files, "MAX_PAGE_BYTES", 3)
    (folder / "saved/a.html").write_text("four")
    [left] = [one for one in list_sources([str(folder / "saved")]).left if one.is_page]
    assert "20 MB" in left.why
    [named] = list_sources([str(folder / "saved/a.html")]).left
    assert named.is_page


def test_a_named_file_is_uploaded_whatever_it_is_called(folder):
    assert keys(folder / "saved/notes.txt") == ["incoming/notes.txt"]


def test_the_prefix_is_a_folder_under_incoming(folder):
    assert keys(folder / "saved/a.html", prefix="/desk/today/") == ["incoming/desk/today/a.html"]


def test_the_prefix_cannot_lead_out_of_incoming(folder):
    with pytest.raises(CliError, match="leads out"):
        keys(folder / "saved/a.html", prefix="../texts")


def test_names_of_any_script_stay_as_they_are(tmp_path):
    page = tmp_path / "Überschwemmung 100% + محطة.html"
    page.write_text("x")
    assert keys(page) == [f"incoming/{page.name}"]


def test_two_files_of_one_name_are_refused_before_any_is_sent(folder):
    (folder / "a.html").write_text("y")
    with pytest.raises(CliError, match=r"incoming/a\.html"):
        keys(folder / "a.html", folder / "saved" / "a.html")


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(CliError, match=r"nowhere\.html is not there"):
        keys(tmp_path / "nowhere.html")


def test_a_folder_without_pages_says_what_is_looked_for(tmp_path):
    with pytest.raises(CliError) as caught:
        keys(tmp_path)
    assert ".html" in caught.value.todo
    assert ".warc" in caught.value.todo


def test_a_file_that_may_not_be_read_is_left_out_as_a_page(folder, monkeypatch):
    monkeypatch.setattr(files.os, "access", lambda file, _: not str(file).endswith("a.html"))
    [left] = [one for one in list_sources([str(folder / "saved")]).left if one.is_page]
    assert left.why == "may not be read by you"


def test_a_name_longer_than_a_key_is_refused(tmp_path):
    page = tmp_path / "a.html"
    page.write_text("x")
    with pytest.raises(CliError, match="too long"):
        keys(page, prefix="/".join(["p" * 200] * 6))


def test_many_files_of_one_reason_are_a_line_with_the_first_names():
    left = [LeftOut(f"{number}.jpg", "no page by its name") for number in range(9)]
    assert list(describe_left(left)) == ["no page by its name: 0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg and 4 more"]


def test_a_source_that_breaks_is_left_out_and_the_next_one_goes_on(folder):
    (folder / "bad.zip").write_text("no archive")
    found = list(read_sources(list_sources([str(folder / "bad.zip"), str(folder / "saved/a.html")])))
    assert isinstance(found[0], LeftOut)
    assert found[0].is_page
    assert isinstance(found[1], Page)


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("https://www.example.org/news/flood.html?id=7", "www.example.org/news/flood-"),
        ("https://example.org/", "example.org-"),
        ("https://example.org/../../etc/passwd", "example.org/"),
        ("https://example.org/" + "a" * 500, "example.org/aaaa"),
        ("https://例え.jp/ニュース/一", "例え.jp/ニュース/一-"),
    ],
)
def test_an_address_has_one_key_that_says_what_it_is(address, begins):
    name = name_of_address(address)
    assert name.startswith(begins)
    assert name.endswith(".html")
    assert ".." not in name
    assert len(name.encode()) < 160
    assert name == name_of_address(f"{address}#part")
    assert name != name_of_address(f"{address}x")
