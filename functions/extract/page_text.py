"""From the bytes of a saved page to its article. The only importer of trafilatura."""

import re
import unicodedata
from collections.abc import Iterable
from copy import copy
from itertools import islice

from lxml.etree import strip_elements
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from functions.extract.body.article_region import Layout, prose_home, read_layout
from functions.extract.body.selection import article_blocks
from functions.extract.decoding.charset import decode
from functions.extract.decoding.compression import inflate, remove_embedded_data, too_large
from functions.extract.decoding.saved_page import find_noted_address, open_web_archive
from functions.extract.lexicon import load_lines
from functions.extract.metadata.authors.authors import find_authors
from functions.extract.metadata.authors.byline_blocks import byline_blocks
from functions.extract.metadata.breadcrumb import find_breadcrumb
from functions.extract.metadata.dateline import find_dateline
from functions.extract.metadata.dates.candidates import DatedPage
from functions.extract.metadata.dates.publication import find_modified, find_published
from functions.extract.metadata.language import find_language
from functions.extract.metadata.lead_image import find_lead_image
from functions.extract.metadata.site import find_site, site_names
from functions.extract.metadata.standfirst import find_standfirst
from functions.extract.metadata.titles.title import find_title
from functions.extract.page.address import canonical_address
from functions.extract.page.blocks import Block, read_blocks
from functions.extract.page.declarations import Declared, read_declared
from functions.extract.page.html_tree import parse
from functions.extract.page.lxml_queries import inline_text
from functions.extract.rejection import Findings, refuse_other_pages
from functions.extract.text import folded
from shared.domain.documents import Article, Section
from shared.domain.errors import Reason, Rejected
from shared.domain.limits import MAX_PAGE_BYTES

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]"
)
_SPACE_RUN = re.compile(r"\s{2,}|[^\S ]")
_MOST_GUIDED = 8_000
_WIDEST_GUIDED = 40_000
_MOST_GUIDED_TEXT = 500_000
_MOST_BLANKS = 1_000_000
_DEEPEST_GUIDED = 150


def extract_article(body: bytes, url: str | None = None) -> Article:
    """The article of a saved page; raises `Rejected` with the reason where there is none."""
    page = _page(body, url or "")
    layout = page.layout()
    text = layout and page.text_of(layout)
    found = Findings(page.declared, page.blocks, text or "", page.headline[0], page.scripts, tuple(page.paragraphs))
    refuse_other_pages(found)
    if not layout or not text:
        raise Rejected(Reason.NO_ARTICLE, "No article was found in the page.")
    return page.article(layout, text)


def _page(body: bytes, url: str) -> "_Page":
    if not body.strip(b" \t\r\n\x00"):
        raise Rejected(Reason.EMPTY, "The page has no content.")
    if len(body) > MAX_PAGE_BYTES:
        raise too_large()
    opened, address = open_web_archive(inflate(body, MAX_PAGE_BYTES))
    text = decode(remove_embedded_data(opened))
    if not text.strip():
        raise Rejected(Reason.EMPTY, "The page has no content.")
    url = url or address or find_noted_address(text)
    del opened
    return _Page(parse(text), url)


class _Page:
    """One page on its way to an article; made for one call and dropped with it."""

    def __init__(self, tree: HtmlElement, url: str) -> None:
        self.tree = tree
        self.url = url
        self.declared: Declared = read_declared(tree, url)
        self.sites = site_names(self.declared, self.declared.address)
        self.scripts = sum(1 for _ in tree.iter("script"))
        strip_elements(tree, "script", "style", "noscript", "svg", "template", "iframe", with_tail=False)
        self.reading = read_blocks(self.declared.body)
        self.blocks = self.reading.blocks
        self.headline = find_title(self.declared, self.sites, self.blocks)
        self.paragraphs: dict[int, list[str]] = {}
        self.byline: Iterable[list[str]] = []

    def layout(self) -> Layout | None:
        return read_layout(self.blocks, self.reading.scopes, self._guide(), frozenset(self._titles()))

    def _guide(self) -> str:
        """Trafilatura's reading of the page, empty for pages on which it would take too long."""
        if self.reading.depth > _DEEPEST_GUIDED or sum(len(block.text) for block in self.blocks) > _MOST_GUIDED_TEXT:
            return ""
        tree = self._prose_tree()
        strip_elements(tree, *load_lines("html/tags_never_article"), with_tail=False)
        if _is_dear(tree):
            return ""
        found = bare_extraction(tree, fast=True, include_comments=False)
        return getattr(found, "text", "") or ""

    def _prose_tree(self) -> HtmlElement:
        """A copy of the part of the page that its prose stands in."""
        home = prose_home(self.blocks)
        if home is None or home.tag in {"html", "body"}:
            return copy(self.tree)
        tree, body = home.makeelement("html"), home.makeelement("body")
        tree.append(body)
        body.append(copy(home))
        return tree

    def _titles(self) -> set[str]:
        declared = self.declared
        titles = [self.headline[0], declared.title, declared.first("og:title"), declared.first("twitter:title")]
        titles += [inline_text(heading) for heading in declared.headings]
        return {folded(title) for title in titles} - {""}

    def text_of(self, layout: Layout) -> str:
        indexes = article_blocks(layout)
        self.byline, at = byline_blocks(layout, indexes)
        self.paragraphs = {index: _paragraphs(self.blocks[index]) for index in indexes if index not in at}
        return "\n\n".join(paragraph for paragraphs in self.paragraphs.values() for paragraph in paragraphs)

    def article(self, layout: Layout, text: str) -> Article:
        declared = self.declared
        address, address_source = canonical_address(declared, self.url)
        site, site_source = find_site(declared, address)
        authors, authors_source = find_authors(declared, self.sites, layout, self.byline)
        standfirst, standfirst_source = find_standfirst(declared, layout, text)
        language, language_source = find_language(text, self._languages())
        dated = DatedPage(declared, address, self.headline[0], language)
        published, modified = find_published(dated), find_modified(dated)
        breadcrumb, breadcrumb_source = find_breadcrumb(declared, self.headline[0])
        image, image_source = find_lead_image(declared, address)
        sources = {
            "title": self.headline[1],
            "standfirst": standfirst_source,
            "authors": authors_source,
            "site": site_source,
            "url": address_source,
            "published_at": published.source if published else "",
            "modified_at": modified.source if modified else "",
            "language": language_source,
            "breadcrumb": breadcrumb_source,
            "image_url": image_source,
        }
        return Article(
            title=_clean(self.headline[0]),
            standfirst=_clean(standfirst),
            authors=[_clean(author) for author in authors],
            site=_clean(site),
            url=address,
            published_at=published.moment.iso() if published else None,
            published_at_source="none" if not published else "declared" if published.declared else "inferred",
            modified_at=modified.moment.iso() if modified else None,
            dateline=find_dateline(text),
            language=language,
            breadcrumb=[_clean(name) for name in breadcrumb],
            text=text,
            sections=self._sections(),
            image_url=image.url,
            image_caption=_clean(image.caption),
            image_credit=_clean(image.credit),
            sources={field: source for field, source in sources.items() if source},
        )

    def _languages(self) -> Iterable[str]:
        declared = self.declared
        return [
            declared.json_ld.text(declared.article.get("inLanguage")),
            declared.language,
            declared.first("og:locale", "content-language", "language", "dc.language", "dcterms.language"),
        ]

    def _sections(self) -> list[Section]:
        sections: list[tuple[str, list[str]]] = [("", [])]
        for index, paragraphs in self.paragraphs.items():
            block = self.blocks[index]
            if block.kind == "heading":
                sections.append((_clean(block.text), []))
            else:
                sections[-1][1].extend(paragraphs)
        return [Section(heading=heading, text="\n\n".join(parts)) for heading, parts in sections if heading or parts]


def _is_dear(tree: HtmlElement) -> bool:
    """Whether the guide would work long on a tree: on elements, on blanks, on tables that it fills up to their widest row."""
    for cell in tree.iter("td", "th"):
        cell.attrib.pop("colspan", None)
        cell.attrib.pop("rowspan", None)
    rows = [len(row) for row in tree.iter("tr")]
    return (
        len(rows) * max(rows, default=0) > _WIDEST_GUIDED
        or next(islice(tree.iter(), _MOST_GUIDED, None), None) is not None
        or len(tree.text_content()) > _MOST_BLANKS
    )


def _paragraphs(block: Block) -> list[str]:
    """The block's paragraphs: a blank line or a double break parts them, items carry a dash."""
    parts = [_clean(part) for part in block.text.split("\n\n")] if "\n" in block.text else [_clean(block.text)]
    mark = "- " if block.kind == "item" else ""
    return [mark + part for part in parts if part]


def _clean(text: str) -> str:
    """One line, NFC, without control characters and the invisible ones that break words for search."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACE_RUN.sub(" ", text).strip()
