"""The server answers its own page and nobody else. No browser is needed here."""

import http.client
import json
import re

import pytest

from infra.desk.server import FILES, MAX_BODY_BYTES, PAGE, DeskServer
from infra.errors import CliError
from tests.browser.sample_desk import served


class Echo:
    """Answers with the view that was asked for."""

    def handle(self, event, _endpoint):
        if event.get("view") == "broken":
            raise CliError("The function failed.", "")
        return f"<p>{event.get('view')}</p>"


@pytest.fixture(scope="module")
def echo():
    with served(Echo()) as server:
        yield server


def request(server: DeskServer, method: str, path: str, body: bytes | None = None, **changed: str):
    own = f"127.0.0.1:{server.server_port}"
    sent = {"Host": own}
    if method == "POST":
        sent |= {"Origin": f"http://{own}", "Content-Type": "application/json", "X-Desk-Token": server.token}
    sent |= {name.replace("_", "-"): value for name, value in changed.items()}
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.request(method, path, body, {name: value for name, value in sent.items() if value != "-"})
    answer = connection.getresponse()
    told = answer.status, answer.headers, answer.read()
    connection.close()
    return told


def call(server: DeskServer, event: object = None, **changed: str):
    status, _, body = request(server, "POST", "/call", json.dumps(event or {"view": "counts"}).encode(), **changed)
    return status, json.loads(body)


def test_its_own_page_gets_what_the_function_answers(echo):
    assert call(echo) == (200, {"html": "<p>counts</p>"})


def test_it_listens_on_loopback_only(echo):
    assert echo.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "changed",
    [
        {"X_Desk_Token": "-"},
        {"X_Desk_Token": "guessed"},
        {"Origin": "http://evil.example"},
        {"Origin": "-"},
        {"Origin": "null"},
        {"Content_Type": "text/plain"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1"},
    ],
)
def test_a_call_from_anywhere_else_is_refused(echo, changed):
    status, said = call(echo, **changed)
    assert status == 403
    assert "html" not in said


def test_a_name_that_was_bound_to_loopback_gets_not_even_the_page(echo):
    assert request(echo, "GET", "/", Host="rebound.example")[0] == 421


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/desk.js/", "/call", "/infra/desk/server.py", "/%2e%2e/"])
def test_only_the_three_files_are_served(echo, path):
    assert request(echo, "GET", path)[0] == 404


@pytest.mark.parametrize("path", FILES)
def test_every_answer_has_a_strict_policy(echo, path):
    status, headers, body = request(echo, "GET", path)
    assert status == 200
    assert body
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"x" * (MAX_BODY_BYTES + 1)])
def test_what_is_no_call_is_refused(echo, body):
    try:
        status = request(echo, "POST", "/call", body)[0]
    except (ConnectionError, http.client.HTTPException):  # it hung up before the whole body was sent
        status = 400
    assert status == 400


def test_a_function_that_fails_is_told(echo):
    assert call(echo, {"view": "broken"}) == (502, {"error": "The function failed."})


def test_two_runs_have_two_tokens(echo):
    with served(Echo()) as other:
        assert echo.token != other.token
        assert len(echo.token) >= 40
        assert other.url.endswith(f"#{other.token}")


def test_the_page_has_no_script_or_style_in_its_markup():
    page = (PAGE / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|style=|\son\w+=|<script(?! src=)", page)
