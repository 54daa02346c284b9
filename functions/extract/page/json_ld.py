"""JSON-LD as publishers write it: bad commas, raw newlines, HTML entities, graphs whose parts point at each other."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from functions.extract.text import clean

Node = Mapping[str, Any]

ARTICLE_TYPE = re.compile(r"(?:Article|(?<!Job)Posting|Report|BlogPost|Review|CreativeWork)$")
PAGE_TYPE = re.compile(r"(?:WebPage|ItemPage|AboutPage)$")
TRAILING_COMMA = re.compile(r",\s*([}\]])")
KEYS_OF_OTHER_THINGS = frozenset(
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
"""Keys whose values describe something else than the page: a node inside them is never the page's article."""
MAX_ADDRESS = 4_000  # characters; browsers and servers stop at less (by judgement)
MAX_ITEMS = 200  # entries of one list that are read, a bound on the time
MAX_MARKS = 200_000  # opening brackets, commas and colons in all blocks: each value costs some 100 bytes of memory
MAX_SCRIPTS = 100  # blocks of one page that are read, a bound on the time
MAX_DEPTH = 12  # levels of nesting; real articles stay under eight
MAX_NODES = 2_000  # objects of one page that are kept, a bound on the time
URL_AGREES = 2  # points of an article node whose address is the page's
HEADLINE_AGREES = (
    2  # points of an article node whose headline the page shows; one point each for having date and headline
)


class JsonLd:
    """All nodes of a page's JSON-LD blocks."""

    def __init__(self, scripts: Iterable[str]) -> None:
        roots = [root for script in blocks_of_bounded_size(scripts) for root in parse_block(script)]
        self._by_id: dict[str, Node] = {}
        self.nodes: list[Node] = []
        for root in roots:
            self._collect(root, 0)

    def _collect(self, value: object, depth: int, *, part: bool = False) -> None:
        if depth > MAX_DEPTH or len(self.nodes) > MAX_NODES:
            return
        if isinstance(value, list):
            for item in value:
                self._collect(item, depth + 1, part=part)
        elif isinstance(value, dict):
            self._keep(value, part=part)
            for key, item in value.items():
                self._collect(item, depth + 1, part=part or key in KEYS_OF_OTHER_THINGS)

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
        for item in flat_items(value):
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
                    return offer[:MAX_ADDRESS].strip()
        return ""

    def article(self, addresses: Iterable[str], titles: Iterable[str]) -> Node:
        """The node that describes the page's own article, empty where there is none."""
        known_addresses = {comparable_address(address) for address in addresses if address}
        known_titles = {title.casefold() for title in titles if title}
        candidates = [node for node in self.nodes if is_type(node, ARTICLE_TYPE) and not is_type(node, PAGE_TYPE)]

        def fit(node: Node) -> tuple[int, int]:
            own = {comparable_address(self.address(node.get(key))) for key in ("url", "mainEntityOfPage", "@id")} - {""}
            score = URL_AGREES * bool(own & known_addresses)
            score += HEADLINE_AGREES * (self.text(node.get("headline")).casefold() in known_titles)
            score += bool(node.get("datePublished")) + bool(node.get("headline"))
            return score, len(node)

        return max(candidates, key=fit, default={})

    def page(self) -> Node:
        """The node that describes the page itself."""
        return next((node for node in self.nodes if is_type(node, PAGE_TYPE)), {})

    def typed(self, name: str) -> Node:
        """The first node whose type is exactly `name`."""
        return next((node for node in self.nodes if name in types(node)), {})


def flat_items(value: object) -> Iterator[object]:
    """A value as its entries: of a list, and of lists directly inside it, as some templates write authors."""
    for item in value[:MAX_ITEMS] if isinstance(value, list) else [value]:
        if isinstance(item, list):
            yield from item[:MAX_ITEMS]
        else:
            yield item


def types(node: Node) -> list[str]:
    """The node's types without their namespace."""
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rsplit("/", 1)[-1] for kind in listed if isinstance(kind, str)]


def is_type(node: Node, pattern: re.Pattern[str]) -> bool:
    """Whether one of the node's types ends as the pattern says."""
    return any(pattern.search(kind) for kind in types(node))


def comparable_address(address: str) -> str:
    """The address without scheme, "www.", query, fragment and closing slash."""
    return re.sub(r"^https?://(?:www\.|m\.|amp\.)?|[#?].*$", "", address[:MAX_ADDRESS].strip()).rstrip("/")


def blocks_of_bounded_size(scripts: Iterable[str]) -> Iterator[str]:
    """The first blocks, up to the bounds on their number and on their values together."""
    marks = 0
    for script in islice(scripts, MAX_SCRIPTS):
        marks += sum(map(script.count, "{[,:"))
        if marks > MAX_MARKS:
            return
        yield script


def parse_block(script: str) -> list[object]:
    """The values of one block: read whole, else without trailing commas, else as far as it can be read."""
    text = without_comment_marks(script)
    if "&quot;" in text and '"' not in text:  # a template engine escaped the whole block
        text = html.unescape(text)
    for attempt in (text, TRAILING_COMMA.sub(r"\1", text)):
        try:
            return [json.loads(attempt, strict=False)]
        except (ValueError, RecursionError):
            continue
    return list(first_values(text))


def without_comment_marks(script: str) -> str:
    """The block without the comment or CDATA marks that some templates put around it."""
    text = script.strip()
    if not text.startswith(("<!", "/*", "//")):
        return text
    first = re.search(r"\{|\[\s*\{", text)
    last = max(text.rfind("}"), text.rfind("]\n"))
    return text[first.start() : last + 1] if first else text


def first_values(text: str) -> Iterator[object]:
    """What can be read from the start of a block that is cut off or has two values in a row."""
    try:
        yield json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return
