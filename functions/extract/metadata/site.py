"""Which site published the page."""

import re
from collections.abc import Iterator

from lxml.etree import XPath, _Element

from functions.extract.lexicon import load_lines
from functions.extract.page.address import host_of
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import elements, inline_text
from functions.extract.text import clean

_TITLE_PARTS = re.compile(
    r"\s+[|–—\-:»›•·]\s+|\s*[|｜_]\s*|:\s+|：(?=[^：]{2,12}$)|(?<=[\u3040-\u9fff])-{1,2}(?=[\u3040-\u9fff])"
)
_HOME = XPath(
    ".//a[@href='/' or @href='./' or @href='/index.html' or @rel='home' or contains(@class,'logo') or contains(@class,'brand')]"
    " | .//*[contains(@class,'logo')]/a"
)
_RIGHTS = XPath(
    ".//text()[contains(.,'©') or contains(.,'Copyright') or contains(.,'copyright') or contains(.,'Ⓒ') or contains(.,'ⓒ')]"
)
_HOLDER = re.compile(
    r"(?:©|Ⓒ|ⓒ|\(c\)|copyright)(?:\s|©|\(c\)|copyright|by\b|:|,|(?:19|20)\d{2}|\s?[-–—]\s?)*(?P<name>[^\W\d_][^.|,;·•©®™(\[/\d]{1,40})",
    re.IGNORECASE,
)
_ALL_RIGHTS = re.compile(r"(?:all|alle|tous|todos|tutti|toate|wszelkie|všechna|все|всі|tüm)\b", re.IGNORECASE)
_LOGO = re.compile(r"\b(?:logo|home ?page|home)\b", re.IGNORECASE)
_SHORTEST = 2
_SHORT_HOST = 4
_MOST_RUNS = 40
_MOST_TAILS = 3
_LONGEST = 80
_LONGEST_SHOWN = 40
_LONGEST_LINE = 200
_MOST_LINKS = 6
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_HOST_PREFIX = re.compile(r"^(?:www\d?|m|amp|mobile|edition|news|de|fr|es|en)\.")


def find_site(declared: Declared, address: str) -> tuple[str, str]:
    """The site's name and where it came from: as declared, else as shown; the host where the page does not name it."""
    host = host_of(address).removeprefix("www.")
    for source, name in _named(declared, host):
        if name and len(name) <= _LONGEST and not name.startswith(("http:", "https:", "www.")):
            return name, source
    return host, "url" if host else ""


def _named(declared: Declared, host: str) -> Iterator[tuple[str, str]]:
    ld = declared.json_ld
    yield "meta og:site_name", declared.first("og:site_name")
    yield "json-ld", ld.text(declared.article.get("publisher"))
    yield "json-ld", ld.text(ld.typed("WebSite").get("name"))
    yield "meta application-name", declared.first("application-name", "apple-mobile-web-app-title", "al:ios:app_name")
    yield "microdata", _in_microdata(declared)
    headlines = {_plain(inline_text(heading)) for heading in declared.headings[:3]} | {
        _plain(declared.first("og:title"))
    }
    ends = [end for end in _title_ends(declared.title) if _plain(end) not in headlines]
    yield "title element", next((end for end in ends if _plain(end) in _plain(host)), "")
    shown = [*_home_links(declared.body, host), *_rights_lines(declared.body)]
    yield "title element", next((end for end in ends if any(_agree(end, name) for _, name in shown)), "")
    yield "meta publisher", _IN_BRACKETS.sub("", declared.first("publisher", "dc.publisher", "dcterms.publisher"))
    yield from shown
    yield "title element", _beside_headline(declared)


def _in_microdata(declared: Declared) -> str:
    """The name inside the element that is called publisher, or that of an organisation around it."""
    for element in declared.properties.get("publisher", [])[:1]:
        named = next((inner for inner in element.iter() if inner.get("itemprop") == "name"), None)
        if named is not None:
            return clean(named.get("content") or inline_text(named))
    return ""


def _home_links(body: _Element, host: str) -> Iterator[tuple[str, str]]:
    """What the first links to the front page show: words or the text beside a picture, those alone that the host is made of."""
    for link in elements(_HOME, body)[:_MOST_LINKS]:
        image = next(iter(link.iter("img")), None)
        picture = (image.get("alt") or image.get("title") or "") if image is not None else ""
        name = clean(_LOGO.sub("", inline_text(link) or picture or link.get("title") or link.get("aria-label") or ""))
        name = _in_host(_TITLE_PARTS.split(name)[0].strip(), host)
        if _SHORTEST <= len(name) <= _LONGEST_SHOWN and name.casefold() not in load_lines("html/front_page_names"):
            yield "visible masthead", name


def _in_host(name: str, host: str) -> str:
    """The longest run of the name's words that the host is made of; else all of them, but not one plain word."""
    words, bare = name.split(), _plain(host)
    runs = [words[start:end] for start in range(len(words)) for end in range(len(words), start, -1)][:_MOST_RUNS]
    made = max(
        (run for run in runs if len(_plain("".join(run))) > _SHORT_HOST and _plain("".join(run)) in bare),
        key=len,
        default=None,
    )
    if made:
        return " ".join(made)
    return name if len(words) > 1 or not name.isascii() else ""


def _rights_lines(body: _Element) -> Iterator[tuple[str, str]]:
    """The name after the sign of copyright, near the page's end."""
    for text in elements(_RIGHTS, body)[-_MOST_LINKS:]:
        found = _HOLDER.search(" ".join(str(text).split())[:_LONGEST_LINE])
        name = found["name"].strip(" -–—") if found else ""
        if name and not name[0].islower() and not _ALL_RIGHTS.match(name):
            yield "visible copyright line", name


def _beside_headline(declared: Declared) -> str:
    """The last of the few short parts that the page's title adds to its headline."""
    for heading in declared.headings[:3]:
        shown, title = inline_text(heading), declared.title
        tail = title[len(shown) :] if shown and title.startswith(shown) else ""
        parts = [part for part in _TITLE_PARTS.split(tail) if part.strip()]
        if 0 < len(parts) <= _MOST_TAILS and tail != parts[-1] and len(parts[-1]) <= _LONGEST_SHOWN:
            return parts[-1].strip()
    return ""


def _title_ends(title: str) -> list[str]:
    """The outermost parts of a title that has several."""
    parts = [part.strip() for part in _TITLE_PARTS.split(title)]
    return [end for end in (parts[-1], parts[0]) if len(_plain(end)) >= _SHORTEST + end.isascii() and end != title]


def _agree(first: str, second: str) -> bool:
    """Whether one of two names holds the other."""
    shorter, longer = sorted((_plain(first), _plain(second)), key=len)
    return len(shorter) >= _SHORTEST + shorter.isascii() and shorter in longer


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


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
