"""A page is known by the address of its article, whatever copy of it was saved."""

from lxml import html

from functions.extract.page.address import canonical_address
from functions.extract.page.declarations import read_declared

ARTICLE = "https://portside.example/2024/breakwater"


def address(head: str = "", url: str = "") -> tuple[str, str]:
    page = html.document_fromstring(f"<html><head>{head}</head><body><p>Text</p></body></html>")
    return canonical_address(read_declared(page, url), url)


def test_the_canonical_link_comes_before_where_the_page_was_saved() -> None:
    assert address(f'<link rel="canonical" href="{ARTICLE}">', f"{ARTICLE}?ref=mail") == (ARTICLE, "link canonical")


def test_a_canonical_link_to_the_front_page_is_not_believed() -> None:
    assert address('<link rel="canonical" href="https://portside.example/">', ARTICLE) == (ARTICLE, "url")


def test_the_copy_of_an_archive_is_known_by_the_address_of_its_original() -> None:
    assert address("", f"https://web.archive.org/web/20240514081500/{ARTICLE}") == (ARTICLE, "url")


def test_a_reader_view_without_an_address_is_known_by_its_base() -> None:
    assert address(f'<base href="{ARTICLE}">') == (ARTICLE, "base element")


def test_a_base_does_not_replace_the_address_of_a_page() -> None:
    assert address('<base href="https://cdn.portside.example/static/">', ARTICLE) == (ARTICLE, "url")
