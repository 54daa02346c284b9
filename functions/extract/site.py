"""Which site published the page, and the address the page should be known by."""

import re
from urllib.parse import urljoin, urlsplit

from functions.extract.declared import Declared

_TITLE_PARTS = re.compile(r"\s+[|–—-]\s+|[:|]\s+")
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_HOST_PREFIX = re.compile(r"^(?:www\d?|m|amp|mobile|edition|news|de|fr|es|en)\.")


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


def find_site(declared: Declared, address: str) -> tuple[str, str]:
    """The site's name and where it came from; the host where the page does not name it."""
    ld = declared.json_ld
    offers = [
        ("meta og:site_name", declared.first("og:site_name")),
        ("json-ld", ld.text(declared.article.get("publisher"))),
        ("json-ld", ld.text(ld.typed("WebSite").get("name"))),
        ("meta application-name", declared.first("application-name", "apple-mobile-web-app-title", "al:ios:app_name")),
    ]
    host = host_of(address).removeprefix("www.")
    offers.append(("title element", _named_in_title(declared.title, host)))
    for source, name in offers:
        if name and len(name) <= 80 and not name.startswith(("http:", "https:")):
            return name, source
    return host, "url" if host else ""


def _named_in_title(title: str, host: str) -> str:
    """The part at either end of the page's title that the host's name is made of."""
    ends = [part.strip() for part in (*_TITLE_PARTS.split(title)[:1], *_TITLE_PARTS.split(title)[-1:])]
    bare = re.sub(r"[\W_]+", "", host.casefold())
    return next((end for end in ends if len(end) > 2 and end != title and re.sub(r"[\W_]+", "", end.casefold()) in bare), "")


def site_names(declared: Declared, address: str) -> list[str]:
    """Everything the site may be called in a title: declared names, the host, and the host's own word."""
    ld = declared.json_ld
    host = host_of(address)
    bare = _HOST_PREFIX.sub("", host)
    names = [
        declared.first("og:site_name"),
        ld.text(declared.article.get("publisher")),
        ld.text(ld.typed("WebSite").get("name")),
        ld.text(ld.typed("WebSite").get("alternateName")),
        ld.text(ld.typed("NewsMediaOrganization").get("name")),
        ld.text(ld.typed("Organization").get("name")),
        declared.first("application-name"),
        declared.first("apple-mobile-web-app-title"),
        declared.first("twitter:site").lstrip("@"),
        _IN_BRACKETS.sub("", declared.first("publisher", "dc.publisher", "dcterms.publisher")),
        declared.first("al:ios:app_name"),
        host,
        bare,
        bare.split(".")[0],
        bare.rsplit(".", 1)[0],
    ]
    return [name for name in names if name]
