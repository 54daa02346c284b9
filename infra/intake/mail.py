"""Pages of a mail message (.eml): its HTML text, and HTML files attached to it."""

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path, PurePosixPath

from infra.intake.found import TOO_LARGE, LeftOut, Page, declare_charset
from shared.domain.limits import MAX_PAGE_BYTES

MAX_MESSAGE_BYTES = 100_000_000  # of a message with its attachments, by judgement: mail servers take 25 to 50 MB
_HTML = "text/html"


def read_mail(file: Path) -> Iterator[Page | LeftOut]:
    """Each HTML part of a message; a message without one is left out, since plain text is no page."""
    if file.stat().st_size > MAX_MESSAGE_BYTES:
        yield LeftOut(str(file), f"a message larger than {MAX_MESSAGE_BYTES // 1_000_000} MB", is_page=True)
        return
    with file.open("rb") as stream:
        message = BytesParser(policy=policy.default).parse(stream)
    parts = [part for part in message.walk() if part.get_content_type() == _HTML]
    if not parts:
        yield LeftOut(str(file), "a message without HTML")
    for number, part in enumerate(parts, 1):
        yield page_of_part(part, file, number)


def page_of_part(part: EmailMessage, file: Path, number: int) -> Page | LeftOut:
    body = part.get_payload(decode=True)
    attached = PurePosixPath(part.get_filename() or "").name
    origin = f"{file}: {attached or f'HTML part {number}'}"
    if not isinstance(body, bytes) or len(body) > MAX_PAGE_BYTES:
        return LeftOut(origin, TOO_LARGE, is_page=True)
    name = attached if attached.lower().endswith((".html", ".htm")) else f"part-{number}.html"
    return Page(f"{file.stem}/{name}", origin, declare_charset(body, part.get_content_charset()), address_of_part(part))


def address_of_part(part: EmailMessage) -> str | None:
    location = str(part.get("Content-Location") or "").strip()
    return location if location.startswith(("https://", "http://")) else None
