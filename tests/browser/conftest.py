"""The desk's page in a real Chromium. The driver is in an environment of its own: `make browser` runs these tests.

What needs no browser in this folder runs with the other tests.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from infra.desk.server import DeskServer
from tests.browser.sample_desk import NOW, sample_pipeline, served, widget_of

collect_ignore_glob = [] if find_spec("playwright") else ["test_page*.py"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")


def chromium_path() -> str | None:
    """The browser that `infra/checks/chromium.sh` named, else one that is on the path."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def line():
    return sample_pipeline()


@pytest.fixture(scope="session")
def server(line) -> Iterator[DeskServer]:
    with served(widget_of(line)) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # not in the project's own environment

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path())
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, server) -> Iterator[Callable[..., Any]]:
    """`open_page(width=360, dark=True)` opens the desk; fails if a script was refused or failed, or anything was loaded
    from elsewhere.
    """
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_(*, width: int = 1000, height: int = 800, dark: bool = False, url: str = "") -> Any:
        scheme = "dark" if dark else "light"
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, timezone_id="UTC", locale="en-GB"
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: note_request(request.url))
        page.clock.set_fixed_time(NOW * 1000)
        page.goto(url or server.url)
        return page

    def note_request(url: str) -> None:
        if not url.startswith(f"http://127.0.0.1:{server.server_port}/"):
            complaints.append(f"loaded {url}")

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []
