"""The page of `clipwire invite --page` in a real Chromium: a guest opens the file and drops saved pages on it."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from infra.cli.invite.invite_page import write_page

HOSTILE = "</script><script>document.title='run'</script>"
ARTICLE = b"<html><title>The ferry is back</title></html>"


class Bucket(ThreadingHTTPServer):
    """Answers as S3 answers a form: 204 with the bucket's CORS rule, 403 for a page with `refuse` in its name."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.objects: dict[str, bytes] = {}


class Handler(BaseHTTPRequestHandler):
    server: Bucket

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        whole = BytesParser(policy=HTTP).parsebytes(
            f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode() + body
        )
        parts = [
            (part.get_param("name", header="content-disposition"), part.get_payload(decode=True))
            for part in whole.iter_parts()
        ]
        fields = dict(parts)
        assert parts[-1][0] == "file"
        key = fields["key"].decode()
        allowed = "refuse" not in key and fields["policy"] == b"signed"
        if allowed:
            self.server.objects[key] = fields["file"]
        self.send_response(204 if allowed else 403)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Tests read what was stored, not a log."""


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    server = Bucket()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def guest(chromium: Any, bucket: Bucket, tmp_path: Path) -> Iterator[Any]:
    """`guest(hours=…)` opens the page from its file, as a browser opens what came by mail."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_(*, hours: float = 1, folder: str = "incoming/guests/") -> Any:
        end = datetime.now(UTC) + timedelta(hours=hours)
        url = f"http://127.0.0.1:{bucket.server_port}/"
        fields = {"Content-Type": "text/html", "key": folder + "${filename}", "policy": "signed"}
        answer = {"url": url, "fields": fields, "folder": folder, "max_bytes": 50_000, "expires_at": end.isoformat()}
        write_page(tmp_path / "send.html", answer)
        contexts.append(chromium.new_context())
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if "Policy" in message.text else None)
        page.goto((tmp_path / "send.html").as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def file(name: str, body: bytes = ARTICLE) -> dict[str, Any]:
    return {"name": name, "mimeType": "text/html", "buffer": body}


def test_files_that_are_chosen_are_sent_and_told(guest, bucket):
    page = guest()
    page.get_by_label("Saved pages").set_input_files([file("ferry.html"), file("Fähre über den Fluss.mhtml")])
    expect(page.get_by_role("status")).to_have_text("2 sent.")
    assert bucket.objects == {
        "incoming/guests/ferry.html": ARTICLE,
        "incoming/guests/Fähre über den Fluss.mhtml": ARTICLE,
    }


def test_files_that_are_dropped_are_sent(guest, bucket):
    page = guest()
    dropped = page.evaluate_handle(
        "() => { const data = new DataTransfer(); data.items.add(new File(['<p>x</p>'], 'dropped.html')); return data; }"
    )
    page.dispatch_event("#zone", "drop", {"dataTransfer": dropped})
    expect(page.get_by_role("status")).to_have_text("1 sent.")
    assert list(bucket.objects) == ["incoming/guests/dropped.html"]


def test_what_is_no_page_or_too_large_or_refused_is_told_and_the_rest_is_sent(guest, bucket):
    page = guest()
    files = [
        file("a.html"),
        file("photo.jpg"),
        file("large.html", b"x" * 50_001),
        file("empty.html", b""),
        file("refuse.html"),
    ]
    page.get_by_label("Saved pages").set_input_files(files)
    expect(page.get_by_role("status")).to_have_text("1 sent, 4 not sent.")
    for name, said in {
        "photo.jpg": "no saved web page",
        "large.html": "too large",
        "empty.html": "empty",
        "refuse.html": "403",
    }.items():
        expect(page.get_by_role("row").filter(has_text=name)).to_contain_text(said)
    assert list(bucket.objects) == ["incoming/guests/a.html"]


def test_many_files_are_sent_a_few_at_a_time(guest, bucket):
    page = guest()
    page.get_by_label("Saved pages").set_input_files([file(f"{number}.html") for number in range(40)])
    expect(page.get_by_role("status")).to_have_text("40 sent.")
    assert len(bucket.objects) == 40


def test_an_expired_page_sends_nothing_and_says_so(guest, bucket):
    page = guest(hours=-1)
    page.get_by_label("Saved pages").set_input_files([file("a.html")])
    expect(page.get_by_role("row").filter(has_text="a.html")).to_contain_text("expired")
    assert bucket.objects == {}


def test_a_folder_or_file_of_a_hostile_name_stays_text(guest, bucket):
    page = guest(folder=f"incoming/{HOSTILE}/")
    page.get_by_label("Saved pages").set_input_files([file("<img src=x onerror=alert(1)>.html")])
    expect(page.get_by_role("status")).to_have_text("1 sent.")
    assert page.title() == "Send saved web pages"
    assert page.locator("img").count() == 0
    assert [key.startswith(f"incoming/{HOSTILE}/") for key in bucket.objects] == [True]


def test_the_page_is_accessible_and_fits_a_telephone(guest):
    page = guest()
    page.set_viewport_size({"width": 360, "height": 640})
    page.get_by_label("Saved pages").set_input_files([file("a.html"), file("photo.jpg")])
    expect(page.get_by_role("status")).to_have_text(re.compile("sent"))
    found = Axe().run(page).response["violations"]
    assert found == [], json.dumps(found, indent=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
