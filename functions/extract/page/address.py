"""Addresses that pages give: absolute_address, http(s) only, and the one that the page should be known by."""

from urllib.parse import urljoin, urlsplit

from functions.extract.found import Found
from functions.extract.page.declarations import Declared, original_address
from shared.domain.clean_text import UNSEEN


def canonical_address(declared: Declared, url: str) -> Found[str]:
    """The page's canonical URL. A canonical link to a bare front page is not believed, since it is a mistake."""
    offers = [
        ("link canonical", next(iter(declared.links.get("canonical", [])), "")),
        ("meta og:url", declared.first("og:url")),
        ("json-ld", declared.json_ld.address(declared.article.get("url") or declared.article.get("mainEntityOfPage"))),
        ("url", url),
        ("base element", "" if url else declared.base),
    ]
    for source, address in offers:
        whole = original_address(absolute_address(address, url or declared.base))
        if whole and (urlsplit(whole).path.strip("/") or not url):
            return Found(whole, source)
    return Found(original_address(url), "url" if url else "")


def absolute_address(address: str, base: str) -> str:
    """An http(s) URL, empty where the address cannot be one."""
    try:
        whole = urljoin(base, address.strip()) if address else ""
        parts = urlsplit(whole)
    except ValueError:
        return ""
    is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in whole
    return whole if is_address and not UNSEEN.search(whole) else ""


def host_of(address: str) -> str:
    """The host of a URL in lower case, empty where it has none or is malformed."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
