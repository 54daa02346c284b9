"""Parses a page's markup to its tree, within bounds.

Any markup parses, and deep nesting is levelled. A page that would take too long or too much memory is refused.
"""

import re
from html import unescape

from lxml import html
from lxml.etree import ElementDefaultClassLookup, ParserError, _Element

from functions.extract.lexicon import load_words
from shared.domain.errors import Reason, Rejected

# Bounds of a page: infra/decisions/0014-extraction-bounds.md has what the most expensive page within them costs.
MAX_CHARACTERS = 8_000_000  # of a page, without the data of pictures inside it
MAX_TAGS = 50_000  # opening and closing tags of a page, once its nesting is levelled
MAX_ATTRIBUTE_MARKS = 250_000  # characters that separate attributes
MIN_COUNTED = 500_000  # characters of a page; in a shorter one attributes are not counted
MAX_DEPTH_LEVELLED = 100  # elements inside each other, of a page that is levelled
# Bounds of the work before that, by judgement, not measured.
MAX_TAGS_LEVELLED = 450_000  # tags of a page whose nesting is levelled; with more, it is refused at once
MAX_PLAIN_BYTES = 9_000_000  # of a page that libxml2 reads with its own bounds, which stop at texts of 10 MB
MAX_ATTRIBUTE = 20_000  # characters of an attribute's value; a longer one is dropped from large pages
MAX_ATTRIBUTES = 200  # of one tag; so many or more are all dropped from large pages, since no person wrote them
NAMED_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*+)[^<>]*+>")
OPENING_TAG = re.compile(r"<[a-zA-Z][^<>]*+>")
ATTRIBUTE_MARKS = " =/\t\n"
ATTRIBUTE = r"""[\s/]++[^\s=<>/"']++(?:\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>]++))?+"""
MANY_ATTRIBUTES = re.compile(rf"(<[a-zA-Z][^\s<>/]*+)(?:{ATTRIBUTE}){{{MAX_ATTRIBUTES},}}+")
LONG_VALUE = re.compile(rf"""=\s*+(?:"[^"<>]{{{MAX_ATTRIBUTE},}}+"|'[^'<>]{{{MAX_ATTRIBUTE},}}+')""")
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
CLOSING_TAG = re.compile(r"</(?:body|html)\s*+>", re.IGNORECASE)
SELF_CLOSING_ROOT = re.compile(r"<((?:html|head|body)\b[^<>]*+)(?<=/)>", re.IGNORECASE)
ONE_CLASS = ElementDefaultClassLookup(element=html.HtmlElement)

ANY_TAG = re.compile(r"<[^<>]{0,500}>")
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # lxml raises at these


def parse(text: str) -> html.HtmlElement:
    """The page's tree, never deeper than later steps can walk; raises `Rejected` past the bounds."""
    if len(text) > MAX_CHARACTERS:
        raise refusal_past_bound(
            Reason.TOO_LARGE, f"{MAX_CHARACTERS:,} characters of text and markup, embedded pictures aside"
        )
    text = XML_DECLARATION.sub("", bound_tags(text), count=1)
    if len(text) > MIN_COUNTED:
        text = bound_attributes(text)
    text = keep_open(text)
    tree, too_deep = build_tree(text)
    if too_deep:
        tree, _ = build_tree(level_nesting(text))
    fill_body(tree)
    return tree


def keep_open(text: str) -> str:
    """The markup without what ends the page before its end: browsers go on after `</html>` and `<html …/>`.

    libxml2 drops what follows, as where a page is put together from several files that are pages themselves.
    """
    text = SELF_CLOSING_ROOT.sub(lambda tag: f"<{tag[1].rstrip('/')}>", text)
    first = CLOSING_TAG.search(text)
    return text[: first.start()] + CLOSING_TAG.sub("", text[first.start() :]) if first else text


def fill_body(tree: html.HtmlElement) -> None:
    """Moves what stands in the head and cannot belong there to the body, where a browser has it.

    libxml2 takes a tag that it does not know, such as `<my-app>`, for a part of the head, with all that is in it.
    """
    head, body = tree.find("head"), tree.find("body")
    strays = [] if head is None else [element for element in head if element.tag not in load_words("html/head_tags")]
    if not strays:
        return
    if body is None:
        body = tree.makeelement("body")
        tree.append(body)
    body[:0] = strays


def refusal_past_bound(reason: Reason, bound: str) -> Rejected:
    """The refusal of a page that has more than a bound, with what a person can do about it."""
    return Rejected(
        reason,
        f"The page has more than {bound}. Save the article's part of it alone, or its reader view, and upload that.",
    )


def bound_tags(text: str) -> str:
    """The markup with at most `MAX_TAGS` tags, levelled if need be; raises `Rejected` for more."""
    tags = text.count("<")
    if MAX_TAGS < tags <= MAX_TAGS_LEVELLED:
        text = level_nesting(text)
        tags = text.count("<")
    if tags > MAX_TAGS:
        raise refusal_past_bound(Reason.TOO_COMPLEX, f"{MAX_TAGS:,} tags")
    return text


def bound_attributes(text: str) -> str:
    """The markup without very long attributes and lists of attributes; raises `Rejected` if still too many are left."""
    text = MANY_ATTRIBUTES.sub(r"\1", LONG_VALUE.sub('=""', text))
    tags = "".join(OPENING_TAG.findall(text))
    if sum(map(tags.count, ATTRIBUTE_MARKS)) > MAX_ATTRIBUTE_MARKS:
        raise refusal_past_bound(Reason.TOO_COMPLEX, f"{MAX_ATTRIBUTE_MARKS:,} attributes and parts of them")
    return text


def build_tree(text: str) -> tuple[html.HtmlElement, bool]:
    """The tree of some markup, and whether libxml2 stopped at its depth."""
    body = text.encode("utf-8", "replace")
    parser = html.HTMLParser(
        huge_tree=len(body) > MAX_PLAIN_BYTES,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    parser.set_element_class_lookup(ONE_CLASS)  # lxml.html would ask Python for a class whenever it meets an element
    try:
        tree = html.document_fromstring(body, parser=parser)
    except (ParserError, AssertionError) as error:
        raise Rejected(Reason.EMPTY, "The page has no content.") from error
    return tree, any("depth" in entry.message.lower() for entry in parser.error_log.filter_from_fatals())


def level_nesting(text: str) -> str:
    """The markup without the tags that open deeper than `MAX_DEPTH_LEVELLED`."""
    nesting = load_words("html/tags_that_nest")
    depth, place, kept = 0, 0, []
    for match in NAMED_TAG.finditer(text):
        name = match[2].lower()
        if (name not in nesting and "-" not in name) or match[0].endswith("/>"):
            continue
        depth = max(0, depth - 1 if match[1] else depth + 1)
        if depth > MAX_DEPTH_LEVELLED or (match[1] and depth == MAX_DEPTH_LEVELLED):
            kept.append(text[place : match.start()])
            place = match.end()
    kept.append(text[place:])
    return " ".join(kept)


def open_shadow_roots(tree: html.HtmlElement) -> None:
    """Makes plain elements of declarative shadow roots: a browser shows them, and some sites keep articles in them."""
    for template in tree.iter("template"):
        if "shadowrootmode" in template.attrib or "shadowroot" in template.attrib:
            template.tag = "div"


def append_paragraphs(body: _Element, text: str) -> None:
    """Puts a text that the page only declares into its body, as an article of paragraphs."""
    article = body.makeelement("article")
    for line in unescape(text).splitlines():
        words = ANY_TAG.sub(" ", line).split()
        if words:
            paragraph = article.makeelement("p")
            paragraph.text = NOT_IN_XML.sub("", " ".join(words))
            article.append(paragraph)
    body.append(article)
