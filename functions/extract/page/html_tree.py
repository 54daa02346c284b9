"""Text to tree within bounds: any markup parses, nesting is levelled, and what would take too long or too much memory is refused."""

import re
from html import unescape

from lxml import html
from lxml.etree import ElementDefaultClassLookup, ParserError, _Element

from functions.extract.lexicon import load_words
from shared.domain.errors import Reason, Rejected

MOST_CHARACTERS = 8_000_000
MOST_TAGS = 50_000
MOST_MARKS = 250_000
_MOST_LEVELLED = 450_000
_DEEPEST = 100
_LONGEST_NODE = 9_000_000
_LONGEST_ATTRIBUTE = 20_000
_COUNTED_FROM = 500_000
_NAMED_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*+)[^<>]*+>")
_TAG = re.compile(r"<[a-zA-Z][^<>]*+>")
_MARKS = " =/\t\n"
_ATTRIBUTE = r"""[\s/]++[^\s=<>/"']++(?:\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>]++))?+"""
_MANY_ATTRIBUTES = re.compile(rf"(<[a-zA-Z][^\s<>/]*+)(?:{_ATTRIBUTE}){{200,}}+")
_LONG_VALUE = re.compile(rf"""=\s*+(?:"[^"<>]{{{_LONGEST_ATTRIBUTE},}}+"|'[^'<>]{{{_LONGEST_ATTRIBUTE},}}+')""")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_ONE_CLASS = ElementDefaultClassLookup(element=html.HtmlElement)

_ANY_TAG = re.compile(r"<[^<>]{0,500}>")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # lxml raises at these


def parse(text: str) -> html.HtmlElement:
    """The page's tree, never deeper than what follows can walk; raises `Rejected` past the bounds."""
    if len(text) > MOST_CHARACTERS:
        raise _too(Reason.TOO_LARGE, f"{MOST_CHARACTERS:,} characters of text and markup, embedded pictures aside")
    text = _XML_DECLARATION.sub("", _of_bounded_size(text), count=1)
    if len(text) > _COUNTED_FROM:
        text = _of_bounded_attributes(text)
    tree, too_deep = _tree(text)
    if too_deep:
        tree, _ = _tree(_levelled(text))
    return tree


def _too(reason: Reason, bound: str) -> Rejected:
    return Rejected(
        reason,
        f"The page has more than {bound}. Save the article's part of it alone, or its reader view, and upload that.",
    )


def _of_bounded_size(text: str) -> str:
    tags = text.count("<")
    if MOST_TAGS < tags <= _MOST_LEVELLED:
        text = _levelled(text)
        tags = text.count("<")
    if tags > MOST_TAGS:
        raise _too(Reason.TOO_COMPLEX, f"{MOST_TAGS:,} tags")
    return text


def _of_bounded_attributes(text: str) -> str:
    """The markup without values and lists of attributes that no person wrote; what parts attributes is counted in what is left."""
    text = _MANY_ATTRIBUTES.sub(r"\1", _LONG_VALUE.sub('=""', text))
    tags = "".join(_TAG.findall(text))
    if sum(map(tags.count, _MARKS)) > MOST_MARKS:
        raise _too(Reason.TOO_COMPLEX, f"{MOST_MARKS:,} attributes and parts of them")
    return text


def _tree(text: str) -> tuple[html.HtmlElement, bool]:
    body = text.encode("utf-8", "replace")
    parser = html.HTMLParser(
        huge_tree=len(body) > _LONGEST_NODE, encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    parser.set_element_class_lookup(
        _ONE_CLASS
    )  # lxml.html asks Python for the class of each element each time it is touched
    try:
        tree = html.document_fromstring(body, parser=parser)
    except (ParserError, AssertionError) as error:
        raise Rejected(Reason.EMPTY, "The page has no content.") from error
    return tree, any("depth" in entry.message.lower() for entry in parser.error_log.filter_from_fatals())


def _levelled(text: str) -> str:
    """The markup without the tags that open past a sane depth."""
    nesting = load_words("html/tags_that_nest")
    depth, place, kept = 0, 0, []
    for match in _NAMED_TAG.finditer(text):
        name = match[2].lower()
        if (name not in nesting and "-" not in name) or match[0].endswith("/>"):
            continue
        depth = max(0, depth - 1 if match[1] else depth + 1)
        if depth > _DEEPEST or (match[1] and depth == _DEEPEST):
            kept.append(text[place : match.start()])
            place = match.end()
    kept.append(text[place:])
    return " ".join(kept)


def open_shadow_roots(tree: html.HtmlElement) -> None:
    """Makes plain elements of declarative shadow roots, which a browser shows and which hold all of some sites' articles."""
    for template in tree.iter("template"):
        if "shadowrootmode" in template.attrib or "shadowroot" in template.attrib:
            template.tag = "div"


def append_paragraphs(body: _Element, text: str) -> None:
    """Puts a text that the page only declares into its body, as an article of paragraphs."""
    article = body.makeelement("article")
    for line in unescape(text).splitlines():
        words = _ANY_TAG.sub(" ", line).split()
        if words:
            paragraph = article.makeelement("p")
            paragraph.text = _NOT_IN_XML.sub("", " ".join(words))
            article.append(paragraph)
    body.append(article)
