"""A page that reports an error is no article; a number in a headline is no error."""

import pytest

from functions.extract.page_text import extract_article
from functions.extract.rejection import refuse_debris
from shared.domain.errors import Reason, Rejected
from tests.chaos.pages import small_page

ERRORS = [
    "451 Unavailable For Legal Reasons",
    "Error 451",
    "404 | Port Cassel News",
    "404 Page not found",
    "500 – Oops",
]
BRIEFS = [
    "500 jobs go at the steel works",
    "410 boats kept in port",
    "Flight 1451 lands safely",
    "Storm leaves 451 homeless",
]


@pytest.mark.parametrize("title", ERRORS)
def test_a_page_under_the_title_of_an_error_is_refused(title: str) -> None:
    with pytest.raises(Rejected) as refused:
        extract_article(small_page(title), None)
    assert refused.value.reason is Reason.NO_ARTICLE


@pytest.mark.parametrize("title", BRIEFS)
def test_a_brief_whose_headline_has_the_number_of_an_error_is_an_article(title: str) -> None:
    assert extract_article(small_page(title), None).title == title


DRAWN_TABLE = """
┌──────────┬────────┐
│ Month    │ Boats  │
├──────────┼────────┤
│ January  │    112 │
│ February │     97 │
└──────────┴────────┘
"""


def test_a_table_that_lines_draw_is_no_sign_of_a_wrong_charset() -> None:
    refuse_debris(f"Boats counted by the month{DRAWN_TABLE}")


def test_letters_and_lines_in_one_word_are_a_wrong_charset() -> None:
    misread = "Паром снова ходит до северного острова.".encode().decode("cp866")
    with pytest.raises(Rejected) as refused:
        refuse_debris(misread)
    assert refused.value.reason is Reason.UNDECODABLE


OPENING = "The council said on Tuesday that the bridge over the Ember would be shut for eleven months from June."
WALLS = [
    "You have reached your limit of free articles. To read the full story, start your trial.",
    "You have used all your free articles this month.",
    "This article is for subscribers only.",
    "Register for free to keep reading.",
]


@pytest.mark.parametrize("wall", WALLS)
@pytest.mark.parametrize("opening", ["", f"<p>{OPENING}</p>"])
def test_an_opening_above_a_paywall_is_a_stub_and_not_a_page_without_an_article(wall: str, opening: str) -> None:
    head = '<meta property="og:type" content="article"><title>Bridge over the Ember to shut</title>'
    body = f"<article><h1>Bridge over the Ember to shut</h1>{opening}</article><div><p>{wall}</p></div>"
    with pytest.raises(Rejected) as refused:
        extract_article(f"<html><head>{head}</head><body>{body}</body></html>".encode(), None)
    assert refused.value.reason is Reason.STUB


SHORT = (
    "The harbour board voted on Tuesday to mend the eastern breakwater, which two winters of storms had loosened.",
    "Engineers told the meeting that the work would take eighteen months, and that ferries would keep running.",
    "Residents of the lower town asked for a footpath along the new wall, and the board promised to count its cost.",
    "The oldest stones were laid in 1841 by a crew of forty men, whose names are cut into the lighthouse door.",
)
NOTICE = "<p>Subscribe to continue reading</p>"


def walled_page(*parts: str) -> bytes:
    text = "".join(part if part == NOTICE else f"<p>{part}</p>" for part in parts)
    return f"""<html><head><title>Breakwater to be mended</title></head><body><article><h1>Breakwater to be mended</h1>
        {text}</article></body></html>""".encode()


def test_a_short_article_that_goes_on_below_a_paywalls_notice_is_published() -> None:
    article = extract_article(walled_page(*SHORT[:2], NOTICE, *SHORT[2:]), None)
    assert article.text.split("\n\n") == list(SHORT)


def test_an_opening_above_a_paywalls_notice_is_refused() -> None:
    with pytest.raises(Rejected) as refused:
        extract_article(walled_page(*SHORT[:2], NOTICE), None)
    assert refused.value.reason is Reason.STUB


BRIEFS = [
    (
        "Council meeting: what was decided",
        "Councillors of Brundall voted by 9 to 4 to sell the old fire station on Kirk Avenue to a trust for £610,000.",
        "They put off a decision on the library's hours.",
    ),
    (
        "Police appeal after burglary",
        "A burglar took tools worth $3,000 from a garage on Mill Lane in Acle on Tuesday evening, police said.",
        "The garage had been locked. A side door had been forced.",
    ),
]


@pytest.mark.parametrize(("title", "first", "second"), BRIEFS)
def test_a_brief_that_names_an_amount_of_money_is_no_shop(title: str, first: str, second: str) -> None:
    page = (
        f'<html lang=en><head><title>{title} | Dunhollow Mail</title><meta property="og:type" content="article">'
        f'<link rel="canonical" href="https://dunhollow.example/news/1"><meta property="article:published_time" '
        f'content="2026-11-22T05:00:00+00:00"></head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">'
        f"Sport</a></li></ul></nav><main><article><h1>{title}</h1><p>{first}</p><p>{second}</p></article></main>"
        f"<footer><p>© Dunhollow Mail</p></footer></body></html>"
    )
    assert extract_article(page.encode()).title == title
