"""What a page says about itself in its head and its labels, read once: meta tags, links, JSON-LD, titles, time elements."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import XPath, _Element

from functions.extract.page.json_ld import JsonLd, Node
from functions.extract.page.lxml_queries import elements, texts
from functions.extract.text import clean

_LONGEST_META = 5_000
_LONGEST_TITLE = 1_000
_MOST_OF_A_KIND = 50
_MOST_NAMES = 10
_WITH_PROPERTY = XPath("//*[@itemprop]")


@dataclass(slots=True)
class Declared:
    """A page's declarations. `meta` is keyed by lower-cased name, property or itemprop; values are cleaned and never empty."""

    meta: dict[str, list[str]]
    links: dict[str, list[str]]
    json_ld: JsonLd
    title: str
    headings: list[_Element]
    times: list[_Element]
    properties: dict[str, list[_Element]]
    language: str
    body: _Element
    address: str = ""
    article: Node = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first value of the first of these meta names that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), "")


def read_declared(tree: _Element, url: str) -> Declared:
    """One pass over the elements that declare something."""
    of_tag: dict[str, list[_Element]] = defaultdict(list)
    for element in tree.iter("meta", "link", "script", "title", "h1", "time"):
        of_tag[str(element.tag)].append(element)
    body = tree.find("body")
    declared = Declared(
        meta=_metas(of_tag["meta"]),
        links=_links(of_tag["link"]),
        json_ld=JsonLd(
            script.text
            for script in of_tag["script"]
            if script.text and "ld+json" in (script.get("type") or "").lower()
        ),
        title=next(
            (
                title
                for element in of_tag["title"]
                if not _in_drawing(element) and (title := clean((element.text or "")[:_LONGEST_TITLE]))
            ),
            "",
        ),
        headings=of_tag["h1"][:_MOST_OF_A_KIND],
        times=of_tag["time"][:_MOST_OF_A_KIND],
        properties=_properties(tree),
        language=(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip(),
        body=tree if body is None else body,
    )
    canonical = declared.links.get("canonical", [])
    declared.address = url or next(iter(canonical), "") or declared.first("og:url")
    titles = [
        declared.first("og:title"),
        *(clean("".join(islice(texts(heading), 50))[:_LONGEST_TITLE]) for heading in declared.headings[:5]),
        declared.title,
    ]
    declared.article = declared.json_ld.article([url, *canonical, *declared.meta.get("og:url", [])], titles)
    return declared


def _metas(tags: list[_Element]) -> dict[str, list[str]]:
    meta: dict[str, list[str]] = defaultdict(list)
    for element in tags:
        name = (
            element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        )
        content = clean((element.get("content") or "")[:_LONGEST_META])
        if name and content and len(meta[name.strip().lower()]) < _MOST_OF_A_KIND:
            meta[name.strip().lower()].append(content)
    return {name: values for name, values in meta.items() if values}


def _links(tags: list[_Element]) -> dict[str, list[str]]:
    links: dict[str, list[str]] = defaultdict(list)
    for element in tags:
        for relation in (element.get("rel") or "").lower().split()[:_MOST_NAMES]:
            if len(links[relation]) < _MOST_OF_A_KIND:
                links[relation].append((element.get("href") or "")[:_LONGEST_META].strip())
    return dict(links)


def _in_drawing(element: _Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "svg"


def _properties(tree: _Element) -> dict[str, list[_Element]]:
    """Elements of the body by their microdata property."""
    found: dict[str, list[_Element]] = defaultdict(list)
    for element in elements(_WITH_PROPERTY, tree):
        if element.tag != "meta":
            for name in (element.get("itemprop") or "").lower().split()[:_MOST_NAMES]:
                if len(found[name]) < _MOST_OF_A_KIND:
                    found[name].append(element)
    return dict(found)
