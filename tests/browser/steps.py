"""What a person does with the desk, step by step."""

from playwright.sync_api import expect


def heading(page):
    return page.locator("#widget h2")


def titles(page):
    return page.locator("#widget .cw-title")


def search(page, words: str, topic: str = ""):
    page.get_by_role("searchbox").fill(words)
    if topic:
        page.get_by_label("Topic", exact=True).select_option(topic)
    page.get_by_role("button", name="Search", exact=True).click()


def open_record(page):
    search(page, "river")
    expect(heading(page)).to_have_text("Search: river")
    page.get_by_role("button", name="Lowmarsh families").click()
    expect(heading(page)).to_contain_text("Lowmarsh families")


def show_attention(page):
    page.get_by_role("button", name="Needs attention").click()
    expect(heading(page)).to_have_text("Needs attention")


def show_counts(page):
    page.get_by_role("button", name="Counts").click()
    expect(heading(page)).to_have_text("Counts")


def show_newest(page):
    expect(heading(page)).to_have_text("Newest records")


def show_rules(page):
    page.get_by_role("button", name="Rules").click()
    expect(heading(page)).to_have_text("Rules")
    page.locator("#widget .cw-title", has_text="rivers").click()
    expect(heading(page)).to_have_text("Rule: rivers")
