"""What an upload finds: pages to send, and what it leaves out with the reason."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from shared.domain.limits import MAX_PAGE_BYTES

MAX_NAME = 120  # bytes of an address in a key, by judgement: enough to read what it is, far below S3's 1,024
HASH_LETTERS = 10  # of the address, so that two that begin alike get two names: one in a million millions is the same
TOO_LARGE = f"larger than {MAX_PAGE_BYTES // 1_000_000} MB, the most that a page may have"
MAX_HEAD = 1024  # bytes in which a page declares its charset, by the HTML standard
_DECLARED = re.compile(rb"charset|<\?xml[^>]*encoding", re.IGNORECASE)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NO_CHARSET = re.compile(r"[^a-z0-9_:.-]")
_UNREADABLE = re.compile(r"[^\w./-]+")


@dataclass(frozen=True, slots=True)
class Page:
    """One page to upload. `name` is its key under the prefix, `origin` what a person calls it.

    `url` is where it was saved from and `fetched_at` when, in UTC, where its container says so.
    """

    name: str
    origin: str
    content: Path | bytes
    url: str | None = None
    fetched_at: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not uploaded. `is_page`: it seems to be a page, so that leaving it out is a failure."""

    origin: str
    why: str
    is_page: bool = False


def name_of_address(address: str) -> str:
    """A key that says which page it is, the same for the same address: `host/path-a1b2c3d4e5.html`.

    >>> name_of_address("https://www.example.org/news/flood?id=7")
    'www.example.org/news/flood-1f0d4e4fb7.html'
    """
    parts = urlsplit(address)
    mark = hashlib.sha256(address.partition("#")[0].encode()).hexdigest()[:HASH_LETTERS]
    path = _UNREADABLE.sub("-", parts.path.strip("/")).replace("..", "-")
    readable = f"{parts.hostname or 'unknown'}/{path}".encode()[:MAX_NAME].decode(errors="ignore")
    return f"{readable.rstrip('/-').removesuffix('.html')}-{mark}.html"


def declare_charset(body: bytes, charset: str | None) -> bytes:
    """The page with its charset in a declaration, where only what it came in has it: a mail's or a server's headers."""
    known = _NO_CHARSET.sub("", (charset or "").lower())
    if not known or body.startswith(_BYTE_ORDER_MARKS) or _DECLARED.search(body[:MAX_HEAD]):
        return body
    return f'<meta charset="{known}">'.encode() + body
