"""What a page says about itself, read once: meta tags, links, JSON-LD, titles, time elements, microdata."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import XPath, _Element

from functions.extract.page.json_ld import JsonLd, Node
from functions.extract.page.lxml_queries import elements, texts
from functions.extract.text import clean

MAX_META = 5_000  # characters of one declared value; descriptions of real pages stay under 1,000
MAX_TITLE = 1_000  # characters of a title; real ones stay under 300
MAX_OF_A_KIND = 50  # values of one name, headings and time elements that are kept, a bound on the time
MAX_NAMES = 10  # names in one `rel` or `itemprop` attribute that are read
MAX_TITLE_HEADINGS = 5  # h1 elements whose text may tell which JSON-LD node is the page's article
MAX_TEXT_RUNS = 50  # runs of text of one h1 that are read, a bound on the time
ARCHIVE_PREFIX = re.compile(r"^https?://web\.archive\.org/web/\d{1,14}[a-z_]*/(?=https?://)")
WITH_PROPERTY = XPath("//*[@itemprop]")


@dataclass(slots=True)
class Declared:
    """A page's declarations.

    `meta` is keyed by lower-cased name, property or itemprop; its values are cleaned and never empty.
    """

    meta: dict[str, list[str]]
    links: dict[str, list[str]]
    json_ld: JsonLd
    title: str
    headings: list[_Element]
    times: list[_Element]
    properties: dict[str, list[_Element]]
    language: str
    body: _Element
    base: str = ""
    address: str = ""
    article: Node = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first value of the first of these meta names that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), "")


def read_declared(tree: _Element, url: str) -> Declared:
    """One pass over the elements that declare something."""
    of_tag: dict[str, list[_Element]] = defaultdict(list)
    for element in tree.iter("meta", "link", "script", "title", "h1", "time", "base"):
        of_tag[str(element.tag)].append(element)
    body = tree.find("body")
    declared = Declared(
        meta=read_metas(of_tag["meta"]),
        links=read_links(of_tag["link"]),
        json_ld=JsonLd(
            script.text
            for script in of_tag["script"]
            if script.text and "ld+json" in (script.get("type") or "").lower()
        ),
        title=next(
            (
                title
                for element in of_tag["title"]
                if not is_in_drawing(element) and (title := clean((element.text or "")[:MAX_TITLE]))
            ),
            "",
        ),
        headings=of_tag["h1"][:MAX_OF_A_KIND],
        times=of_tag["time"][:MAX_OF_A_KIND],
        properties=read_properties(tree),
        language=(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip(),
        body=tree if body is None else body,
    )
    canonical = declared.links.get("canonical", [])
    declared.base = next((element.get("href", "")[:MAX_META].strip() for element in of_tag["base"]), "")
    declared.address = original_address(url or next(iter(canonical), "") or declared.first("og:url") or declared.base)
    titles = [
        declared.first("og:title"),
        *(
            clean("".join(islice(texts(heading), MAX_TEXT_RUNS))[:MAX_TITLE])
            for heading in declared.headings[:MAX_TITLE_HEADINGS]
        ),
        declared.title,
    ]
    declared.article = declared.json_ld.article([url, *canonical, *declared.meta.get("og:url", [])], titles)
    return declared


def original_address(address: str) -> str:
    """The address of the page that an archive keeps a copy of; any other address as it is."""
    return ARCHIVE_PREFIX.sub("", address) if "web.archive.org" in address else address


def read_metas(tags: list[_Element]) -> dict[str, list[str]]:
    """Values of the meta elements by their lower-cased name."""
    meta: dict[str, list[str]] = defaultdict(list)
    for element in tags:
        name = (
            element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        )
        # Some programs that save or convert pages write "value" for "content".
        content = clean((element.get("content") or element.get("value") or "")[:MAX_META])
        if name and content and len(meta[name.strip().lower()]) < MAX_OF_A_KIND:
            meta[name.strip().lower()].append(content)
    return {name: values for name, values in meta.items() if values}


def read_links(tags: list[_Element]) -> dict[str, list[str]]:
    """Addresses of the link elements by each of their relations."""
    links: dict[str, list[str]] = defaultdict(list)
    for element in tags:
        for relation in (element.get("rel") or "").lower().split()[:MAX_NAMES]:
            if len(links[relation]) < MAX_OF_A_KIND:
                links[relation].append((element.get("href") or "")[:MAX_META].strip())
    return dict(links)


def is_in_drawing(element: _Element) -> bool:
    """Whether a title element names a part of an SVG drawing instead of the page."""
    parent = element.getparent()
    return parent is not None and parent.tag == "svg"


def read_properties(tree: _Element) -> dict[str, list[_Element]]:
    """Elements of the body by their microdata property."""
    found: dict[str, list[_Element]] = defaultdict(list)
    for element in elements(WITH_PROPERTY, tree):
        if element.tag != "meta":
            for name in (element.get("itemprop") or "").lower().split()[:MAX_NAMES]:
                if len(found[name]) < MAX_OF_A_KIND:
                    found[name].append(element)
    return dict(found)
