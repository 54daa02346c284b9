"""Serves the desk's function to a browser on this machine: a page, its script, and one address that calls the function.

Other pages in the same browser can reach this server, too. So it answers only under its own name, calls the function
only for its own page, and only with the token that is in the address it printed.
"""

import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from infra.errors import CliError

PAGE = Path(__file__).parent / "page"
FILES = {
    "/": (PAGE / "index.html", "text/html; charset=utf-8"),
    "/desk.js": (PAGE / "desk.js", "text/javascript; charset=utf-8"),
    "/page.css": (PAGE / "page.css", "text/css; charset=utf-8"),
}
LOOPBACK = "127.0.0.1"
CALL = "/call"
TOKEN_HEADER = "X-Desk-Token"  # noqa: S105  # the name of a header
TOKEN_BYTES = 32  # of randomness: nobody guesses 256 bits
MAX_BODY_BYTES = 65_536  # of a call, by judgement: a query of 2,000 characters and its marks take a tenth
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Answer = Callable[[Mapping[str, Any]], str | Mapping[str, Any]]
"""The function: takes the event of a widget, gives HTML or a description. Raises `CliError` where it fails."""


class DeskServer(ThreadingHTTPServer):
    """Listens on loopback only; port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, answer: Answer, port: int = 0) -> None:
        super().__init__((LOOPBACK, port), DeskHandler)
        self.answer = answer
        self.token = secrets.token_urlsafe(TOKEN_BYTES)
        self.hosts = frozenset(f"{name}:{self.server_port}" for name in (LOOPBACK, "localhost"))

    @property
    def url(self) -> str:
        """The token stands behind the #, which browsers send to nobody."""
        return f"http://{LOOPBACK}:{self.server_port}/#{self.token}"


class DeskHandler(BaseHTTPRequestHandler):
    server: DeskServer
    server_version = "clipwire-desk"
    sys_version = ""

    def do_GET(self) -> None:
        if not self.is_own_host():
            self.send_trouble(HTTPStatus.MISDIRECTED_REQUEST, "This is not the desk's own address.")
        elif found := FILES.get(self.path):
            path, kind = found
            self.send_body(HTTPStatus.OK, kind, path.read_bytes())
        else:
            self.send_trouble(HTTPStatus.NOT_FOUND, "There is no such page.")

    def do_POST(self) -> None:
        refusal = self.refusal()
        if refusal:
            self.send_trouble(HTTPStatus.FORBIDDEN, refusal)
            return
        event = self.read_event()
        if event is None:
            self.send_trouble(HTTPStatus.BAD_REQUEST, "That is no call of the widget.")
            return
        try:
            answer = self.server.answer(event)
        except CliError as trouble:
            self.send_trouble(HTTPStatus.BAD_GATEWAY, trouble.what)
        else:
            self.send_json(HTTPStatus.OK, {"html": answer} if isinstance(answer, str) else dict(answer))

    def is_own_host(self) -> bool:
        """False where a name of someone else leads here, as after DNS rebinding."""
        return self.headers.get("Host", "") in self.server.hosts

    def refusal(self) -> str | None:
        """Why this call is not answered; None for a call of the desk's own page."""
        own = {f"http://{host}" for host in self.server.hosts}
        if not self.is_own_host() or self.path != CALL:
            return "This is not the desk's own address."
        if self.headers.get("Origin", "") not in own or self.headers.get_content_type() != "application/json":
            return "Only the desk's own page may call."
        if not hmac.compare_digest(self.headers.get(TOKEN_HEADER, "").encode(), self.server.token.encode()):
            return "Open the address that `clipwire desk` printed: it holds this run's token."
        return None

    def read_event(self) -> dict[str, Any] | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
            return None
        try:
            event = json.loads(self.rfile.read(int(length)))
        except ValueError:
            return None
        return event if isinstance(event, dict) else None

    def send_trouble(self, status: HTTPStatus, what: str) -> None:
        self.close_connection = True  # a body that was not read would be taken for the next request
        self.send_json(status, {"error": what})

    def send_json(self, status: HTTPStatus, document: Mapping[str, Any]) -> None:
        self.send_body(status, "application/json", json.dumps(document).encode())

    def send_body(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Nothing: what people ask is theirs."""
