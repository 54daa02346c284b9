"""From the bytes of a saved page to its article, in three steps: read the page, select its body, describe it."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml.etree import strip_elements
from lxml.html import HtmlElement

from functions.extract.article_likelihood import Findings
from functions.extract.body.article_region import (
    ArticleRegion,
    find_article_region,
    is_doubtful_reading,
    misses_article,
)
from functions.extract.body.selection import described_opening, select_blocks
from functions.extract.body.trafilatura_text import (
    MAX_DEPTH,
    MAX_VISIBLE_CHARACTERS,
    is_fuller_reading,
    quick_reading,
    thorough_reading,
)
from functions.extract.decoding.charset import decode
from functions.extract.decoding.compression import inflate, remove_embedded_data, too_large
from functions.extract.decoding.saved_page import find_noted_address, open_web_archive
from functions.extract.found import Found
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
from functions.extract.page.block_reader import read_blocks
from functions.extract.page.blocks import Block, Reading
from functions.extract.page.declarations import Declared, read_declared
from functions.extract.page.html_tree import append_paragraphs, open_shadow_roots, parse
from functions.extract.page.lxml_queries import inline_text
from functions.extract.rejection import judge_page
from functions.extract.text import folded
from shared.domain.clean_text import clean_line
from shared.domain.documents import Article, PageFacts, Section
from shared.domain.errors import Reason, Rejected
from shared.domain.limits import MAX_PAGE_BYTES

MIN_ARTICLE_BODY = 500  # characters of a JSON-LD articleBody that stands in for a page's text (by judgement)
MAX_SHELL_PROSE = 200  # characters of running text on a page that scripts would fill (by judgement)
UNSEEN_TAGS = ("script", "style", "noscript", "svg", "template", "iframe")


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as read: what it declares, its headline, and its blocks of text in reading order."""

    tree: HtmlElement
    url: str
    declared: Declared
    sites: list[str]
    title: Found[str]
    reading: Reading
    scripts: int


@dataclass(frozen=True, slots=True)
class Body:
    """The article's own blocks: their region, and by index the paragraphs and the probability of each block.

    `byline` has the names in lines beside the text, best first.
    """

    region: ArticleRegion
    paragraphs: dict[int, list[str]]
    byline: Iterable[list[str]]
    chances: dict[int, float]

    @property
    def text(self) -> str:
        """Paragraphs separated by blank lines."""
        return "\n\n".join(paragraph for paragraphs in self.paragraphs.values() for paragraph in paragraphs)


def extract_article(body: bytes, url: str | None = None) -> Article:
    """The article of a saved page; raises `Rejected` with the reason, and what the page told, where there is none."""
    try:
        page = read_page(body, url or "")
    except Rejected as rejection:
        raise rejection.knowing(PageFacts(url=url or "")) from rejection
    found = select_body(page)
    evidence = findings(page, found)
    try:
        chance = judge_page(evidence)
    except Rejected as rejection:
        raise rejection.knowing(facts_of_rejected(page, evidence.visible())) from rejection
    if not found or not found.text:
        known = facts_of_rejected(page, evidence.visible())
        raise Rejected(Reason.NO_ARTICLE, "No article was found in the page.", known)
    return describe(page, found, chance)


def facts_of_rejected(page: ReadPage, shown: str) -> PageFacts:
    """What a page without an article tells of itself: its title is the headline that it shows, else the declared.

    `shown` is the text that the page shows, which tells its language.
    """
    declared = page.declared
    address = canonical_address(declared, page.url).value
    return PageFacts(
        title=clean_line(page.title.value or declared.title),
        site=clean_line(find_site(declared, address).value),
        url=address,
        language=find_language(shown, declared_languages(declared)).value,
    )


def findings(page: ReadPage, body: Body | None) -> Findings:
    """What the page is judged by."""
    return Findings(
        declared=page.declared,
        blocks=page.reading.blocks,
        text=body.text if body else "",
        title=page.title.value,
        scripts=page.scripts,
        kept=tuple(body.paragraphs) if body else (),
        chances=body.chances if body else {},
        address=page.url,
    )


def read_page(body: bytes, url: str) -> ReadPage:
    """The page's tree, declarations and blocks; raises `Rejected` for bytes that hold no page of text."""
    if not body.strip(b" \t\r\n\x00"):
        raise Rejected(Reason.EMPTY, "The page has no content.")
    if len(body) > MAX_PAGE_BYTES:
        raise too_large()
    saved = open_web_archive(inflate(body, MAX_PAGE_BYTES))
    text = decode(remove_embedded_data(saved.body), saved.charset)
    if not text.strip():
        raise Rejected(Reason.EMPTY, "The page has no content.")
    url = url or saved.address or find_noted_address(text)
    del saved
    tree = parse(text)
    open_shadow_roots(tree)
    declared = read_declared(tree, url)
    sites = site_names(declared, declared.address)
    scripts = sum(1 for _ in tree.iter("script"))
    strip_elements(tree, *UNSEEN_TAGS, with_tail=False)
    reading = read_blocks(declared.body)
    told = declared.article.get("articleBody")
    if isinstance(told, str) and len(told) > MIN_ARTICLE_BODY and shown_prose(reading) < MAX_SHELL_PROSE:
        append_paragraphs(declared.body, told[:MAX_VISIBLE_CHARACTERS])
        reading = read_blocks(declared.body)
    return ReadPage(tree, url, declared, sites, find_title(declared, sites, reading.blocks), reading, scripts)


def shown_prose(reading: Reading) -> int:
    """Characters of running text that the page shows."""
    return sum(block.prose for block in reading.blocks)


def select_body(page: ReadPage) -> Body | None:
    """The blocks that are the page's article; None where nothing on the page reads like text."""
    region = read_region(page)
    if region is None:
        return None
    blocks = region.blocks
    chances = select_blocks(region, described_opening(page.declared))
    indexes = list(chances)
    byline, at = byline_blocks(region, indexes)
    paragraphs = {index: paragraphs_of_block(blocks[index]) for index in indexes if index not in at}
    return Body(region, paragraphs, byline, chances)


def read_region(page: ReadPage) -> ArticleRegion | None:
    """The article's region by trafilatura's quick reading, or by its thorough one where that found far more.

    The page's own prose decides where the page is too large for trafilatura, or where the reading is a mere notice.
    """
    reading, titles = page.reading, frozenset(known_titles(page))
    if reading.depth > MAX_DEPTH or sum(len(block.text) for block in reading.blocks) > MAX_VISIBLE_CHARACTERS:
        return find_article_region(reading.blocks, reading.scopes, "", titles)
    quick = quick_reading(page.tree, [aside.element for aside in reading.asides])
    region = find_article_region(reading.blocks, reading.scopes, quick, titles)
    if region is None or not is_doubtful_reading(region, quick):
        return region
    thorough = thorough_reading(page.tree)
    if not is_fuller_reading(thorough, quick):
        own = find_article_region(reading.blocks, reading.scopes, "", titles)
        return own if own and misses_article(quick, own) else region
    return find_article_region(reading.blocks, reading.scopes, thorough, titles)


def known_titles(page: ReadPage) -> set[str]:
    """Every title that the page has, folded: a block that says the same is no text of the article."""
    declared = page.declared
    titles = [page.title.value, declared.title, declared.first("og:title"), declared.first("twitter:title")]
    titles += [inline_text(heading) for heading in declared.headings]
    return {folded(title) for title in titles} - {""}


def describe(page: ReadPage, body: Body, chance: float) -> Article:
    """The article with all that the page says about it."""
    declared, text = page.declared, body.text
    address, address_source = canonical_address(declared, page.url)
    site, site_source = find_site(declared, address)
    authors, authors_source = find_authors(declared, page.sites, body.region, body.byline)
    standfirst, standfirst_source = find_standfirst(declared, body.region, text)
    language, language_source = find_language(text, declared_languages(declared))
    dated = DatedPage(declared, address, page.title.value, language)
    published, modified = find_published(dated), find_modified(dated)
    breadcrumb, breadcrumb_source = find_breadcrumb(declared, page.title.value)
    picture_region = body.region.article if body.region.article is not None else body.region.main
    image, image_source = find_lead_image(declared, address, picture_region)
    sources = {
        "title": page.title.source,
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
        title=clean_line(page.title.value),
        standfirst=clean_line(standfirst),
        authors=[clean_line(author) for author in authors],
        site=clean_line(site),
        url=address,
        published_at=published.moment.iso() if published else None,
        published_at_source="none" if not published else "declared" if published.declared else "inferred",
        modified_at=modified.moment.iso() if modified else None,
        dateline=find_dateline(text),
        language=language,
        breadcrumb=[clean_line(name) for name in breadcrumb],
        text=text,
        sections=split_sections(body),
        extraction_confidence=round(chance, 3),
        image_url=image.url,
        image_caption=clean_line(image.caption),
        image_credit=clean_line(image.credit),
        sources={field: source for field, source in sources.items() if source},
    )


def declared_languages(declared: Declared) -> Iterable[str]:
    """The languages that the page declares, those of the article first."""
    return [
        declared.json_ld.text(declared.article.get("inLanguage")),
        declared.language,
        declared.first("og:locale", "content-language", "language", "dc.language", "dcterms.language"),
    ]


def split_sections(body: Body) -> list[Section]:
    """The text by the headings in it; what stands above the first heading has an empty one."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    for index, paragraphs in body.paragraphs.items():
        block = body.region.blocks[index]
        if block.kind == "heading":
            sections.append((clean_line(block.text), []))
        else:
            sections[-1][1].extend(paragraphs)
    return [Section(heading=heading, text="\n\n".join(parts)) for heading, parts in sections if heading or parts]


def paragraphs_of_block(block: Block) -> list[str]:
    """The paragraphs of a block; those of an item of a list begin with a dash."""
    parts = [clean_line(part) for part in block.text.split("\n\n")] if "\n" in block.text else [clean_line(block.text)]
    mark = "- " if block.kind == "item" else ""
    return [mark + part for part in parts if part]
