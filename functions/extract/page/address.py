"""Addresses that pages give: absolute, http(s) only, and the one that the page should be known by."""

from urllib.parse import urljoin, urlsplit

from functions.extract.page.declarations import Declared


def canonical_address(declared: Declared, url: str) -> tuple[str, str]:
    """The page's canonical URL and where it came from; a canonical link to a bare front page is not believed."""
    offers = [
        ("link canonical", next(iter(declared.links.get("canonical", [])), "")),
        ("meta og:url", declared.first("og:url")),
        ("json-ld", declared.json_ld.address(declared.article.get("url") or declared.article.get("mainEntityOfPage"))),
        ("url", url),
    ]
    for source, address in offers:
        whole = absolute(address, url)
        if whole and (urlsplit(whole).path.strip("/") or not url):
            return whole, source
    return url, "url" if url else ""


def absolute(address: str, base: str) -> str:
    """An http(s) URL, empty where the address cannot be one."""
    try:
        whole = urljoin(base, address.strip()) if address else ""
        parts = urlsplit(whole)
    except ValueError:
        return ""
    return whole if parts.scheme in {"http", "https"} and parts.hostname and " " not in whole else ""


def host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
