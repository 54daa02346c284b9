"""JSON-LD as publishers write it: bad commas, raw newlines, HTML entities, graphs whose parts point at each other by `@id`."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from functions.extract.text import clean

Node = Mapping[str, Any]

_ARTICLE = re.compile(r"(?:Article|(?<!Job)Posting|Report|BlogPost|Review|CreativeWork)$")
_PAGE = re.compile(r"(?:WebPage|ItemPage|AboutPage)$")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_PARTS = frozenset(
    {
        "liveBlogUpdate",
        "hasPart",
        "comment",
        "itemListElement",
        "isPartOf",
        "publisher",
        "author",
        "relatedLink",
        "mentions",
        "review",
    }
)
_LONGEST_ADDRESS = 4_000
_MOST_ITEMS = 200
_MOST_MARKS = 200_000
_MOST_SCRIPTS = 100
_DEEPEST = 12
_MOST = 2_000


class JsonLd:
    """All nodes of a page's JSON-LD blocks."""

    def __init__(self, scripts: Iterable[str]) -> None:
        roots = [root for script in _of_bounded_size(scripts) for root in _parsed(script)]
        self._by_id: dict[str, Node] = {}
        self.nodes: list[Node] = []
        for root in roots:
            self._collect(root, 0)

    def _collect(self, value: object, depth: int, *, part: bool = False) -> None:
        if depth > _DEEPEST or len(self.nodes) > _MOST:
            return
        if isinstance(value, list):
            for item in value:
                self._collect(item, depth + 1, part=part)
        elif isinstance(value, dict):
            self._keep(value, part=part)
            for key, item in value.items():
                self._collect(item, depth + 1, part=part or key in _PARTS)

    def _keep(self, node: Node, *, part: bool) -> None:
        identity = node.get("@id")
        if isinstance(identity, str) and len(node) > len(self._by_id.get(identity, {})):
            self._by_id[identity] = node
        if not part:
            self.nodes.append(node)

    def resolve(self, value: object) -> object:
        """The node that a bare `{"@id": …}` stands for; anything else as it is."""
        if isinstance(value, dict) and set(value) <= {"@id", "@type"} and isinstance(value.get("@id"), str):
            return self._by_id.get(value["@id"], value)
        return value

    def items(self, value: object) -> Iterator[object]:
        """The value's entries, each resolved, whether it is one or a list."""
        for item in value[:_MOST_ITEMS] if isinstance(value, list) else [value]:
            if item is not None:
                yield self.resolve(item)

    def text(self, value: object) -> str:
        """The first readable text in the value, entities decoded, spaces folded."""
        for item in self.items(value):
            if isinstance(item, str):
                return clean(item)
            if isinstance(item, dict):
                for key in ("name", "@value", "headline", "text"):
                    if isinstance(item.get(key), str):
                        return clean(item[key])
        return ""

    def address(self, value: object) -> str:
        """The first URL in the value."""
        for item in self.items(value):
            offers = [item.get(key) for key in ("url", "contentUrl", "@id")] if isinstance(item, dict) else [item]
            for offer in offers:
                if isinstance(offer, str):
                    return offer[:_LONGEST_ADDRESS].strip()
        return ""

    def article(self, addresses: Iterable[str], titles: Iterable[str]) -> Node:
        """The node that describes the page's own article, empty where there is none."""
        known_addresses = {_address(address) for address in addresses if address}
        known_titles = {title.casefold() for title in titles if title}
        candidates = [node for node in self.nodes if is_type(node, _ARTICLE) and not is_type(node, _PAGE)]

        def fit(node: Node) -> tuple[int, int]:
            own = {_address(self.address(node.get(key))) for key in ("url", "mainEntityOfPage", "@id")} - {""}
            score = 2 * bool(own & known_addresses) + 2 * (self.text(node.get("headline")).casefold() in known_titles)
            score += bool(node.get("datePublished")) + bool(node.get("headline"))
            return score, len(node)

        return max(candidates, key=fit, default={})

    def page(self) -> Node:
        """The node that describes the page itself."""
        return next((node for node in self.nodes if is_type(node, _PAGE)), {})

    def typed(self, name: str) -> Node:
        """The first node whose type is exactly `name`."""
        return next((node for node in self.nodes if name in types(node)), {})


def types(node: Node) -> list[str]:
    """The node's types without their namespace."""
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rsplit("/", 1)[-1] for kind in listed if isinstance(kind, str)]


def is_type(node: Node, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(kind) for kind in types(node))


def _address(address: str) -> str:
    return re.sub(r"^https?://(?:www\.|m\.|amp\.)?|[#?].*$", "", address[:_LONGEST_ADDRESS].strip()).rstrip("/")


def _of_bounded_size(scripts: Iterable[str]) -> Iterator[str]:
    """The first blocks, as long as they hold no more values together than a page has use for: each value costs memory."""
    marks = 0
    for script in islice(scripts, _MOST_SCRIPTS):
        marks += sum(map(script.count, "{[,:"))
        if marks > _MOST_MARKS:
            return
        yield script


def _parsed(script: str) -> list[object]:
    text = _unwrapped(script)
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return [json.loads(attempt, strict=False)]
        except (ValueError, RecursionError):
            continue
    return list(_first_values(text))


def _unwrapped(script: str) -> str:
    """The block without the comment or CDATA marks that some templates put around it."""
    text = script.strip()
    if not text.startswith(("<!", "/*", "//")):
        return text
    first = re.search(r"\{|\[\s*\{", text)
    last = max(text.rfind("}"), text.rfind("]\n"))
    return text[first.start() : last + 1] if first else text


def _first_values(text: str) -> Iterator[object]:
    """What can be read from the start of a block that is cut off or has two values in a row."""
    try:
        yield json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return
