"""Pages of a web archive (WARC), one after the other: never more than one of them is in memory.

https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

from collections.abc import Iterator
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from infra.errors import CliError
from infra.intake.found import TOO_LARGE, LeftOut, Page, declare_charset, name_of_address
from shared.domain.limits import MAX_PAGE_BYTES

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_FOUND = "200"


def read_warc(stream: IO[bytes], origin: str) -> Iterator[Page | LeftOut]:
    """The HTML responses of an archive, with their addresses and fetch times; everything else in it is passed over.

    Raises `CliError` where the archive is broken; the pages before that were given.
    """
    try:
        for record in ArchiveIterator(stream):
            if is_page(record):
                yield page_of_record(record, origin)
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        raise CliError(
            f"{origin} is broken: {error}", "The pages before that are uploaded. Make the archive anew for the others."
        ) from None


def is_page(record: Any) -> bool:  # noqa: ANN401  # warcio has no types
    """Whether a record is a page that a server sent with success, or one that was saved without its server's words."""
    if record.rec_type == "response":
        headers = record.http_headers
        return bool(headers) and headers.get_statuscode() == _FOUND and media_type(record) in HTML_TYPES
    return record.rec_type == "resource" and media_type(record) in HTML_TYPES


def media_type(record: Any) -> str:  # noqa: ANN401  # as above
    return content_type(record).partition(";")[0].strip().lower()


def content_type(record: Any) -> str:  # noqa: ANN401  # as above
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "")


def charset_of(content_type: str) -> str:
    """The charset that a header names: `text/html; charset=windows-1252`."""
    return next(
        (part.partition("=")[2].strip(" \"'") for part in content_type.split(";") if "charset=" in part.lower()), ""
    )


def page_of_record(record: Any, origin: str) -> Page | LeftOut:  # noqa: ANN401  # as above
    """The page as the server meant it: unpacked, and not larger than a page may be."""
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    said = f"{origin}: {address}"
    body = record.content_stream().read(MAX_PAGE_BYTES + 1)
    if len(body) > MAX_PAGE_BYTES:
        return LeftOut(said, TOO_LARGE, is_page=True)
    body = declare_charset(body, charset_of(content_type(record)))
    return Page(name_of_address(address), said, body, address or None, record.rec_headers.get_header("WARC-Date"))
