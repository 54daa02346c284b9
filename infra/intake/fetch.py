"""One page fetched from the web, politely: it says who asks, asks once, and takes no more than a page may have."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import urllib3

from infra.errors import CliError
from infra.intake.addresses import Resolver, public_address, resolve_host
from infra.intake.found import TOO_LARGE, Page, declare_charset, name_of_address
from infra.intake.warc import HTML_TYPES, charset_of
from shared.domain.limits import MAX_PAGE_BYTES
from shared.version import PIPELINE_VERSION

# Seconds to connect, to wait for the next bytes, and for the whole page; by judgement: a slow site answers in ten.
CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 20.0
MAX_SECONDS = 60.0
MAX_REDIRECTS = 5  # by judgement: http to https, a consent page and back take three
_CHUNK = 64 * 1024  # bytes a read
_HTTPS_PORT = 443  # by RFC 9110
_OK = 200  # HTTP's status
_MOVED = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": f"Clipwire/{PIPELINE_VERSION} (fetches a single page that a person asked for)",
    "Accept": "text/html,application/xhtml+xml",
    "Accept-Encoding": "gzip, br",
}
_SAFE = "/%:@!$&'()*+,;=~?-._"  # letters of a path and a query that stay as they are


@dataclass(frozen=True)
class Fetcher:
    """Fetches from public hosts by HTTPS. `resolve` gives a host's addresses, `connect` makes connections."""

    resolve: Resolver = resolve_host
    connect: Callable[..., urllib3.HTTPSConnectionPool] = urllib3.HTTPSConnectionPool

    def fetch_page(self, address: str) -> Page:
        """The page at an address, after up to five redirects, each held to the same rules.

        Raises `CliError` for what is no public HTTPS address, does not answer in time, is no HTML, or is too large.
        """
        asked, deadline = address, time.monotonic() + MAX_SECONDS
        for _ in range(MAX_REDIRECTS + 1):
            answer = self.ask(asked)
            try:
                if answer.status in _MOVED:
                    asked = urljoin(asked, str(answer.headers.get("Location") or ""))
                    continue
                body = read_body(answer, asked, deadline)
            finally:
                answer.close()
            at = datetime.now(UTC).isoformat(timespec="seconds")
            return Page(name_of_address(asked), address, body, asked, at)
        raise CliError(
            f"{address} leads on more than {MAX_REDIRECTS} times.", "Open it in a browser and save the page."
        )

    def ask(self, address: str) -> urllib3.BaseHTTPResponse:
        """The answer's head; its body is not read yet."""
        parts, port = checked_address(address)
        host = str(parts.hostname)
        pool = self.connect(
            public_address(host, port, self.resolve),
            port,
            server_hostname=host,
            assert_hostname=host,
            timeout=urllib3.Timeout(connect=CONNECT_TIMEOUT, read=READ_TIMEOUT),
            retries=False,
        )
        named = host if port == _HTTPS_PORT else f"{host}:{port}"
        try:
            return pool.urlopen(
                "GET", path_of(parts), headers={**_HEADERS, "Host": named}, redirect=False, preload_content=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise CliError(
                f"{address} could not be fetched: {plain_reason(error)}.", "Open it in a browser and save the page."
            ) from None


def checked_address(address: str) -> tuple[SplitResult, int]:
    """The parts and the port of an HTTPS address without a password; raises `CliError` for any other."""
    try:
        parts = urlsplit(address)
        port = parts.port or _HTTPS_PORT
    except ValueError:
        raise CliError(f"{address!r} is no web address.", "Write it as https://www.example.org/news/article.") from None
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise CliError(f"{address} is not fetched: only https:// addresses are.", "Save the page in a browser instead.")
    return parts, port


def path_of(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_SAFE)
    return f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path


def read_body(answer: urllib3.BaseHTTPResponse, address: str, deadline: float) -> bytes:
    """The body, unpacked; raises `CliError` where it is no page, too large or too slow."""
    kind = str(answer.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    if answer.status != _OK or kind not in HTML_TYPES:
        said = f"status {answer.status}" if answer.status != _OK else f"{kind or 'no type'}, which is no web page"
        raise CliError(f"{address} answered with {said}.", "Open it in a browser and save the page.")
    body = bytearray()
    try:
        for chunk in answer.stream(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > MAX_PAGE_BYTES:
                raise CliError(f"{address} is {TOO_LARGE}.", "Save it in a browser without its pictures.")
            if time.monotonic() > deadline:
                raise CliError(f"{address} took longer than {MAX_SECONDS:.0f} seconds.", "Try again later.")
    except urllib3.exceptions.HTTPError as error:
        raise CliError(f"{address} broke off: {plain_reason(error)}.", "Try again later.") from None
    return declare_charset(bytes(body), charset_of(str(answer.headers.get("Content-Type"))))


def plain_reason(error: Exception) -> str:
    """What went wrong, without the names of the library's own objects."""
    return str(error).rpartition("): ")[2].rpartition("> ")[2] or type(error).__name__
