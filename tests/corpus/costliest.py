"""The pages that cost most among those that extraction accepts, each up to the bound that it strains; a share of 1 fills it."""

from collections.abc import Callable

from functions.extract.page.html_tree import MOST_CHARACTERS, MOST_MARKS, MOST_TAGS
from tests.corpus.hostile import PARAGRAPHS, page, sentences

_HEAD = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
_SPARE = 500
_SENTENCES = list(sentences(7, 2_000))
_SENTENCE = max(map(len, _SENTENCES)) + 1


def _tags(share: float, each: int) -> range:
    """As many numbers as elements of so many tags fit into the bound."""
    return range(int((MOST_TAGS - _SPARE) * share / each))


def _filled(share: float, unit: str, head: str = "", tail: str = "") -> bytes:
    """A paragraph of one unit over and over, as long as a page may be."""
    return page(article=f"<p>{head}{unit * int((MOST_CHARACTERS * share - 20_000) / len(unit))}</p>{tail}")


def _each(share: float, each: int, made: Callable[[int], str], head: str = _HEAD) -> bytes:
    parts, length = [head], len(head)
    for number in _tags(share, each):
        part = made(number)
        length += len(part)
        if length > MOST_CHARACTERS * share - 20_000:
            break
        parts.append(part)
    return page(article="".join(parts))


def _sentence(number: int) -> str:
    return _SENTENCES[number % len(_SENTENCES)]


def _declared(share: float, node: str) -> bytes:
    nodes = ",".join([node] * int(190_000 * share / (node.count(":") + node.count("{") + node.count("[") + 1)))
    return page(head=f'<script type="application/ld+json">[{nodes}]</script>')


SHAPES: dict[str, Callable[[float], bytes]] = {
    "list of sentences": lambda share: _each(share, 1, lambda i: f"<li>{_sentence(i)} {_sentence(i + 1)}"),
    "list of labels": lambda share: _each(share, 1, lambda i: f"<li>item {i}"),
    "list of links": lambda share: _each(share, 3, lambda i: f"<li><a href=/{i}>{_sentence(i)}</a>", "<ul><li>" * 40),
    "tiny paragraphs": lambda share: _each(share, 1, lambda _: "<p>a"),
    "paragraphs, deep": lambda share: _each(
        share, 1, lambda i: f"<p>{_sentence(i)} {_sentence(i + 1)}", "<div class=a>" * 195
    ),
    "nested elements": lambda share: _each(share, 1, lambda i: f"<div>{_sentence(i)}"),
    "classes, all different": lambda share: _each(share, 1, lambda i: f'<p class="c{i} d{i} eFgH{i}">{_sentence(i)}'),
    "articles, each a paragraph": lambda share: _each(share, 3, lambda i: f"<article><p>{_sentence(i)}</article>"),
    "bold letters": lambda share: _each(share, 2, lambda i: f"<b>w{i}</b> ", _HEAD + "<p>"),
    "links in a line": lambda share: _each(share, 2, lambda i: f"<a href=x>w{i}</a> ", _HEAD + "<p>"),
    "broken lines": lambda share: _each(share, 1, lambda i: f"line {i}<br>", _HEAD + "<p>"),
    "cells in rows": lambda share: _each(share, 3, lambda i: f"<tr><td>Boat {i}<td>{i}", _HEAD + "<table>"),
    "cells in one row": lambda share: _each(share, 1, lambda i: f"<td>{i}", _HEAD + "<table><tr>"),
    "cells that span": lambda share: _each(
        0.15 * share, 2, lambda i: f"<tr><td colspan=100 rowspan=100>{i}", _HEAD + "<table>"
    ),
    "times": lambda share: _each(share, 2, lambda i: f'<time datetime="2024-01-{i}">1 May 2024</time>'),
    "bylines": lambda share: _each(share, 2, lambda i: f"<p class=author>by by {i}</p>"),
    "addresses for an author": lambda share: page(
        head=f'<meta name="author" content="{"a@" * int(2_400 * share)}">' * 40
    ),
    "headlines": lambda share: _each(share, 1, lambda i: f"<h1>{_sentence(i)}"),
    "dates around all": lambda share: _each(share, 2, lambda _: "a <b>b</b>", "<h1>x</h1>" + "<div class=date>" * 80),
    "one paragraph": lambda share: _filled(share, " ".join(_SENTENCES)),
    "one paragraph, wide": lambda share: _filled(share, " ".join(_SENTENCES), head="\N{GRINNING FACE}"),
    "one paragraph of emoji": lambda share: _filled(share / 2, "\N{GRINNING FACE} "),
    "dots": lambda share: _filled(share, "."),
    "spaces": lambda share: _filled(share, " \n", "a", "b"),
    "attributes": lambda share: page(
        article=("<p " + " ".join(f"a{i}" for i in range(190)) + ">x") * int(MOST_MARKS * share / 195)
    ),
    "declared lists": lambda share: _declared(share, "[]"),
    "declared articles": lambda share: _declared(share, '{"@type":"NewsArticle","headline":"x"}'),
    "no known charset": lambda share: b"<html><body><p>" + b"\xe9cole \xe9 \xff" * int(700_000 * share),
}
