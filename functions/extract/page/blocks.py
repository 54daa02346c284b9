"""The page as its blocks of text in reading order, each with what its place in the markup says about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, cast

from lxml.etree import _Element

from functions.extract.lexicon import load_words
from functions.extract.page.block_roles import BYLINE, CAPTION, FURNITURE, HEADER, HIDDEN, NONE, QUOTED, marks_of_names
from functions.extract.text import one_line

BlockKind = Literal["paragraph", "heading", "item", "quote", "cell", "code"]

KIND_BY_TAG: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    "blockquote": "quote",
    "pre": "code",
}
INHERITED_KINDS = frozenset({"item", "quote", "cell", "heading"})
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
MAX_CELL = 300
SPACES = re.compile(r"[^\S\n]+")
SENTENCE_END = re.compile(r"[.!?…:;。！？।؟۔។៖]|[.!?]?[\"”’»)]$")
WIDE_LETTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f]")
UNPOINTED_LETTER = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f]")
_UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:sr-?only|visually-?hidden|visuallyhidden|screen-?reader(?:-text|-only)?|assistive-text|element-invisible|off-?screen)(?=$|[\s_-])",
    re.IGNORECASE,
)
CLIPPED_STYLE = re.compile(r"clip:\s*rect\(|clip-path:\s*inset\(50%")
_NEW_WINDOW = re.compile(
    r"\bnew (?:tab|window)\b|neue[mns]? (?:fenster|tab)\b|nouvelle fenêtre|nouvel onglet|nueva (?:ventana|pestaña)|nova (?:janela|aba)"
    r"|nuova (?:finestra|scheda)|nieuw (?:venster|tabblad)|nytt? (?:fönster|vindu|fane)"
    r"|nyt vindue|uuteen|nowym oknie|novém okně|новом окне",
    re.IGNORECASE,
)
LITERAL_BREAK = re.compile(r"^\s*(?:\\[nrt]\s*)+$|(?:\\[nrt]\s*)+$|^(?:\s*\\[nrt])+")
SUPERSCRIPTS = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
OFFICE_HIDDEN_STYLE = re.compile(r"mso-list:\s*ignore|mso-element:\s*comment|mso-hide:\s*all", re.IGNORECASE)
BLOCK_STYLE = re.compile(r"display:\s*block", re.IGNORECASE)
MAX_BUTTON = 60
# Elements that browsers close by themselves and libxml2 does not: an open one holds the rest of the page.
SWALLOWING_TAGS = frozenset(
    {"nav", "menu", "map", "object", "dialog", "noframes", "applet", "canvas", "video", "audio"}
)
MIN_PROSE = 70
MAX_LINKED_PROSE = 0.4


@dataclass(slots=True)
class Scope:
    """An element that marks everything inside it, and how much prose that is."""

    element: _Element
    mark: int
    parent: "Scope | None"
    prose: int = 0


@dataclass(slots=True)
class Block:
    """A run of text with no block boundary inside; line breaks stay. `linked` counts its characters in links, `prose` is 0 for labels."""

    text: str
    kind: BlockKind
    element: _Element
    scope: Scope | None
    level: int = 0
    linked: int = 0
    links: list[_Element] = field(default_factory=list)
    prose: int = 0


@dataclass(slots=True)
class Reading:
    """Every block of visible text of a page, every scope that marks some of them, and the page's deepest nesting."""

    blocks: list[Block]
    scopes: list[Scope]
    depth: int


def read_blocks(body: _Element) -> Reading:
    """All text under `body` by blocks; where none shows any prose, also what menus, maps and objects left open have swallowed."""
    reading = read_under(body, load_words("html/tags_without_text"))
    if any(block.prose for block in reading.blocks):
        return reading
    swallowed = read_under(body, load_words("html/tags_without_text") - SWALLOWING_TAGS)
    return swallowed if any(block.prose for block in swallowed.blocks) else reading


def read_under(body: _Element, silent: frozenset[str]) -> Reading:
    """All text under `body` but that in the silent tags."""
    reader = BlockReader(silent)
    reader.read(body)
    for scope in reversed(reader.scopes):  # inner ones come later
        if scope.parent:
            scope.parent.prose += scope.prose
    return Reading(reader.blocks, reader.scopes, reader.depth)


class ReadingPlace:
    """Where the reader stands: what text found here belongs to."""

    __slots__ = ("block", "element", "is_raised", "kind", "level", "link", "scope")

    def __init__(
        self, element: _Element, block: _Element, kind: BlockKind, level: int, scope: Scope | None, *, link: bool
    ) -> None:
        self.element = element
        self.block = block
        self.kind = kind
        self.level = level
        self.scope = scope
        self.link = link
        self.is_raised = element.tag in {"sup", "a"} and is_raised(element)


class BlockReader:
    def __init__(self, silent: frozenset[str]) -> None:
        self.blocks: list[Block] = []
        self.scopes: list[Scope] = []
        self.depth = 0
        self._silent = silent
        self._parting = load_words("html/block_tags")
        self._roles = load_words("html/furniture_roles")
        self._text: list[str] = []
        self._linked = 0
        self._links: list[_Element] = []
        self._marks: dict[str, int] = {}

    def read(self, body: _Element) -> None:
        place = ReadingPlace(body, body, "paragraph", 0, None, link=False)
        stack: list[tuple[ReadingPlace, Iterator[_Element], int]] = [(place, iter(body), 0)]
        self.add_text(body.text, place)
        while stack:
            place, children, start = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self.leave_element(place, start)
                if stack:
                    self.add_text(place.element.tail, stack[-1][0])
                continue
            inner = self.enter_element(child, place)
            if inner is None:
                self.add_text(child.tail, place)
            elif not len(child):
                self.leave_element(inner, len(self.blocks))
                self.add_text(child.tail, place)
            else:
                stack.append((inner, iter(child), len(self.blocks)))
                self.depth = max(self.depth, len(stack))

    def leave_element(self, place: ReadingPlace, start: int) -> None:
        if place.block is place.element:
            self.end_block(place)
            if place.element.tag == "tr":
                self.join_table_row(place, start)

    def join_table_row(self, place: ReadingPlace, start: int) -> None:
        """One block for the cells of a row of data, with the lists in them; rows that only lay out a page keep their blocks."""
        cells = self.blocks[start:]
        if len(cells) < 2 or any(cell.kind not in {"cell", "item"} or len(cell.text) > MAX_CELL for cell in cells):
            return
        by_cell: dict[_Element, list[str]] = {}
        for cell in cells:
            by_cell.setdefault(cell_around(cell.element), []).append(cell.text)
        if len(by_cell) < 2:
            return
        text = " | ".join(", ".join(texts) for texts in by_cell.values())
        row = Block(text, "cell", place.element, place.scope)
        for cell in cells:
            row.linked += cell.linked
            row.links += cell.links
        self.blocks[start:] = [row]

    def enter_element(self, element: _Element, place: ReadingPlace) -> ReadingPlace | None:
        tag = element.tag
        if not isinstance(tag, str) or (tag in self._silent and not holds_page(element, tag)):
            return None
        if tag == "br":
            self.break_line(place)
            return None
        if tag == "button" and not is_word_in_sentence(element) and not holds_page(element, tag):
            return None
        if tag == "span" and is_for_screen_readers(element, in_link=place.link):
            return None
        scope = self.open_scope(element, tag, place.scope)
        block, kind, level = place.block, place.kind, place.level
        if tag in self._parting or is_block_by_style(element, tag) or ("-" in tag and is_set_apart(element)):
            self.end_block(place)
            block = element
            own = KIND_BY_TAG.get(tag)
            kind = own or (kind if kind in INHERITED_KINDS else "paragraph")
            level = int(tag[1]) if own == "heading" else level
        link = place.link
        if tag == "a":
            link = True
            self._links.append(element)
        inner = ReadingPlace(element, block, kind, level, scope, link=link)
        self.add_text(element.text, inner)
        return inner

    def open_scope(self, element: _Element, tag: str, outer: Scope | None) -> Scope | None:
        mark = MARK_BY_TAG.get(tag, NONE)
        attributes = element.items()
        if attributes:
            mark |= self.declared_marks(dict(cast("list[tuple[str, str]]", attributes)), tag)
        if not mark:
            return outer
        scope = Scope(element, mark, outer)
        self.scopes.append(scope)
        return scope

    def declared_marks(self, attributes: dict[str, str], tag: str) -> int:
        mark = NONE
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if len(names) > 1 and tag not in TAGS_WITHOUT_NAMES:
            known = self._marks.get(names)
            if known is None:
                known = self._marks[names] = marks_of_names(names)
            mark = known
        if attributes.get("role") in self._roles:
            mark |= FURNITURE
        if (
            attributes.get("aria-hidden") == "true"
            or "hidden" in attributes
            or "amp-access-hide" in attributes
            or "display:none" in attributes.get("style", "").replace(" ", "")
        ):
            mark |= HIDDEN
        return mark

    def break_line(self, place: ReadingPlace) -> None:
        """One break stays in the block; a second with nothing but white space between ends it, as a paragraph's end does."""
        for text in reversed(self._text):
            if text == "\n":
                self.end_block(place)
                return
            if not text.isspace():
                break
        self._text.append("\n")

    def add_text(self, text: str | None, place: ReadingPlace) -> None:
        if text:
            if "\\" in text:
                text = LITERAL_BREAK.sub(" ", text)
            if place.is_raised:
                text = raised(text)
            self._text.append(text.replace("\n", " ") if "\n" in text else text)
            if place.link:
                self._linked += len(text.strip())

    def end_block(self, place: ReadingPlace) -> None:
        if self._text:
            text = "".join(self._text)
            text = SPACES.sub(" ", text).strip() if "\n" in text else one_line(text)
            self._text.clear()
            if text:
                self.keep_block(
                    Block(text, place.kind, place.block, place.scope, place.level, self._linked, self._links)
                )
        if self._links:
            self._links = []
        self._linked = 0

    def keep_block(self, block: Block) -> None:
        block.prose = measure_prose(block)
        if block.prose and block.kind == "cell" and block.element.tag == "p":
            block.kind = "paragraph"
        self.blocks.append(block)
        if block.scope:
            block.scope.prose += block.prose


def holds_page(element: _Element, tag: str) -> bool:
    """Whether a menu or button left open in the markup has swallowed the page: its headline or main part stands inside."""
    return tag in {"nav", "menu", "button", "dialog"} and next(element.iter("main", "h1"), None) is not None


def cell_around(element: _Element) -> _Element:
    """The cell of a table that an element is or stands in; itself where it stands in none."""
    return element if element.tag in {"td", "th"} else next(element.iterancestors("td", "th"), element)


def is_raised(element: _Element) -> bool:
    """Whether an element is a superscript, or the link of a footnote in one."""
    parent = element.getparent()
    return element.tag == "sup" or (element.tag == "a" and parent is not None and parent.tag == "sup")


def raised(text: str) -> str:
    """A power or a footnote's number in superscript characters, so that 10⁶ does not read 106; other text as it is."""
    stripped = text.strip()
    return (
        stripped.translate(SUPERSCRIPTS) if stripped and all(sign in "0123456789+-−–()n" for sign in stripped) else text
    )


def is_word_in_sentence(button: _Element) -> bool:
    """Whether a button is a word of running text, as those that explain a term are: text stands directly beside it."""
    if len(button.text or "") > MAX_BUTTON:
        return False
    element: _Element | None = button
    for _ in range(2):
        if element is None or element.tag in {"div", "section", "form", "header", "footer", "nav", "li"}:
            return False
        before = element.getprevious()
        parent = element.getparent()
        beside = (before.tail if before is not None else parent.text if parent is not None else "") or ""
        if (beside + (element.tail or "")).strip():
            return parent is not None and parent.tag in {
                "p",
                "span",
                "em",
                "i",
                "b",
                "strong",
                "td",
                "dd",
                "blockquote",
                "dfn",
            }
        element = parent
    return False


def is_block_by_style(element: _Element, tag: str) -> bool:
    """Whether an inline element's own style makes a block of it."""
    return tag in {"span", "font", "a"} and bool(BLOCK_STYLE.search(element.get("style") or ""))


def is_set_apart(element: _Element) -> bool:
    """Whether only white space stands before and behind an element: custom elements are paragraphs there, words elsewhere."""
    before = element.getprevious()
    parent = element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return not (text or "").strip() and not (element.tail or "").strip()


def is_for_screen_readers(element: _Element, *, in_link: bool) -> bool:
    """Whether an inline element speaks to screen readers alone."""
    if in_link and _NEW_WINDOW.search(element.text or ""):
        return True
    style = element.get("style") or ""
    return bool(
        _UNSEEN.search(element.get("class") or "")
        or (style and (CLIPPED_STYLE.search(style) or OFFICE_HIDDEN_STYLE.search(style)))
    )


def measure_prose(block: Block) -> int:
    """Characters of running text in the block, 0 where it reads like a label, a link or a heading."""
    length = len(block.text)
    if block.kind == "heading" or block.linked > length * MAX_LINKED_PROSE:
        return 0
    if length < MIN_PROSE and (length * 2 < MIN_PROSE or block.text.isascii()):
        return 0
    weight = 1 if block.text.isascii() or len(WIDE_LETTER.findall(block.text[:200])) <= min(length, 200) // 3 else 2
    if length * weight < MIN_PROSE:
        return 0
    return (
        length * weight
        if SENTENCE_END.search(block.text) or len(UNPOINTED_LETTER.findall(block.text[:200])) > min(length, 200) // 2
        else 0
    )
