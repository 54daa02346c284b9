"""A proxy between the functions and the emulator that loses requests, or their answers, by a seeded plan.

The functions' code is untouched: they are started with this proxy as their AWS endpoint. Whether a request is struck,
how, and how often follows from the seed and the request itself, so that a retry of the same request meets the rest of
the same plan.
"""

import hashlib
import http.client
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, Self

Strike = Literal["lost before", "lost after", "throttled", "delayed"]
_HOP_BY_HOP = {
    "connection",
    "keep-alive",
    "transfer-encoding",
    "te",
    "trailer",
    "upgrade",
    "content-length",
    "expect",
}  # the host stays: it is signed
MAX_STRIKES = 5
STALL_SECONDS = 120


@dataclass
class FaultPlan:
    """`rate` is the share of requests that are struck; each is struck once, or more often than the client tries again."""

    seed: int
    rate: float
    stalled: str = ""  # what stands in the path of a GET that is never answered
    injected: Counter[str] = field(default_factory=Counter)
    _left: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def strike(self, request: bytes) -> Strike | None:
        digest = hashlib.sha256(self.seed.to_bytes(8, "big") + request).hexdigest()
        chance = random.Random(digest)
        if chance.random() >= self.rate:
            return None
        kind: Strike = chance.choice(["lost before", "lost after", "throttled", "delayed"])
        times = 1 if kind == "delayed" else chance.choice([1, 1, MAX_STRIKES])
        with self._lock:
            left = self._left.setdefault(digest, times)
            self._left[digest] = left - 1
            if left > 0:
                self.injected[kind] += 1
        return kind if left > 0 else None


class FaultyProxy:
    """Listens on loopback only, on a port of its own; a context manager."""

    def __init__(self, upstream_port: int, plan: FaultPlan) -> None:
        self.plan = plan
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.upstream_port = upstream_port
        self._server.plan = plan
        self._server.over = threading.Event()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.over.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    upstream_port: int
    plan: FaultPlan
    over: threading.Event

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed while it talked is what this ring is about: nothing to report."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.command == "GET" and self.server.plan.stalled and self.server.plan.stalled in self.path:
            self.server.over.wait(STALL_SECONDS)
            self._hang_up()
            return
        strike = self.server.plan.strike(self._identity(body))
        if strike == "lost before":
            self._hang_up()
        elif strike == "throttled":
            self._answer(503, {"Content-Type": "application/xml"}, b"<Error><Code>SlowDown</Code></Error>")
        else:
            time.sleep(0.3 if strike == "delayed" else 0.0)
            status, headers, answer = self._forward(body)
            if strike == "lost after":
                self._hang_up()
            else:
                self._answer(status, headers, answer)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _serve  # noqa: N815  # names that http.server looks for

    def _identity(self, body: bytes) -> bytes:
        return b"\n".join(
            [self.command.encode(), self.path.encode(), self.headers.get("X-Amz-Target", "").encode(), body]
        )

    def _forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        upstream = http.client.HTTPConnection("127.0.0.1", self.server.upstream_port, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
        try:
            upstream.request(
                self.command, self.path, body=body or None, headers={**headers, "Content-Length": str(len(body))}
            )
            answer = upstream.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            upstream.close()

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in _HOP_BY_HOP | {"date", "server"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _hang_up(self) -> None:
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Every call of every function would be a line."""
