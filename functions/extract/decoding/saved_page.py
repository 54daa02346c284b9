"""What browsers put around a page when a person saves it: a web archive (MHTML), a note of the address."""

import binascii
import re

from shared.domain.errors import Reason, Rejected

_ARCHIVE = re.compile(rb"content-type:\s*multipart/related\b", re.IGNORECASE)
_BOUNDARY = re.compile(rb"""boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))""", re.IGNORECASE)
_LOCATION = re.compile(rb"^(?:snapshot-)?content-location:\s*(https?://\S{1,2000})", re.IGNORECASE | re.MULTILINE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_HEADERS = 20_000
_NOTES = re.compile(
    r"<!--\s*saved from url=\(\d{1,5}\)\s*(https?://[^\s<>]{1,2000})|Page saved with SingleFile\s+url:\s*(https?://[^\s<>]{1,2000})",
    re.IGNORECASE,
)
_NOTED_IN = 10_000


def noted_address(text: str) -> str:
    """The address that a browser noted in a comment when the page was saved."""
    note = _NOTES.search(text[:_NOTED_IN])
    return (note[1] or note[2]) if note else ""


def opened_archive(body: bytes) -> tuple[bytes, str]:
    """The page inside a web archive and its address; anything else as it is."""
    headers = _BLANK.split(body[:_HEADERS], maxsplit=1)[0]
    boundary = _BOUNDARY.search(headers) if _ARCHIVE.search(headers) else None
    if not boundary:
        return body, ""
    part = _page_in(body, b"--" + (boundary[1] or boundary[2]))
    blank = _BLANK.search(part)
    head, rest = (part[: blank.start()], part[blank.end() :]) if blank else (part, b"")
    location = _LOCATION.search(headers) or _LOCATION.search(head)
    return _decoded(head, rest), location[1].decode("ascii", "ignore") if location else ""


def _page_in(body: bytes, mark: bytes) -> bytes:
    """The first part that is HTML."""
    start = body.find(mark)
    while start >= 0:
        end = body.find(mark, start + len(mark))
        if re.search(rb"content-type:\s*(?:text/html|application/xhtml)", body[start : start + 1_000], re.IGNORECASE):
            return body[start + len(mark) : end if end > 0 else len(body)].lstrip()
        start = end
    raise Rejected(Reason.NOT_HTML, "The object is a web archive without a page. Save the page as HTML.")


def _decoded(head: bytes, body: bytes) -> bytes:
    coding = re.search(rb"content-transfer-encoding:\s*([\w-]+)", head, re.IGNORECASE)
    name = coding[1].lower() if coding else b""
    try:
        if name == b"quoted-printable":
            return binascii.a2b_qp(body)
        return binascii.a2b_base64(body) if name == b"base64" else body
    except binascii.Error as error:
        raise Rejected(Reason.UNDECODABLE, "The web archive is damaged. Save the page as HTML.") from error
