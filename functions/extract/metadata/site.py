"""Which site published the page."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml.etree import XPath, _Element

from functions.extract.found import Found
from functions.extract.lexicon import load_lines
from functions.extract.page.address import host_of
from functions.extract.page.declarations import Declared
from functions.extract.page.lxml_queries import elements, inline_text
from functions.extract.text import clean

MAX_NAME = 80  # characters of a declared name; longer values are slogans or descriptions (by judgement)
MAX_SHOWN_NAME = 40  # characters of a name that is only shown; a masthead is short (by judgement)
MIN_NAME = 2  # letters; one letter is an icon. Names in ASCII need one more, see `is_long_enough`
MIN_HOST_PART = 5  # letters of a host that words of a masthead must make up; "news" alone proves nothing
MAX_WORD_RUNS = 40  # runs of words of one masthead that are tried against the host, a bound on the time
MAX_TITLE_TAILS = 3  # parts behind the headline in the page's title; more are a trail of sections
MAX_HEADINGS = 3  # h1 elements that are compared with the page's title
MAX_LINKS = 6  # links to the front page, and copyright lines, that are read: the first are the masthead's
MAX_RIGHTS_LINE = 200  # characters of a copyright line that are read, a bound on the time

TITLE_SEPARATOR = re.compile(
    r"""
    \s+[|–—\-:»›•·]\s+                              # "Headline - Site"
    |\s*[|｜_]\s*                                    # "Headline|Site", "标题_网站"
    |:\s+                                           # "Site: Headline"
    |：(?=[^：]{2,12}$)                              # "見出し：サイト"
    |(?<=[\u3040-\u9fff])-{1,2}(?=[\u3040-\u9fff])  # "标题-网站"
    """,
    re.VERBOSE,
)
HOME_LINKS = XPath(
    ".//a[@href='/' or @href='./' or @href='/index.html' or @rel='home'"
    " or contains(@class,'logo') or contains(@class,'brand')]"
    " | .//*[contains(@class,'logo')]/a"
)
RIGHTS_LINES = XPath(
    ".//text()[contains(.,'©') or contains(.,'Copyright') or contains(.,'copyright')"
    " or contains(.,'Ⓒ') or contains(.,'ⓒ')]"
)
RIGHTS_HOLDER = re.compile(
    r"""
    (?:©|Ⓒ|ⓒ|\(c\)|copyright)
    (?:\s|©|\(c\)|copyright|by\b|:|,|(?:19|20)\d{2}|\s?[-–—]\s?)*   # "© 2019-2025 by "
    (?P<name>[^\W\d_][^.|,;·•©®™(\[/\d]{1,40})                      # "Portside Media"
    """,
    re.IGNORECASE | re.VERBOSE,
)
ALL_RIGHTS = re.compile(r"(?:all|alle|tous|todos|tutti|toate|wszelkie|všechna|все|всі|tüm)\b", re.IGNORECASE)
LOGO_WORDS = re.compile(r"\b(?:logo|home ?page|home)\b", re.IGNORECASE)
NOTE_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
FRONT_PAGE = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.\w{3,4})?|\./")
HOST_PREFIX = re.compile(r"^(?:www\d?|m|amp|mobile|edition|news|de|fr|es|en)\.")
PUBLISHER_METAS = ("publisher", "dc.publisher", "dcterms.publisher")


@dataclass
class SiteEvidence:
    """What the rules for the site's name look at: the page's declarations and its host without "www."."""

    declared: Declared
    host: str

    @cached_property
    def shown(self) -> list[Found[str]]:
        """The names in links to the front page and in copyright lines."""
        return [*names_in_home_links(self.declared.body, self.host), *names_in_rights_lines(self.declared.body)]

    @cached_property
    def title_ends(self) -> list[str]:
        """The outermost parts of the page's title that are not its headline."""
        shown = {plain_name(inline_text(heading)) for heading in self.declared.headings[:MAX_HEADINGS]}
        shown -= set(map(plain_name, mastheads(self.declared)))
        headlines = shown | {plain_name(self.declared.first("og:title"))}
        return [end for end in outer_title_parts(self.declared.title) if plain_name(end) not in headlines]


def find_site(declared: Declared, address: str) -> Found[str]:
    """The site's name: as declared, else as shown; the host where the page does not name it."""
    host = host_of(address).removeprefix("www.")
    evidence = SiteEvidence(declared, host)
    for rule in SITE_RULES:
        for name, source in rule(evidence):
            if name and len(name) <= MAX_NAME and not name.startswith(("http:", "https:", "www.")):
                return Found(name, source)
    return Found(host, "url" if host else "")


def declared_for_sharing(evidence: SiteEvidence) -> Iterator[Found[str]]:
    """`og:site_name`, which is written to be shown to people: "Portside"."""
    yield Found(evidence.declared.first("og:site_name"), "meta og:site_name")


def declared_in_json_ld(evidence: SiteEvidence) -> Iterator[Found[str]]:
    """The publisher of the article, then the name of the WebSite."""
    ld = evidence.declared.json_ld
    yield Found(ld.text(evidence.declared.article.get("publisher")), "json-ld")
    yield Found(ld.text(ld.typed("WebSite").get("name")), "json-ld")


def declared_for_apps(evidence: SiteEvidence) -> Iterator[Found[str]]:
    """What the page is called as an application: `application-name` and its likes."""
    names = ("application-name", "apple-mobile-web-app-title", "al:ios:app_name")
    yield Found(evidence.declared.first(*names), "meta application-name")


def declared_in_microdata(evidence: SiteEvidence) -> Iterator[Found[str]]:
    """The name inside the element whose property is `publisher`."""
    for element in evidence.declared.properties.get("publisher", [])[:1]:
        named = next((inner for inner in element.iter() if inner.get("itemprop") == "name"), None)
        if named is not None:
            yield Found(clean(named.get("content") or inline_text(named)), "microdata")


def heading_that_links_home(evidence: SiteEvidence) -> Iterator[Found[str]]:
    """A heading that is all one link to the front page: `<h1><a href="/">Portside</a></h1>`."""
    yield from (Found(name, "visible masthead") for name in mastheads(evidence.declared))


def title_end_in_host(evidence: SiteEvidence) -> Iterator[Found[str]]:
    """The end of the title that the host is made of: "Portside" for portside.example."""
    ends = (end for end in evidence.title_ends if plain_name(end) in plain_name(evidence.host))
    yield Found(next(ends, ""), "title element")


def title_end_that_is_shown(evidence: SiteEvidence) -> Iterator[Found[str]]:
    """The end of the title that the masthead or the copyright line repeats."""
    ends = (end for end in evidence.title_ends if any(names_agree(end, shown.value) for shown in evidence.shown))
    yield Found(next(ends, ""), "title element")


def declared_publisher(evidence: SiteEvidence) -> Iterator[Found[str]]:
    """`publisher` and its likes, which often hold a company: after what readers see."""
    yield Found(NOTE_IN_BRACKETS.sub("", evidence.declared.first(*PUBLISHER_METAS)), "meta publisher")


def shown_on_page(evidence: SiteEvidence) -> Iterator[Found[str]]:
    """The masthead, then the copyright line."""
    yield from evidence.shown


def title_end_beside_headline(evidence: SiteEvidence) -> Iterator[Found[str]]:
    """The last of the few short parts that the page's title adds to its headline."""
    for heading in evidence.declared.headings[:MAX_HEADINGS]:
        shown, title = inline_text(heading), evidence.declared.title
        tail = title[len(shown) :] if shown and title.startswith(shown) else ""
        parts = [part for part in TITLE_SEPARATOR.split(tail) if part.strip()]
        if 0 < len(parts) <= MAX_TITLE_TAILS and tail != parts[-1] and len(parts[-1]) <= MAX_SHOWN_NAME:
            yield Found(parts[-1].strip(), "title element")
            return


SITE_RULES: tuple[Callable[[SiteEvidence], Iterator[Found[str]]], ...] = (
    declared_for_sharing,
    declared_in_json_ld,
    declared_for_apps,
    declared_in_microdata,
    heading_that_links_home,
    title_end_in_host,
    title_end_that_is_shown,
    declared_publisher,
    shown_on_page,
    title_end_beside_headline,
)
"""Where a site's name is looked for, the most trusted place first. The first usable name wins."""


def mastheads(declared: Declared) -> list[str]:
    """The texts of headings that are all one link to a front page: what many blogs call their h1."""
    names = []
    for heading in declared.headings[:MAX_HEADINGS]:
        link = next(iter(heading.iter("a")), None)
        if link is not None and is_front_page(link.get("href") or "") and inline_text(link) == inline_text(heading):
            names.append(inline_text(heading))
    return [name for name in names if 0 < len(name) <= MAX_NAME]


def is_front_page(address: str) -> bool:
    """Whether a link leads to the front page of a site."""
    return bool(address.strip()) and FRONT_PAGE.fullmatch(address.strip()) is not None


def names_in_home_links(body: _Element, host: str) -> Iterator[Found[str]]:
    """What the first links to the front page show: their words, else the text beside their picture."""
    for link in elements(HOME_LINKS, body)[:MAX_LINKS]:
        image = next(iter(link.iter("img")), None)
        picture = (image.get("alt") or image.get("title") or "") if image is not None else ""
        text = inline_text(link) or picture or link.get("title") or link.get("aria-label") or ""
        name = words_of_host(TITLE_SEPARATOR.split(clean(LOGO_WORDS.sub("", text)))[0].strip(), host)
        if MIN_NAME <= len(name) <= MAX_SHOWN_NAME and name.casefold() not in load_lines("html/front_page_names"):
            yield Found(name, "visible masthead")


def words_of_host(name: str, host: str) -> str:
    """The longest run of the name's words that the host is made of; else all of them, but not one plain word."""
    words, bare = name.split(), plain_name(host)
    runs = [words[start:end] for start in range(len(words)) for end in range(len(words), start, -1)][:MAX_WORD_RUNS]
    matching = [run for run in runs if len(part := plain_name("".join(run))) >= MIN_HOST_PART and part in bare]
    if matching:
        longest: list[str] = max(matching, key=len)
        return " ".join(longest)
    return name if len(words) > 1 or not name.isascii() else ""


def names_in_rights_lines(body: _Element) -> Iterator[Found[str]]:
    """The name after the sign of copyright, near the page's end."""
    for text in elements(RIGHTS_LINES, body)[-MAX_LINKS:]:
        holder = RIGHTS_HOLDER.search(" ".join(str(text).split())[:MAX_RIGHTS_LINE])
        name = holder["name"].strip(" -–—") if holder else ""
        if name and not name[0].islower() and not ALL_RIGHTS.match(name):
            yield Found(name, "visible copyright line")


def outer_title_parts(title: str) -> list[str]:
    """The last and the first part of a title that has several."""
    parts = [part.strip() for part in TITLE_SEPARATOR.split(title)]
    return [end for end in (parts[-1], parts[0]) if is_long_enough(plain_name(end), end) and end != title]


def names_agree(first: str, second: str) -> bool:
    """Whether one of two names holds the other."""
    shorter, longer = sorted((plain_name(first), plain_name(second)), key=len)
    return is_long_enough(shorter, shorter) and shorter in longer


def is_long_enough(letters: str, name: str) -> bool:
    """Whether a name has the letters to tell it from an icon or an abbreviation: two, three in ASCII."""
    return len(letters) >= MIN_NAME + name.isascii()


def plain_name(name: str) -> str:
    """The letters and digits of a name in lower case, for comparing."""
    return re.sub(r"[\W_]+", "", name.casefold())


def site_names(declared: Declared, address: str) -> list[str]:
    """Everything the site may be called in a title: declared names, the host, and the host's own word."""
    ld = declared.json_ld
    host = host_of(address)
    bare = HOST_PREFIX.sub("", host)
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
        NOTE_IN_BRACKETS.sub("", declared.first(*PUBLISHER_METAS)),
        declared.first("al:ios:app_name"),
        host,
        bare,
        bare.split(".")[0],
        bare.rsplit(".", 1)[0],
        *mastheads(declared),
    ]
    return [name for name in names if name]
