"""What a tag alone says about an element: whether it is read, whether it parts text, what kind its text is."""

from dataclasses import dataclass

from functions.extract.lexicon import load_words
from functions.extract.page.block_roles import BYLINE, CAPTION, FURNITURE, HEADER, NONE, QUOTED
from functions.extract.page.blocks import BlockKind

KIND_BY_TAG: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    "blockquote": "quote",
    "pre": "code",
}
MARK_BY_TAG = {
    "aside": FURNITURE,
    "footer": FURNITURE,
    "nav": FURNITURE,
    "figure": CAPTION,
    "figcaption": CAPTION,
    "header": HEADER,
    "blockquote": QUOTED,
    "time": BYLINE,
}
TAGS_WITHOUT_NAMES = frozenset({"body", "html", "main", "a"})
TAGS_BY_STYLE = frozenset({"span", "font", "a"})
# Elements that are no asides: without them, what is left of a text or a menu would look like another.
PARTS_OF_TEXT = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "br"})
LISTS = frozenset({"ul", "ol", "dl", "table"})  # only a whole list is an aside, no part of one


@dataclass(frozen=True, slots=True)
class TagTraits:
    """The traits of one tag.

    `is_silent` says that its text is no text of the page, `is_asked` that a closer look decides whether it is read.
    `may_part` says that an element which parts no text by its tag may do so by its style or its place. `level` is that
    of a heading, 1 to 6, else 0.
    """

    tag: str
    is_silent: bool
    is_asked: bool
    parts: bool
    may_part: bool
    kind: BlockKind | None
    level: int
    mark: int
    has_names: bool
    may_be_aside: bool
    is_list: bool


def traits_of_tag(tag: object, silent: frozenset[str]) -> TagTraits:
    """The traits of a tag on a page whose silent tags are these; what is no element, such as a comment, is silent."""
    name = tag if isinstance(tag, str) else ""
    is_silent = not name or name in silent
    kind = KIND_BY_TAG.get(name)
    return TagTraits(
        tag=name,
        is_silent=is_silent,
        is_asked=is_silent or name in {"br", "button", "span"},
        parts=name in load_words("html/block_tags"),
        may_part=name in TAGS_BY_STYLE or "-" in name,
        kind=kind,
        level=int(name[1]) if kind == "heading" else 0,
        mark=MARK_BY_TAG.get(name, NONE),
        has_names=name not in TAGS_WITHOUT_NAMES,
        may_be_aside=name not in PARTS_OF_TEXT,
        is_list=name in LISTS,
    )
