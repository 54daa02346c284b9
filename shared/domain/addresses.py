"""When two URLs are the address of one page."""

from urllib.parse import urlsplit


def url_identity(url: str) -> str:
    """`https://www.example.org/news/12/` → `example.org/news/12`; a site's front page → nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if not path:
        return ""
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{path}?{parts.query}" if parts.query else f"{host}{path}"
