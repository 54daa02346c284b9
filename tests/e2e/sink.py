"""A subscriber's web server on 127.0.0.1: TLS, SNS's handshake, and what it was sent."""

import json
import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit


class Sink(ThreadingHTTPServer):
    """`received` holds the notifications, each as SNS posted it, in order; `confirmations` the handshakes."""

    daemon_threads = True

    def __init__(self, certificate: Path, *, answers: int = 200) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.received: list[dict[str, Any]] = []
        self.confirmations: list[dict[str, Any]] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, certificate.with_name("key.pem"))
        self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.server_address[1]}/alerts"

    def alerts(self) -> list[dict[str, Any]]:
        """The alerts received so far, parsed."""
        return [json.loads(notification["Message"]) for notification in self.received]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that goes away is its own affair."""


class _Handler(BaseHTTPRequestHandler):
    server: Sink

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["x-amz-sns-message-type"] == "SubscriptionConfirmation":
            self.server.confirmations.append(said)
            _confirm(said["SubscribeURL"])
        elif self.server.answers == 200:
            self.server.received.append(said)
        self.send_response(self.server.answers)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Tests read what was received, not a log."""


def _confirm(address: str) -> None:
    """Follows the link, as a subscriber does, but never off this machine."""
    assert urlsplit(address).hostname in {"127.0.0.1", "localhost"}, address
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=10) as answer:
        answer.read()


@contextmanager
def sink(certificate: Path, **options: Any) -> Iterator[Sink]:
    with Sink(certificate, **options) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(timeout=10)
