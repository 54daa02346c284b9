"""The most expensive pages that extraction accepts, by shape. A share of 1 fills a page up to its bound."""

from collections.abc import Callable

from functions.extract.page.html_tree import MAX_ATTRIBUTE_MARKS, MAX_CHARACTERS, MAX_TAGS
from tests.corpus.hostile import PARAGRAPHS, page, sentences

HEAD = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
# What a shape leaves free of the bounds of decision 0014, for the head and the frame of the page: by judgement.
FREE_TAGS = 500
FREE_CHARACTERS = 20_000
MAX_DECLARED_VALUES = 190_000  # in JSON-LD; extraction reads 200,000
SENTENCES = list(sentences(7, 2_000))


def numbers_of_elements(share: float, each: int) -> range:
    """One number for each element that fits into the bound, where an element has so many tags."""
    return range(int((MAX_TAGS - FREE_TAGS) * share / each))


def repeat_text(share: float, unit: str, head: str = "", tail: str = "") -> bytes:
    """A page with one paragraph that repeats a unit until the page is as long as it may be."""
    return page(article=f"<p>{head}{unit * int((MAX_CHARACTERS * share - FREE_CHARACTERS) / len(unit))}</p>{tail}")


def repeat_elements(share: float, each: int, made: Callable[[int], str], head: str = HEAD) -> bytes:
    """A page with as many elements as its bounds of tags and characters allow; `made` writes each of them."""
    parts, length = [head], len(head)
    for number in numbers_of_elements(share, each):
        part = made(number)
        length += len(part)
        if length > MAX_CHARACTERS * share - FREE_CHARACTERS:
            break
        parts.append(part)
    return page(article="".join(parts))


def sentence_of(number: int) -> str:
    return SENTENCES[number % len(SENTENCES)]


def repeat_declaration(share: float, node: str) -> bytes:
    """A page whose JSON-LD repeats a node until it has as many values as extraction reads."""
    nodes = ",".join(
        [node] * int(MAX_DECLARED_VALUES * share / (node.count(":") + node.count("{") + node.count("[") + 1))
    )
    return page(head=f'<script type="application/ld+json">[{nodes}]</script>')


SHAPES: dict[str, Callable[[float], bytes]] = {
    "list of sentences": lambda share: repeat_elements(
        share, 1, lambda i: f"<li>{sentence_of(i)} {sentence_of(i + 1)}"
    ),
    "list of labels": lambda share: repeat_elements(share, 1, lambda i: f"<li>item {i}"),
    "list of links": lambda share: repeat_elements(
        share, 3, lambda i: f"<li><a href=/{i}>{sentence_of(i)}</a>", "<ul><li>" * 40
    ),
    "tiny paragraphs": lambda share: repeat_elements(share, 1, lambda _: "<p>a"),
    "paragraphs, deep": lambda share: repeat_elements(
        share, 1, lambda i: f"<p>{sentence_of(i)} {sentence_of(i + 1)}", "<div class=a>" * 195
    ),
    "nested elements": lambda share: repeat_elements(share, 1, lambda i: f"<div>{sentence_of(i)}"),
    "classes, all different": lambda share: repeat_elements(
        share, 1, lambda i: f'<p class="c{i} d{i} eFgH{i}">{sentence_of(i)}'
    ),
    "articles, each a paragraph": lambda share: repeat_elements(
        share, 3, lambda i: f"<article><p>{sentence_of(i)}</article>"
    ),
    "bold letters": lambda share: repeat_elements(share, 2, lambda i: f"<b>w{i}</b> ", HEAD + "<p>"),
    "links in a line": lambda share: repeat_elements(share, 2, lambda i: f"<a href=x>w{i}</a> ", HEAD + "<p>"),
    "broken lines": lambda share: repeat_elements(share, 1, lambda i: f"line {i}<br>", HEAD + "<p>"),
    "cells in rows": lambda share: repeat_elements(share, 3, lambda i: f"<tr><td>Boat {i}<td>{i}", HEAD + "<table>"),
    "cells in one row": lambda share: repeat_elements(share, 1, lambda i: f"<td>{i}", HEAD + "<table><tr>"),
    "cells that span": lambda share: repeat_elements(
        0.15 * share, 2, lambda i: f"<tr><td colspan=100 rowspan=100>{i}", HEAD + "<table>"
    ),
    "times": lambda share: repeat_elements(share, 2, lambda i: f'<time datetime="2024-01-{i}">1 May 2024</time>'),
    "bylines": lambda share: repeat_elements(share, 2, lambda i: f"<p class=author>by by {i}</p>"),
    "addresses for an author": lambda share: page(
        head=f'<meta name="author" content="{"a@" * int(2_400 * share)}">' * 40
    ),
    "headlines": lambda share: repeat_elements(share, 1, lambda i: f"<h1>{sentence_of(i)}"),
    "dates around all": lambda share: repeat_elements(
        share, 2, lambda _: "a <b>b</b>", "<h1>x</h1>" + "<div class=date>" * 80
    ),
    "one paragraph": lambda share: repeat_text(share, " ".join(SENTENCES)),
    "one paragraph, wide": lambda share: repeat_text(share, " ".join(SENTENCES), head="\N{GRINNING FACE}"),
    "one paragraph of emoji": lambda share: repeat_text(share / 2, "\N{GRINNING FACE} "),
    "dots": lambda share: repeat_text(share, "."),
    "spaces": lambda share: repeat_text(share, " \n", "a", "b"),
    "attributes": lambda share: page(
        article=("<p " + " ".join(f"a{i}" for i in range(190)) + ">x") * int(MAX_ATTRIBUTE_MARKS * share / 195)
    ),
    "declared lists": lambda share: repeat_declaration(share, "[]"),
    "declared articles": lambda share: repeat_declaration(share, '{"@type":"NewsArticle","headline":"x"}'),
    "no known charset": lambda share: b"<html><body><p>" + b"\xe9cole \xe9 \xff" * int(700_000 * share),
}
