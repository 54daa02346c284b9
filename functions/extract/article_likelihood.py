"""How likely a page is to be one article: what its form says, weighed by a model that infra/training/body trains."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml.etree import _Element

from functions.extract.body.boosted_trees import load_trees
from functions.extract.lexicon import load_words
from functions.extract.page.blocks import Block
from functions.extract.page.declarations import Declared
from functions.extract.page.json_ld import types
from functions.extract.page.lxml_queries import family

MIN_HEADLINE = 15  # characters; a shorter linked line is a label (by judgement)
MOSTLY = 0.8  # share of a line's characters in links that makes a linked headline
NEAR = 3  # blocks above a paragraph in which its linked headline would stand
MAX_WEIGHED = 6_000  # characters that are searched for scripts without spaces: enough to know the script
MAX_VISIBLE = 200_000  # characters of a page that are searched for prices
MIN_TEXT_SHOWN = 0.7  # share of a page's visible characters: so show 606 of 1,249 articles and 11 of 132 lists (0017)
MAX_CARD = 2  # paragraphs that a card of a list holds (by judgement)
MAX_UNDER_HEADLINES = 0.5  # share of the paragraphs (by judgement)
_DENSE = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)  # kana, han, hangul: a character says what three letters do
_PRICE = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:€|£|kr\b|zł|USD|EUR)")
# A report of two sentences that names an amount has as many prices for its length as a shop, and few such were trained.
MAX_BRIEF = 2_000  # characters of a page on which an amount or two, all in the text, are no prices; by judgement
MAX_AMOUNTS = 2
CURRENCIES = ("$", "€", "£", "¥", "₹", "kr", "zł", "USD", "EUR")  # what `_PRICE` looks for
_LISTS = frozenset({"itemlist", "collectionpage", "searchresultspage", "blog"})

FEATURES = (
    "text_length", "paragraphs", "words_per_paragraph", "visible_length", "text_of_visible", "linked_of_visible",
    "linked_of_text", "prose_of_page", "longest_run", "linked_headlines", "headlines_per_paragraph", "under_headlines",
    "parents_per_paragraph", "heaviest_parent", "items", "cells", "middle_paragraph", "says_article", "is_dated",
    "open_graph_article", "open_graph_website", "other_kind", "list_kind", "title_words", "path_depth", "slug_words",
    "digits_in_path", "front_path", "list_path", "prices", "mean_chance", "headings", "cards",
    "challenge", "consent", "paywall", "error", "form", "service_title",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known of a page when it is judged: its blocks, and the text taken for its article.

    `kept` are the indexes of the article's blocks, `chances` what the block model gave each.
    """

    declared: Declared
    blocks: list[Block]
    text: str
    title: str
    scripts: int
    kept: Sequence[int] = ()
    chances: Mapping[int, float] = field(default_factory=dict)
    address: str = ""

    def visible(self, blocks: int = 400, characters: int = 20_000) -> str:
        """The page's first text, whatever it is."""
        return " ".join(block.text for block in self.blocks[:blocks])[:characters]


def article_chance(page: Findings, signs: Mapping[str, bool]) -> float:
    """The calibrated probability, 0 to 1, that the page is an article; `signs` are the refusal rules that speak."""
    features = page_features(page, signs)
    shown = page.visible(len(page.blocks), MAX_BRIEF + 1)
    if len(shown) <= MAX_BRIEF and count_prices(shown) <= min(MAX_AMOUNTS, count_prices(page.text)):
        features[FEATURES.index("prices")] = 0.0
    return load_trees("articles").probability(features)


def page_features(page: Findings, signs: Mapping[str, bool]) -> list[float]:
    """One number for each of `FEATURES`."""
    blocks, kept = page.blocks, [page.blocks[index] for index in page.kept]
    prose = [index for index in page.kept if blocks[index].prose]
    visible, linked = sum(len(block.text) for block in blocks) or 1, sum(block.linked for block in blocks)
    text = sum(len(block.text) for block in kept) or 1
    lengths = sorted(blocks[index].prose for index in prose) or [0]
    headlines = linked_headlines(page)
    parents = Counter({blocks[index].element.getparent(): 0 for index in prose})
    for index in prose:
        parents[blocks[index].element.getparent()] += blocks[index].prose
    chances = [page.chances[index] for index in prose if index in page.chances] or [0.0]
    heaviest = max(parents.values(), default=0) / (parents.total() or 1)
    return [
        math.log2(text_weight(page.text) + 1),
        len(prose),
        sum(blocks[index].text.count(" ") + 1 for index in prose) / (len(prose) or 1),
        math.log2(visible),
        text / visible,
        linked / visible,
        sum(block.linked for block in kept) / text,
        sum(lengths) / (sum(block.prose for block in blocks) or 1),
        longest_run(page, prose, headlines),
        math.log2(len(headlines) + 1),
        len(headlines) / (len(prose) or 1),
        share_under_headlines(prose, headlines),
        len(parents) / (len(prose) or 1),
        heaviest,
        sum(block.kind == "item" for block in kept) / (len(kept) or 1),
        sum(block.kind == "cell" for block in kept) / (len(kept) or 1),
        lengths[len(lengths) // 2],
        *_declared_features(page),
        *_address_features(page.declared.address or page.address),
        count_prices(page.visible(len(blocks), MAX_VISIBLE)) / visible * 1_000,
        sum(chances) / len(chances),
        sum(block.kind == "heading" for block in kept) / (len(kept) or 1),
        most_cards(page, prose),
        *(bool(signs.get(name)) for name in FEATURES[-6:]),
    ]


def count_prices(text: str) -> int:
    """How many prices stand in a text. Most pages name no currency, and no digit of theirs is looked at."""
    return len(_PRICE.findall(text)) if any(sign in text for sign in CURRENCIES) else 0


def _declared_features(page: Findings) -> list[float]:
    declared, kinds = page.declared, declared_kinds(page.declared)
    kind = declared.first("og:type").lower()
    return [
        bool(declared.article),
        is_dated(declared),
        kind == "article",
        kind == "website",
        bool(kinds & load_words("refusals/other_kinds")),
        bool(kinds & _LISTS),
        len(page.title.split()),
    ]


def _address_features(address: str) -> list[float]:
    """What the path of the address looks like: a slug of many words is a headline, "/category/" is a list."""
    try:
        path = urlsplit(address).path.lower().rstrip("/")
    except ValueError:  # an address that a page made up, such as "http://[1"
        path = ""
    if not address:
        return [0] * 5
    parts = [part for part in path.split("/") if part]
    return [
        len(parts),
        (parts[-1].count("-") + parts[-1].count("_") + 1) if parts else 0,
        sum(map(str.isdigit, path)),
        not parts,
        bool(load_words("refusals/list_paths") & set(parts)),
    ]


def is_mostly_text(page: Findings) -> bool:
    """Whether running text is most of what the page shows, and its article has no linked headlines as a list has."""
    prose = [index for index in page.kept if page.blocks[index].prose]
    visible = sum(len(block.text) for block in page.blocks)
    text = sum(len(block.text) for block in page.blocks if block.prose)
    return (
        text > MIN_TEXT_SHOWN * visible and share_under_headlines(prose, linked_headlines(page)) < MAX_UNDER_HEADLINES
    )


def linked_headlines(page: Findings) -> list[int]:
    """Indexes of the page's blocks that are a whole line of link, as the headlines of other stories are."""
    return [
        index
        for index, block in enumerate(page.blocks)
        if len(block.text) > MIN_HEADLINE and block.linked > MOSTLY * len(block.text)
    ]


def share_under_headlines(prose: Sequence[int], headlines: Sequence[int]) -> float:
    """Share of the text's paragraphs that stand just under a linked headline, as teasers do."""
    known = set(headlines)
    under = sum(any(near in known for near in range(index - NEAR, index)) for index in prose)
    return under / (len(prose) or 1)


def most_cards(page: Findings, prose: Sequence[int]) -> int:
    """The most elements of one look that hold a paragraph or two of the text each, as the cards of a list do."""
    held: Counter[_Element] = Counter()
    for index in prose:
        parent = page.blocks[index].element.getparent()
        holder = parent.getparent() if parent is not None else None
        if holder is not None:
            held[holder] += 1
    looks = Counter(family(holder) for holder, paragraphs in held.items() if paragraphs <= MAX_CARD)
    return max(looks.values(), default=0)


def longest_run(page: Findings, prose: Sequence[int], headlines: Sequence[int]) -> int:
    """The most paragraphs of the text in a row without a linked headline between them."""
    longest = run = 0
    places = sorted([(index, 1) for index in prose] + [(index, 0) for index in set(headlines) - set(page.kept)])
    for _, is_prose in places:
        run = run + 1 if is_prose else 0
        longest = max(longest, run)
    return longest


def declared_kinds(declared: Declared) -> set[str]:
    """What the page declares itself to be, by Open Graph and JSON-LD, in lower case."""
    return {
        declared.first("og:type").lower(),
        *(kind.lower() for node in declared.json_ld.nodes for kind in types(node)),
    }


def is_dated(declared: Declared) -> bool:
    """Whether the page declares an article with a date."""
    dated = any(
        "datePublished" in node and ("Article" in "".join(types(node)) or "Posting" in "".join(types(node)))
        for node in declared.json_ld.nodes
    )
    return dated or "article:published_time" in declared.meta


def text_weight(text: str) -> int:
    """Characters, those of scripts without spaces counting for what they say."""
    return len(text) + 2 * len(_DENSE.findall(text[:MAX_WEIGHED]))
