"""The headline is the one a reader sees, without the site's name or another page's kicker."""

import pytest
from lxml import html

from functions.extract.metadata.title import find_title
from functions.extract.page.declarations import read_declared

LONG = "Breakwater to be mended before another winter comes"


def headline(head: str, body: str = "", sites: tuple[str, ...] = ("Portside",)) -> str:
    declared = read_declared(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"), "")
    return find_title(declared, sites)[0]


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{text}"}}</script>'


def og(text: str) -> str:
    return f'<meta property="og:title" content="{text}">'


def test_what_the_page_declares_for_indexes_wins_over_what_it_shows_and_shares() -> None:
    assert (
        headline(ld("Harbour board votes to mend the breakwater") + og(LONG), f"<h1>{LONG}</h1>")
        == "Harbour board votes to mend the breakwater"
    )


def test_a_declaration_that_speaks_of_something_else_than_all_the_rest_is_not_believed() -> None:
    assert (
        headline(ld("Thirty recipes for leeks") + og(LONG) + f"<title>{LONG} | Portside</title>", f"<h1>{LONG}</h1>")
        == LONG
    )


def test_a_declaration_cut_off_is_completed_from_another() -> None:
    assert headline(ld("Breakwater to be mended before…"), f"<h1>{LONG}</h1>") == LONG


@pytest.mark.parametrize("shown", [f"Harbour news - {LONG}", f"Storm season: {LONG}"])
def test_a_headline_under_two_different_kickers_stands_alone(shown: str) -> None:
    assert headline(og(f"Storms on the coast: {LONG}"), f"<h1>{shown}</h1>") == LONG


def test_a_kicker_that_the_page_declares_and_sets_apart_stays() -> None:
    assert headline(ld(f"Storm season: {LONG}"), f"<p>Storm season</p><h1>{LONG}</h1>") == f"Storm season: {LONG}"


def test_a_headline_named_in_microdata_alone_is_found() -> None:
    assert headline("<title>Portside</title>", f'<h2 itemprop="headline">{LONG}</h2>') == LONG


@pytest.mark.parametrize("title", [f"{LONG} | Portside", f"Portside: {LONG}", f"{LONG} - Harbour - Portside"])
def test_the_site_is_no_part_of_the_headline(title: str) -> None:
    assert headline(f"<title>{title}</title>", f"<h1>{LONG}</h1>") == LONG
