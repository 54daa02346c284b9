"""What people do with the desk, in a real Chromium."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.steps import (
    heading,
    open_record,
    search,
    show_attention,
    show_counts,
    show_newest,
    show_rules,
    titles,
)

AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


VIEWS = [show_newest, open_record, show_attention, show_counts, show_rules]


def test_the_newest_records_are_shown_styled_without_a_click(open_page):
    page = open_page()
    show_newest(page)
    expect(titles(page).first).to_contain_text("Lowmarsh")
    assert (
        page.locator("#widget .cw-primary").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(11, 90, 157)"
    )
    assert page.url.endswith("/")  # the token has left the address


def test_a_search_shows_the_sentence_and_opens_the_record_with_its_evidence_marked(open_page):
    page = open_page()
    open_record(page)
    marks = page.get_by_role("region", name="Text").locator("mark")
    told = set(marks.evaluate_all("marks => marks.flatMap(mark => mark.title.split('; '))"))
    assert {"topic disaster", "rule rivers", "your search"} <= told
    expect(page.get_by_role("region", name="Why this record is here")).to_contain_text("probability")


def test_a_search_takes_the_language_of_rules_and_says_what_it_cannot_read(open_page):
    page = open_page()
    search(page, 'place:"Lowmarsh" AND piano')
    expect(titles(page)).to_have_count(1)
    search(page, '"never closed')
    expect(page.locator("#widget .cw-notice")).to_contain_text("cannot be read")


def test_the_list_is_filtered_by_topic_from_the_form_and_from_a_record(open_page):
    page = open_page()
    search(page, "", "disaster")
    expect(heading(page)).to_have_text("Topic: disaster")
    titles(page).first.click()
    page.get_by_role("region", name="Why").get_by_role("button", name="disaster").click()
    expect(heading(page)).to_have_text("Topic: disaster")


def test_the_browsers_back_button_goes_back_and_the_page_can_be_loaded_again(open_page):
    page = open_page()
    open_record(page)
    page.go_back()
    expect(heading(page)).to_have_text("Search: river")
    page.go_back()
    show_newest(page)
    page.go_forward()
    page.reload()
    expect(heading(page)).to_have_text("Search: river")


def test_everything_is_reached_by_the_keyboard_alone(open_page):
    page = open_page()
    show_newest(page)

    def reach(name: str):
        for _ in range(80):
            page.keyboard.press("Tab")
            focused = page.evaluate(
                "() => { const e = document.querySelector('#widget').shadowRoot.activeElement;"
                " return e ? (e.getAttribute('aria-label') ?? e.textContent) : '' }"
            )
            if name in focused:
                return
        pytest.fail(f"{name} is never reached")

    reach("Words, or a query")
    page.keyboard.type("ferry")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Search: ferry")
    expect(heading(page)).to_be_focused()
    reach("erry")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Text")).to_be_visible()
    expect(heading(page)).to_be_focused()
    outline = page.evaluate(
        "() => { const r = document.querySelector('#widget').shadowRoot;"
        " r.querySelector('nav button').focus(); return getComputedStyle(r.activeElement).outlineStyle }"
    )
    assert outline != "none"


@pytest.mark.parametrize("show", VIEWS, ids=lambda view: view.__name__)
def test_nothing_is_wider_than_a_telephone(open_page, show):
    page = open_page(width=360, height=640)
    show(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    wide = page.locator("#widget").evaluate(
        "host => [...host.shadowRoot.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > 361)"
        ".map(e => e.className)"
    )
    assert wide == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("show", VIEWS, ids=lambda view: view.__name__)
def test_axe_finds_nothing_to_complain_of(open_page, show, dark):
    page = open_page(dark=dark)
    show(page)
    found = Axe().run(page, options=AXE_RULES)
    assert [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found.response["violations"]] == []


def test_a_hostile_title_stays_text(open_page):
    page = open_page()
    search(page, "budget AND mayor")
    expect(titles(page)).to_have_text([re.compile(r"<img src=x onerror=")])
    titles(page).click()
    expect(heading(page)).to_contain_text("<script>owned=1</script>")
    assert page.evaluate("typeof owned") == "undefined"
    assert page.locator("#widget img").count() == 0


def test_without_the_token_the_page_says_what_to_open(chromium, server):
    page = chromium.new_context().new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    expect(page.get_by_role("status")).to_contain_text("Open the address that `clipwire desk` printed")


def test_the_theme_follows_the_browsers(open_page):
    page = open_page(dark=True)
    show_newest(page)
    assert "cw-dark" in page.locator("#widget .clipwire-desk").get_attribute("class")
    page.emulate_media(color_scheme="light")
    expect(page.locator("#widget .cw-light")).to_be_visible()
