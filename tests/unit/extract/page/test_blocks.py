"""A page's blocks are its paragraphs as a browser shows them."""

import pytest

from functions.extract.page.block_reader import read_blocks
from functions.extract.page.html_tree import open_shadow_roots, parse

FIRST = "The ferry leaves at seven and comes back at nine, and nobody in the village has ever seen it late."
SECOND = "A second boat is planned for the spring, which the council calls a luxury and the school calls a need."


def texts(markup: str) -> list[str]:
    return [block.text for block in read_blocks(parse(f"<html><body>{markup}</body></html>")).blocks]


@pytest.mark.parametrize(
    "markup",
    [
        f"<div>{FIRST}<br><br>{SECOND}</div>",
        f"<div>{FIRST}<br />\n<br />\n{SECOND}</div>",
        f"<div>{FIRST}<br>&nbsp;<br>{SECOND}</div>",
        f"<x-para>{FIRST}</x-para><x-para>{SECOND}</x-para>",
        f"<span style='display: block'>{FIRST}</span><span style='display: block'>{SECOND}</span>",
        f"<p>{FIRST}</p>\\n<p>{SECOND}</p>",
    ],
)
def test_paragraphs_are_parted_however_the_markup_does_it(markup: str) -> None:
    assert texts(markup) == [FIRST, SECOND]


def test_one_break_and_a_custom_element_inside_a_sentence_part_nothing() -> None:
    assert texts("<p>The boat<br>is <x-term>late</x-term> again.</p>") == ["The boat\nis late again."]


def test_a_power_is_no_other_number_and_a_footnote_joins_no_word() -> None:
    assert texts("<p>Some 10<sup>6</sup> litres, says the office<sup><a href='#n1'>1</a></sup>.</p>") == [
        "Some 10⁶ litres, says the office¹."
    ]


def test_a_button_in_a_sentence_is_a_word_and_one_beside_it_is_none() -> None:
    assert texts("<p>No <button>hosepipe ban</button> was in force.</p><div><button>Share</button></div>") == [
        "No hosepipe ban was in force."
    ]


def test_the_bullets_that_an_office_program_draws_are_no_text() -> None:
    assert texts("<p>Dear all,</p><p><span style='mso-list:Ignore'>·</span>two batteries a year;</p>") == [
        "Dear all,",
        "two batteries a year;",
    ]


@pytest.mark.parametrize("name", ["sr-only", "SROnly", "visually-hidden", "screen-reader-text", "c-link__off-screen"])
def test_what_a_page_says_to_screen_readers_alone_is_no_text(name: str) -> None:
    assert texts(f"<p>The boat is late.<span class='{name}'> Advertisement</span></p>") == ["The boat is late."]


def test_a_class_that_only_begins_like_one_for_screen_readers_hides_nothing() -> None:
    assert texts("<p>The boat <span class='offscreening'>is late.</span></p>") == ["The boat is late."]


@pytest.mark.parametrize("warning", ["opens in a new tab", "öffnet in neuem Fenster", "s'ouvre dans un nouvel onglet"])
def test_a_link_that_warns_of_a_new_window_shows_no_warning(warning: str) -> None:
    assert texts(f"<p>Read <a href='/r'>the report<span> ({warning})</span></a>.</p>") == ["Read the report."]
    assert texts(f"<p>The link<span> ({warning})</span>.</p>") == [f"The link ({warning})."]


def test_a_list_in_a_cell_stays_in_its_row() -> None:
    row = "<tr><td>Monday</td><td><ul><li>07:10</li><li>15:55</li></ul></td></tr>"
    assert texts(f"<table>{row}</table>") == ["Monday | 07:10, 15:55"]


def test_a_menu_left_open_does_not_swallow_the_page() -> None:
    assert FIRST in texts(f"<nav><a href='/'>Home</a><main><h1>Boats</h1><p>{FIRST}</p></main></nav>")


def test_a_declarative_shadow_root_is_part_of_the_page() -> None:
    tree = parse(f"<html><body><x-root><template shadowrootmode='open'><p>{FIRST}</p></template></x-root>")
    open_shadow_roots(tree)
    assert [block.text for block in read_blocks(tree).blocks] == [FIRST]


def asides(markup: str) -> list[str]:
    reading = read_blocks(parse(f"<html><body>{markup}</body></html>"))
    return [aside.element.get("class", "") for aside in reading.asides]


MENU = "<ul class='menu'><li><a href='/a'>Harbour</a></li><li><a href='/b'>Ferries</a></li></ul>"


def test_a_whole_list_of_links_and_an_empty_box_are_asides() -> None:
    assert asides(f"<div class='top'>{MENU}</div><p>{FIRST}</p><div class='ad'><div></div></div>") == ["top", "ad"]


def test_a_list_of_links_with_prose_beside_it_is_an_aside_without_the_prose() -> None:
    assert asides(f"<div class='text'><p>{FIRST}</p>{MENU}</div>") == ["menu"]


def test_a_linked_item_of_a_list_of_text_is_no_aside() -> None:
    assert asides(f"<ul class='text'><li><div class='x'><a href='/a'>Harbour</a></div></li><li>{FIRST}</li></ul>") == []
