"""Markup that browsers show and libxml2 alone would lose."""

import pytest

from functions.extract.page.html_tree import parse

SAID = "The harbour board voted on Tuesday to mend the eastern breakwater."
TEXT = f"<p>{SAID}</p>"
HEAD = "<head><title>Harbour</title>"

SHOWN_BY_BROWSERS = {
    "after the end": f"<html><body><h1>Harbour</h1></body></html>{TEXT}",
    "in a second page of the same file": f"<html><body>Menu</body></html><!DOCTYPE html><html><body>{TEXT}</body></html>",
    "after the body's end, inside an element": f"<html><body><div></body>{TEXT}</div></html>",
    "below a root that closes itself": f'<!DOCTYPE html><html lang="en" />{TEXT}',
    "below a body that closes itself": f'<html><body class="wide" />{TEXT}',
    "in an unknown element of a head without end": f"<html>{HEAD}<my-app>{TEXT}</my-app>",
    "in upper case": f"<HTML><BODY>Menu</BODY></HTML>{TEXT}",
}


@pytest.mark.parametrize("place", SHOWN_BY_BROWSERS)
def test_a_text_is_in_the_body_wherever_a_browser_shows_it(place: str) -> None:
    assert SAID in parse(SHOWN_BY_BROWSERS[place]).findtext("body//p")


def test_what_belongs_in_the_head_stays_there() -> None:
    tree = parse(f"<html>{HEAD}<meta name=a><noscript><link href=b></noscript><my-app>{TEXT}</my-app><meta name=c>")
    assert [element.tag for element in tree.find("head")] == ["title", "meta", "noscript", "meta"]
