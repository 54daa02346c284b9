"""`make pictures` draws the README's pictures of the desk: `python -m tests.browser.pictures FOLDER`."""

import io
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.conftest import chromium_path
from tests.browser.sample_desk import NOW, sample_pipeline, served, widget_of
from tests.browser.steps import open_record, search, show_attention, show_counts, show_newest

WIDTH, HEIGHT = 900, 600


def search_places(page: Any) -> None:
    search(page, 'flood* OR ferry OR place:"Lowmarsh"')
    page.locator("#widget .cw-quote").first.wait_for()


VIEWS = {
    "newest": (show_newest, "light"),
    "search": (search_places, "light"),
    "record": (open_record, "light"),
    "counts": (show_counts, "dark"),
    "attention": (show_attention, "dark"),
}


def draw(folder: Path) -> None:
    """One picture of each view, of what a screen shows first."""
    folder.mkdir(parents=True, exist_ok=True)
    with served(widget_of(sample_pipeline())) as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path())
        for name, (show, scheme) in VIEWS.items():
            context = browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=scheme, timezone_id="UTC", locale="en-GB"
            )
            page = context.new_page()
            page.clock.set_fixed_time(NOW * 1000)
            page.goto(server.url)
            show(page)
            page.mouse.move(0, 0)
            page.screenshot(path=folder / f"desk-{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    with redirect_stdout(io.StringIO()):  # the stages log there
        draw(Path(sys.argv[1]))
