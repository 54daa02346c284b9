"""The headline is the one a reader sees, without the site's name or another page's kicker."""

import pytest
from lxml import html

from functions.extract.metadata.titles.candidates import title_parts
from functions.extract.metadata.titles.title import find_title
from functions.extract.page.block_reader import read_blocks
from functions.extract.page.declarations import read_declared

PROSE = "".join(
    f"<p>{text}</p>"
    for text in (
        "The harbour board voted on Tuesday to mend the eastern wall, which two winters of storms had loosened.",
        "Engineers told the meeting that the work would take eighteen months, and that ferries would keep running.",
    )
)
LONG = "Breakwater to be mended before another winter comes"


def headline(head: str, body: str = "", sites: tuple[str, ...] = ("Portside",)) -> str:
    declared = read_declared(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"), "")
    return find_title(declared, sites, read_blocks(declared.body).blocks).value


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{text}"}}</script>'


def og(text: str) -> str:
    return f'<meta property="og:title" content="{text}">'


def test_what_the_page_shows_wins_over_what_it_declares_for_indexes_and_shares() -> None:
    head = ld("Harbour board votes to mend the breakwater") + og("Breakwater will be mended: what we know")
    assert headline(head, f"<h1>{LONG}</h1>{PROSE}") == LONG


def test_a_heading_that_names_the_section_is_not_the_headline() -> None:
    body = f'<h1>Harbour news</h1><h2 class="headline">{LONG}</h2>{PROSE}'
    assert headline(f"<title>{LONG} | Portside</title>", body) == LONG


def test_a_headline_that_is_no_heading_is_told_by_its_class() -> None:
    body = f'<div class="articleTitle">{LONG}</div>{PROSE}'
    assert headline(f"<title>Portside - {LONG}</title>", body) == LONG


def test_the_headings_of_other_articles_below_the_text_are_not_the_headline() -> None:
    others = "".join(f"<h3 class='teaser'>Another story of the harbour, number {n}</h3>" for n in range(4))
    assert headline("<title>Portside</title>", f"<h2>{LONG}</h2>{PROSE}{others}") == LONG


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Headline - Portside", {"Headline", "Portside"}),
        ("Headline|Portside", {"Headline", "Portside"}),
        ("防波堤を修理_潮風新聞", {"防波堤を修理", "潮風新聞"}),
        ("Harbour: Headline", {"Harbour", "Headline"}),
        ("防波堤を修理-潮風新聞", {"防波堤を修理", "潮風新聞"}),
        ("Headline (Portside)", {"Headline", "Portside"}),
    ],
)
def test_a_declared_title_is_cut_at_each_kind_of_separator(text: str, parts: set[str]) -> None:
    assert {part for _, part in title_parts(text)} == parts


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


def test_a_kicker_that_is_declared_but_shown_apart_goes() -> None:
    assert headline(ld(f"Storm season: {LONG}"), f"<p>Storm season</p><h1>{LONG}</h1>{PROSE}") == LONG


def test_a_headline_named_in_microdata_alone_is_found() -> None:
    assert headline("<title>Portside</title>", f'<h2 itemprop="headline">{LONG}</h2>') == LONG


@pytest.mark.parametrize("title", [f"{LONG} | Portside", f"Portside: {LONG}", f"{LONG} - Harbour - Portside"])
def test_the_site_is_no_part_of_the_headline(title: str) -> None:
    assert headline(f"<title>{title}</title>", f"<h1>{LONG}</h1>") == LONG
