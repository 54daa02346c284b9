"""A feed as Atom (RFC 4287) and as JSON Feed 1.1."""

import json
import xml.etree.ElementTree as ET  # written only: nothing here parses XML
from collections.abc import Callable, Mapping
from typing import Any, Literal

from infra.feeds.feed import Feed, FeedEntry
from shared.version import PIPELINE_VERSION

Format = Literal["atom", "json"]
ATOM = "http://www.w3.org/2005/Atom"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
VERSION_OF_JSON_FEED = "https://jsonfeed.org/version/1.1"


def atom(feed: Feed) -> str:
    """The feed as an Atom document."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")
    add_texts(root, {"id": feed.id, "title": feed.title, "updated": feed.updated_at})
    add_texts(ET.SubElement(root, f"{{{ATOM}}}author"), {"name": "Clipwire"})
    generator = ET.SubElement(root, f"{{{ATOM}}}generator", version=PIPELINE_VERSION)
    generator.text = "Clipwire"
    for entry in feed.entries:
        add_entry(root, entry)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def add_entry(root: ET.Element, entry: FeedEntry) -> None:
    element = ET.SubElement(root, f"{{{ATOM}}}entry")
    if entry.language:
        element.set(XML_LANGUAGE, entry.language)
    add_texts(
        element,
        {"id": entry.id, "title": entry.title, "updated": entry.updated_at, "published": entry.published_at},
    )
    for site in entry.sites:
        add_texts(ET.SubElement(element, f"{{{ATOM}}}author"), {"name": site})
    if entry.url:
        ET.SubElement(element, f"{{{ATOM}}}link", rel="alternate", href=entry.url)
    for topic in entry.topics:
        ET.SubElement(element, f"{{{ATOM}}}category", term=topic)
    # A reader that shows no link needs content; one that does needs a summary at most.
    add_texts(element, {"summary" if entry.url else "content": entry.summary or entry.title})


def add_texts(parent: ET.Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def json_feed(feed: Feed) -> str:
    """The feed as a JSON Feed, letters past ASCII escaped."""
    items = [json_item(entry) for entry in feed.entries]
    return json.dumps({"version": VERSION_OF_JSON_FEED, "title": feed.title, "items": items}, indent=2) + "\n"


def json_item(entry: FeedEntry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.summary or entry.title,
        "date_published": entry.published_at,
        "date_modified": entry.updated_at,
        "authors": [{"name": site} for site in entry.sites],
        "tags": list(entry.topics),
        "language": entry.language,
    }
    return {name: value for name, value in item.items() if value}


FORMATS: Mapping[Format, tuple[Callable[[Feed], str], str]] = {
    "atom": (atom, "application/atom+xml; charset=utf-8"),
    "json": (json_feed, "application/feed+json; charset=utf-8"),
}
"""How each format is written, and its media type."""
