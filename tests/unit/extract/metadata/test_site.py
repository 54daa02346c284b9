"""The site is named as it names itself, in its head or on the page, and by its host only where it does not."""

import pytest
from lxml import html

from functions.extract.metadata.site import find_site
from functions.extract.page.declarations import read_declared

ADDRESS = "https://www.tidewater-post.example/news/breakwater"


def site(head: str = "", body: str = "") -> tuple[str, str]:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return find_site(read_declared(html.document_fromstring(page), ADDRESS), ADDRESS)


def test_what_the_page_declares_comes_first() -> None:
    head = '<meta property="og:site_name" content="Portside"><title>Breakwater | Tidewater Post</title>'
    assert site(head, '<a href="/">Elsewhere</a>') == ("Portside", "meta og:site_name")


def test_a_part_of_the_title_that_the_host_is_made_of_is_the_site() -> None:
    assert site("<title>Breakwater to be mended - Harbour - Tidewater Post</title>") == (
        "Tidewater Post",
        "title element",
    )


@pytest.mark.parametrize(
    "title",
    ["無人駅に図書室｜潮風新聞", "無人駅に図書室_潮風新聞", "潮風新聞：無人駅に図書室", "無人駅に図書室-潮風新聞"],
)
def test_an_end_of_the_title_that_the_masthead_repeats_is_the_site(title: str) -> None:
    assert site(f"<title>{title}</title>", '<a href="/"><img src="l.png" alt="潮風新聞"></a>') == (
        "潮風新聞",
        "title element",
    )


def test_an_end_of_the_title_that_the_copyright_line_repeats_is_the_site() -> None:
    assert site("<title>Breakwater - The Gull</title>", "<p>© 2024 The Gull. All rights reserved.</p>") == (
        "The Gull",
        "title element",
    )


def test_the_masthead_alone_names_the_site() -> None:
    assert site("<title>Breakwater</title>", '<a class="logo" href="/front">The Gull logo</a>') == (
        "The Gull",
        "visible masthead",
    )


@pytest.mark.parametrize(
    "line",
    [
        "© 2019–2024 The Gull",
        "Copyright © 2024 The Gull, Port Salin",
        "Copyright (c) The Gull | Terms",
        "© The Gull. All rights reserved.",
    ],
)
def test_the_copyright_line_alone_names_the_site(line: str) -> None:
    assert site("<title>Breakwater</title>", f"<footer>{line}</footer>") == ("The Gull", "visible copyright line")


@pytest.mark.parametrize(
    "line", ["© 2024. All rights reserved", "© All rights reserved", "See our copyright notice", "Copyright and terms"]
)
def test_rights_of_nobody_name_no_site(line: str) -> None:
    assert site("<title>Breakwater</title>", f'<a href="/">Home</a><footer>{line}</footer>') == (
        "tidewater-post.example",
        "url",
    )


def test_what_the_title_adds_to_the_headline_names_the_site() -> None:
    found = site("<title>Breakwater to be mended | The Gull</title>", "<h1>Breakwater to be mended</h1>")
    assert found == ("The Gull", "title element")


def test_the_publisher_in_microdata_names_the_site() -> None:
    body = '<span itemprop="publisher" itemscope><meta itemprop="name" content="The Gull"></span>'
    assert site("<title>Breakwater</title>", body) == ("The Gull", "microdata")


def test_a_masthead_that_says_more_than_the_name_is_cut_to_what_the_host_is_made_of() -> None:
    assert site("<title>Breakwater</title>", '<a href="/">To the Tidewater Post front page</a>') == (
        "Tidewater Post",
        "visible masthead",
    )


def test_one_plain_word_in_the_masthead_is_no_name() -> None:
    assert site("<title>Breakwater</title>", '<a href="/">Visit</a>') == ("tidewater-post.example", "url")


def test_a_heading_that_is_all_a_link_to_the_front_page_names_the_site() -> None:
    body = '<h1><a href="https://gull.example/">The Gull</a></h1><h2>Breakwater to be mended</h2>'
    assert site("<title>The Gull » Breakwater to be mended</title>", body) == ("The Gull", "visible masthead")
