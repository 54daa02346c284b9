"""Pages fetched over real connections from a web server on this machine, which stands in for one of the internet."""

import gzip
import ssl
import subprocess
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import urllib3

from infra.errors import CliError
from infra.intake import fetch
from infra.intake.fetch import Fetcher
from infra.local.home import CLONE, Home

PAGE = b"<html><title>The ferry is back</title></html>"
PUBLIC = "8.8.8.8"


class Handler(BaseHTTPRequestHandler):
    asked: list[dict[str, str]] = []  # noqa: RUF012  # read by the tests, and emptied by their fixture

    def do_GET(self):
        self.asked.append({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}})
        answers = {
            "/page": (200, {"Content-Type": "text/html"}, PAGE),
            "/packed": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE)),
            "/photo": (200, {"Content-Type": "image/png"}, b"x"),
            "/gone": (404, {"Content-Type": "text/html"}, b""),
            "/moved": (302, {"Location": "/page"}, b""),
            "/inside": (302, {"Location": "https://10.0.0.1/secret"}, b""),
            "/metadata": (301, {"Location": "https://169.254.169.254/latest/meta-data"}, b""),
            "/plain": (301, {"Location": "http://127.0.0.1/page"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
            "/bomb": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(b"\0" * 1_000_000)),
        }
        status, headers, body = answers[self.path]
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Tests read what was asked, not a log."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    maker = CLONE / "tests" / "e2e" / "certificate.py"
    subprocess.run([Home(CLONE, folder).tool("python"), maker, folder], check=True)
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    made.socket = context.wrap_socket(made.socket, server_side=True)
    Thread(target=made.serve_forever, daemon=True).start()
    yield made.server_address[1], folder / "certificate.pem"
    made.shutdown()
    made.server_close()


@pytest.fixture
def fetcher(server):
    """Takes the server for one of the internet; every other host is where it says it is."""
    port, certificate = server
    Handler.asked.clear()

    def connect(address, _port, **given):
        assert address == PUBLIC
        return urllib3.HTTPSConnectionPool("127.0.0.1", port, ca_certs=str(certificate), **given)

    return Fetcher(resolve=lambda host, _: [PUBLIC if host == "127.0.0.1" else host], connect=connect)


@pytest.mark.parametrize("path", ["page", "packed", "moved"])
def test_a_page_is_fetched_unpacked_with_its_address_and_time(fetcher, path):
    page = fetcher.fetch_page(f"https://127.0.0.1/{path}")
    assert page.content == PAGE
    assert page.url == f"https://127.0.0.1/{'page' if path == 'moved' else path}"
    assert page.fetched_at.endswith("+00:00")


def test_it_says_who_asks(fetcher):
    fetcher.fetch_page("https://127.0.0.1/page")
    assert Handler.asked[0]["user-agent"].startswith("Clipwire/")
    assert Handler.asked[0]["host"] == "127.0.0.1"


@pytest.mark.parametrize("path", ["inside", "metadata", "plain"])
def test_a_redirect_is_held_to_the_same_rules(fetcher, path):
    with pytest.raises(CliError, match=r"not on the public internet|only https"):
        fetcher.fetch_page(f"https://127.0.0.1/{path}")
    assert len(Handler.asked) == 1


@pytest.mark.parametrize(
    ("path", "said"), [("photo", "no web page"), ("gone", "status 404"), ("round", "more than 5 times")]
)
def test_what_is_no_page_is_told(fetcher, path, said):
    with pytest.raises(CliError, match=said):
        fetcher.fetch_page(f"https://127.0.0.1/{path}")


def test_a_page_that_unfolds_without_end_is_read_up_to_the_bound(fetcher, monkeypatch):
    monkeypatch.setattr(fetch, "MAX_PAGE_BYTES", 10_000)
    with pytest.raises(CliError, match="larger than"):
        fetcher.fetch_page("https://127.0.0.1/bomb")


def test_a_server_that_nobody_vouches_for_is_refused(fetcher, server):
    port, _ = server
    trusting_nobody = partial(urllib3.HTTPSConnectionPool, "127.0.0.1", port)
    stranger = Fetcher(resolve=fetcher.resolve, connect=lambda _address, _port, **given: trusting_nobody(**given))
    with pytest.raises(CliError, match=r"could not be fetched: .*certificate"):
        stranger.fetch_page("https://127.0.0.1/page")


def test_a_server_that_is_too_slow_is_given_up(fetcher, monkeypatch):
    monkeypatch.setattr(fetch, "MAX_SECONDS", -1)
    with pytest.raises(CliError, match="took longer"):
        fetcher.fetch_page("https://127.0.0.1/page")
