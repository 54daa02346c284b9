"""Bylines become names, wherever a page keeps them and in whatever script."""

import time

import pytest

from functions.extract.metadata.authors.byline_parser import before_date, parse_byline
from functions.extract.page_text import extract_article

PARAGRAPHS = (
    "The harbour board voted on Tuesday to mend the eastern breakwater, which two winters of storms had loosened stone by stone.",
    "Engineers told the meeting that the work would take eighteen months, and that ferries would keep running all the while.",
    "Residents of the lower town asked for a footpath along the new wall, and the board promised to find out what it would cost.",
)


def authors(head: str = "", above: str = "", after: str = "", last: str = "") -> list[str]:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:-1]) + f"<p>{PARAGRAPHS[-1]}{last}</p>"
    page = f"""<html><head><title>Breakwater - Portside</title><meta property="og:site_name" content="Portside">{head}</head>
        <body><article><h1>Breakwater to be mended</h1>{above}<div class="text">{text}</div>{after}</article></body></html>"""
    return extract_article(page.encode(), "https://www.portside.example/breakwater").authors


def ld(author: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {author}}}</script>'


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By ANN LEE and Bo Ek, Staff Writers", ["Ann Lee", "Bo Ek"]),
        ("Von Jörg Müller und Eva Kranz", ["Jörg Müller", "Eva Kranz"]),
        ("Par Éléonore Vasseur (à Port-Salin)", ["Éléonore Vasseur"]),
        ("Mina Osei, Health correspondent", ["Mina Osei"]),
        ("Mina Osei Staff Writer", ["Mina Osei"]),
        ("Lou Park; Kim Day", ["Lou Park", "Kim Day"]),
        ("By Walter Greaves, Jr., and Kim Day", ["Walter Greaves Jr.", "Kim Day"]),
        ("ByLou Park", ["Lou Park"]),
        ("Ana de la Cruz / Pedro Gil", ["Ana de la Cruz", "Pedro Gil"]),
        ("By Lou Park in London and Kim Day in Port Salin", ["Lou Park", "Kim Day"]),
        ("Budi Santoso - harianPort", ["Budi Santoso"]),
        ("Text: Anna Lindqvist Foto: Per Ek", ["Anna Lindqvist"]),
        ("Autor: Petr Novák, ČTK", ["Petr Novák", "ČTK"]),
        ("Redacción / EFE", ["EFE"]),
        ("Jón Jónsson skrifar", ["Jón Jónsson"]),
        ("דנה כהן ויוסי לוי", ["דנה כהן", "יוסי לוי"]),
        ("أحمد سالم - القاهرة", ["أحمد سالم"]),
        ("作者：陆晚舟", ["陆晚舟"]),
        ("作者：陆晚舟 来源：江湾晨报", ["陆晚舟"]),
        ("本报记者 陆晚舟 李江", ["陆晚舟", "李江"]),
        ("記者陸晚舟／江灣報導", ["陸晚舟"]),
        ("文／陸晚舟 圖／李江", ["陸晚舟"]),
        ("(责编：陆晚舟、李江)", ["陆晚舟", "李江"]),
        ("志村葵記者", ["志村葵"]),
        ("文・志村葵", ["志村葵"]),
        ("志村 葵", ["志村 葵"]),
        ("서은결 기자", ["서은결"]),
        ("서은결 · 김바다 기자", ["서은결", "김바다"]),
        ("해돋=서은결 기자", ["서은결"]),
        ("Ana de la Cruz https://a.example/ana @ana", ["Ana de la Cruz"]),
        ("JEAN-PAUL O'NEILL", ["Jean-Paul O'Neill"]),
        ("AFP", ["AFP"]),
        ("Staff Reporter", []),
        ("admin", []),
        ("(Image: Stock Pictures)", []),
    ],
)
def test_a_byline_is_split_into_names_without_roles_places_and_links(line: str, names: list[str]) -> None:
    assert parse_byline(line) == names


@pytest.mark.parametrize(
    "shown",
    [
        '<div class="authors"><span itemprop="author"><b>Ann Lee</b></span> <span itemprop="author"><b>Bodil Ek</b></span></div>',
        '<p class="author"><a rel="author">Ann Lee</a> Journalist</p><p class="author"><a rel="author">Bodil Ek</a> Writer</p>',
        "<p><strong>ANN LEE and BODIL EK</strong></p>",
        "<p>Ann Lee, Bodil Ek @portside</p>",
    ],
)
def test_authors_shown_beside_each_other_are_all_found(shown: str) -> None:
    assert authors(above=shown) == ["Ann Lee", "Bodil Ek"]


@pytest.mark.parametrize("closing", ["（志村葵、港山海）", "【志村葵、港山海】"])
def test_names_in_brackets_after_the_text_sign_it(closing: str) -> None:
    assert authors(after=f"<p>{closing}</p>") == ["志村葵", "港山海"]


def test_a_label_after_the_text_names_its_author() -> None:
    assert authors(after="<ul><li>Date: 14 March</li><li>Author: Ann Lee</li></ul>") == ["Ann Lee"]


def test_a_person_shown_is_preferred_to_the_account_that_published() -> None:
    account = ld('{"@type": "Person", "name": "Port D", "url": "https://www.portside.example/author/admin/"}')
    assert authors(head=account, above="<p>by Port D | 5 November</p><p><b>Ann Lee</b></p>") == ["Ann Lee"]
    assert authors(head=account) == ["Port D"]


def test_a_person_shown_is_preferred_to_the_site_itself() -> None:
    assert authors(
        head=ld('{"@type": "Organization", "name": "Portside"}'), above='<p class="byline">By Ann Lee</p>'
    ) == ["Ann Lee"]


def test_one_name_with_and_without_accents_is_one_author() -> None:
    assert authors(head=ld('[{"name": "José Núñez"}, {"name": "Jose Nunez"}]')) == ["José Núñez"]


def test_a_label_for_link_previews_names_the_author() -> None:
    assert authors(
        head='<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Lee">'
    ) == ["Ann Lee"]


def test_a_short_report_under_linked_authors_is_no_list_of_stories() -> None:
    linked = '<p class="authors"><a href="/lee">Ann Lee-Ashdown</a> and <a href="/ek">Bodil Ekström</a></p>'
    assert authors(above=linked) == ["Ann Lee-Ashdown", "Bodil Ekström"]


@pytest.mark.parametrize("piece", ["@x", "a@", "记者", "By ", " / ", "a.", "王 "])
def test_a_line_made_to_be_slow_is_not(piece: str) -> None:
    started = time.process_time()
    parse_byline(piece * 20_000)
    assert time.process_time() - started < 1


def test_a_name_with_a_date_behind_it_is_the_author() -> None:
    assert authors(above='<p class="info">Lou Park, Thursday, 9 May 2024</p>') == ["Lou Park"]


def test_an_agency_with_a_bar_behind_it_is_the_author() -> None:
    assert authors(above="<div>NCA |</div>") == ["NCA"]


def test_the_masthead_is_no_author() -> None:
    assert authors(above="<div>Portside |</div>") == []


def test_the_writer_of_another_article_is_no_author() -> None:
    other = '<ul><li><a href="/o"><span class="byline">Otto Berg</span> Pier lamps go out at ten tonight</a></li></ul>'
    assert authors(above='<p class="byline">Lou Park</p>', after=other) == ["Lou Park"]
    assert authors(after=other) == []


def test_a_line_that_is_the_sites_name_names_nobody() -> None:
    assert site_line_authors("Mere Valley News", "merevalleynews.example") == []


def test_a_person_whose_site_has_their_name_signs_in_a_line() -> None:
    assert site_line_authors("Jane Dorrit", "janedorrit.example") == ["Jane Dorrit"]


def site_line_authors(line: str, host: str) -> list[str]:
    """The authors of a page that declares nothing and has one line below its text."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<html><head><title>Breakwater</title></head><body><div><h1>Breakwater</h1>{text}</div><div>{line}</div></body></html>"
    return extract_article(page.encode(), f"https://www.{host}/news/1.html").authors


def test_the_site_behind_a_name_is_no_part_of_it() -> None:
    assert authors(above='<div class="byline"><span>Lou Park</span> <span>PORTSIDE</span></div>') == ["Lou Park"]


def test_an_agency_beside_people_is_no_author() -> None:
    assert authors(above='<p class="byline">By Lou Park, Northern Press Agency</p>') == ["Lou Park"]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Lou Park, 9 May 2024", "Lou Park"),
        ("Lou Park | Tuesday, May 9, 2024", "Lou Park"),
        ("Lou Park Fr. 09.05.2024", "Lou Park"),
        ("Lou ParkMay 9, 2024", "Lou Park"),
        ("Zoë PrévertMärz 9, 2024", "Zoë Prévert"),
        ("Lou Park", "Lou Park"),
    ],
)
def test_a_line_is_read_up_to_its_date(line: str, kept: str) -> None:
    assert before_date(line) == kept


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("~ Lou Park", ["Lou Park"]),
        ("• Lou Park •", ["Lou Park"]),
        ("Von Rechtsanwältin Lou Park", ["Lou Park"]),
        ("By Lou Park RDN", ["Lou Park"]),
    ],
)
def test_ornaments_and_titles_are_no_part_of_a_name(line: str, names: list[str]) -> None:
    assert parse_byline(line) == names
