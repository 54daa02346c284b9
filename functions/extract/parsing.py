"""Text to tree within bounds: any markup parses, nesting is levelled, and what would take too long is refused."""

import re

from lxml import html
from lxml.etree import ParserError

from shared.domain.errors import Reason, Rejected

MOST_TAGS = 120_000
_MOST_LEVELLED = 450_000
_DEEPEST = 200
_LONGEST_ATTRIBUTE = 20_000
_WRAPPERS = re.compile(
    r"<(/?)(?:div|span|section|article|main|center|font|b|i|u|em|strong|small|big|blockquote|ul|ol|li|dl|dd|table|tbody|tr|td|a|p|form|fieldset|"
    r"custom|[a-z]+-[a-z-]+|ins|del|sub|sup|tt|s|q|cite|code|pre|label|object|noscript|details|header|footer|nav|aside|figure)\b[^<>]*>",
    re.IGNORECASE,
)
_LONG_VALUE = re.compile(rf"""=\s*"[^"<>]{{{_LONGEST_ATTRIBUTE},}}"|=\s*'[^'<>]{{{_LONGEST_ATTRIBUTE},}}'""")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")


def parse(text: str) -> html.HtmlElement:
    """The page's tree, never deeper than libxml2 and what follows can walk; raises `Rejected` past the bound of tags."""
    tags = text.count("<")
    if MOST_TAGS < tags <= _MOST_LEVELLED:
        text = _levelled(text)
        tags = text.count("<")
    if tags > MOST_TAGS:
        raise Rejected(Reason.TOO_COMPLEX, f"The page has more than {MOST_TAGS} tags.")
    text = _XML_DECLARATION.sub("", text, count=1)
    if len(text) > _LONGEST_ATTRIBUTE * 5:
        text = _LONG_VALUE.sub('=""', text)
    tree, too_deep = _tree(text)
    if too_deep:
        tree, _ = _tree(_levelled(text))
    return tree


def _tree(text: str) -> tuple[html.HtmlElement, bool]:
    parser = html.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ParserError, AssertionError) as error:
        raise Rejected(Reason.EMPTY, "The page has no content.") from error
    return tree, any("depth" in entry.message.lower() for entry in parser.error_log.filter_from_fatals())


def _levelled(text: str) -> str:
    """The markup without the tags that open past a sane depth."""
    depth, place, kept = 0, 0, []
    for match in _WRAPPERS.finditer(text):
        if match[0].endswith("/>"):
            continue
        depth += -1 if match[1] else 1
        depth = max(depth, 0)
        if depth > _DEEPEST // 2 or (match[1] and depth == _DEEPEST // 2):
            kept.append(text[place : match.start()])
            kept.append(" ")
            place = match.end()
    kept.append(text[place:])
    return "".join(kept)
