"""From the bytes of a saved page to its article. The only importer of trafilatura."""

import unicodedata

from trafilatura import bare_extraction
from trafilatura.settings import Document

from shared.domain.documents import Article, Section
from shared.domain.errors import Reason, Rejected

MAX_BYTES = 20_000_000


def extract_article(body: bytes, url: str | None = None) -> Article:
    """The article of a saved page; raises `Rejected` with the reason where there is none."""
    if not body.strip():
        raise Rejected(Reason.EMPTY, "The page has no content.")
    if len(body) > MAX_BYTES:
        raise Rejected(Reason.TOO_LARGE, f"The page is larger than {MAX_BYTES} bytes.")
    found = bare_extraction(body, url=url, include_comments=False, with_metadata=True)
    if not isinstance(found, Document) or not found.text:
        raise Rejected(Reason.NO_ARTICLE, "No article was found in the page.")
    text = unicodedata.normalize("NFC", "\n\n".join(line for line in found.text.split("\n") if line.strip()))
    return Article(
        title=found.title or "",
        standfirst=found.description or "",
        authors=[name.strip() for name in (found.author or "").split(";") if name.strip()],
        site=found.sitename or "",
        url=found.url or url or "",
        published_at=found.date,
        published_at_source="inferred" if found.date else "none",
        text=text,
        sections=[Section(heading="", text=text)],
        image_url=found.image or "",
    )
