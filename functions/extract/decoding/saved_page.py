"""What browsers put around a page when a person saves it: a web archive (MHTML), a note of the address."""

import binascii
import re
from typing import NamedTuple

from shared.domain.errors import Reason, Rejected

ARCHIVE_TYPE = re.compile(rb"content-type:\s*multipart/related\b", re.IGNORECASE)
BOUNDARY = re.compile(rb"""boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))""", re.IGNORECASE)
LOCATION = re.compile(rb"^(?:snapshot-)?content-location:\s*(https?://\S{1,2000})", re.IGNORECASE | re.MULTILINE)
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
HTML_TYPE = re.compile(rb"content-type:\s*+(?:text/html|application/xhtml)", re.IGNORECASE)
PART_CHARSET = re.compile(rb"content-type:\s*+text/html\s*+;\s*+charset\s*+=\s*+[\"']?([\w.:-]{2,40})", re.IGNORECASE)
MAX_PARTS = 2_000  # parts in which the page is looked for: it is the first in all archives that browsers write
MAX_PART_HEADERS = 1_000  # bytes of a part in which its type stands
MAX_HEADERS = 20_000  # bytes of an archive's own headers
ADDRESS_NOTE = re.compile(
    r"""
    <!--\s*saved[ ]from[ ]url=\(\d{1,5}\)\s*(https?://[^\s<>]{1,2000})     # of most browsers
    |Page[ ]saved[ ]with[ ]SingleFile\s+url:\s*(https?://[^\s<>]{1,2000})    # of SingleFile
    """,
    re.IGNORECASE | re.VERBOSE,
)
MAX_NOTE_END = 10_000  # characters from the page's start; browsers write the note first


def find_noted_address(text: str) -> str:
    """The address that a browser noted in a comment when the page was saved."""
    head = text[:MAX_NOTE_END]
    note = ADDRESS_NOTE.search(head) if "saved " in head.lower() else None
    return (note[1] or note[2]) if note else ""


class SavedPage(NamedTuple):
    """A page's own bytes, with the address and the charset that stand around it in a web archive, if it came in one."""

    body: bytes
    address: str = ""
    charset: str = ""


def open_web_archive(body: bytes) -> SavedPage:
    """The page inside a web archive; anything else as it is."""
    if b"multipart/related" not in body[:MAX_HEADERS].lower():
        return SavedPage(body)
    headers = BLANK_LINE.split(body[:MAX_HEADERS], maxsplit=1)[0]
    boundary = BOUNDARY.search(headers) if ARCHIVE_TYPE.search(headers) else None
    if not boundary:
        return SavedPage(body)
    part = first_html_part(body, b"\n--" + (boundary[1] or boundary[2]))
    blank = BLANK_LINE.search(part)
    head, rest = (part[: blank.start()], part[blank.end() :]) if blank else (part, b"")
    location = LOCATION.search(headers) or LOCATION.search(head)
    charset = PART_CHARSET.search(head)
    return SavedPage(
        decode_transfer(head, rest),
        location[1].decode("ascii", "ignore") if location else "",
        charset[1].decode("ascii", "ignore") if charset else "",
    )


def first_html_part(body: bytes, mark: bytes) -> bytes:
    """The first part that is HTML, among the first of them."""
    start = body.find(mark)
    for _ in range(MAX_PARTS):
        if start < 0:
            break
        end = body.find(mark, start + len(mark))
        if HTML_TYPE.search(body[start : start + MAX_PART_HEADERS]):
            return body[start + len(mark) : end if end > 0 else len(body)].lstrip()
        start = end
    raise Rejected(Reason.NOT_HTML, "The object is a web archive without a page. Save the page as HTML.")


def decode_transfer(head: bytes, body: bytes) -> bytes:
    """A part's own bytes, by the transfer encoding that its headers name."""
    coding = re.search(rb"content-transfer-encoding:\s*([\w-]+)", head, re.IGNORECASE)
    name = coding[1].lower() if coding else b""
    try:
        if name == b"quoted-printable":
            return binascii.a2b_qp(body)
        return binascii.a2b_base64(body) if name == b"base64" else body
    except binascii.Error as error:
        raise Rejected(Reason.UNDECODABLE, "The web archive is damaged. Save the page as HTML.") from error
