"""The blocks of a page's text in reading order, each with what its place in the markup says about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, cast

from lxml.etree import _Element

from functions.extract.lexicon import load_lines, load_words
from functions.extract.page.block_roles import BYLINE, CAPTION, FURNITURE, HEADER, HIDDEN, NONE, QUOTED, marks_of_names
from functions.extract.text import HAN, HANGUL, KANA, KHMER, LAO, MYANMAR, THAI, one_line

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
MAX_CELL = 300  # characters of a cell of data; a longer one only lays out a page (by judgement, not measured)
MIN_CELLS = 2  # cells of a row of data; a single one only lays out a page (by judgement, not measured)
SPACES = re.compile(r"[^\S\n]+")
SENTENCE_END = re.compile(r"[.!?…:;。！？।؟۔።៖]|[.!?]?[\"”’»)]$")
UNPOINTED = THAI + LAO + KHMER + MYANMAR  # scripts that end few sentences with a mark
WIDE_LETTER = re.compile(f"[{KANA}{HAN}{HANGUL}{UNPOINTED}]")
UNPOINTED_LETTER = re.compile(f"[{UNPOINTED}]")
CLIPPED_STYLE = re.compile(r"clip:\s*rect\(|clip-path:\s*inset\(50%")
LITERAL_BREAK = re.compile(r"^\s*(?:\\[nrt]\s*)+$|(?:\\[nrt]\s*)+$|^(?:\s*\\[nrt])+")
RAISED_SIGNS = "0123456789+-−–()n"
SUPERSCRIPTS = str.maketrans(RAISED_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
OFFICE_HIDDEN_STYLE = re.compile(r"mso-list:\s*ignore|mso-element:\s*comment|mso-hide:\s*all", re.IGNORECASE)
BLOCK_STYLE = re.compile(r"display:\s*block", re.IGNORECASE)
MAX_BUTTON = 60  # characters of a button that is a word in a sentence (by judgement, not measured)
MAX_STEPS_TO_SENTENCE = 2  # elements from such a button up to the one beside the sentence's text (by judgement)
TAGS_OF_SENTENCES = frozenset({"p", "span", "em", "i", "b", "strong", "td", "dd", "blockquote", "dfn"})
TAGS_OF_LAYOUT = frozenset({"div", "section", "form", "header", "footer", "nav", "li"})
MARKING_ATTRIBUTES = frozenset({"role", "aria-hidden", "hidden", "amp-access-hide", "style"})  # besides class and id
# Elements that browsers close by themselves and libxml2 does not: an open one holds the rest of the page.
SWALLOWING_TAGS = frozenset(
    {"nav", "menu", "map", "object", "dialog", "noframes", "applet", "canvas", "video", "audio"}
)
# What makes a block running text, by judgement, not measured.
MIN_PROSE = 70  # characters; a shorter line is a label or a heading
MAX_LINKED_PROSE = 0.4  # share of the characters in links; above it, the block leads elsewhere
WIDE_WEIGHT = 2  # letters that a letter of a wide script counts as, since it says more
MAX_SAMPLE = 200  # characters that tell the script of a block


@cache
def screen_reader_names() -> re.Pattern[str]:
    """The class names of elements for screen readers alone, as "sr-only"."""
    names = "|".join(map(re.escape, load_lines("html/screen_reader_names")))
    return re.compile(rf"(?:^|[\s_-])(?:{names})(?=$|[\s_-])", re.IGNORECASE)


@cache
def new_window_phrases() -> re.Pattern[str]:
    """The words with which a link warns screen readers, as "opens in a new tab"."""
    return re.compile("|".join(load_lines("html/new_window_phrases")), re.IGNORECASE)


@dataclass(slots=True)
class Scope:
    """An element that marks everything inside it, and how much prose that is."""

    element: _Element
    mark: int
    parent: "Scope | None"
    prose: int = 0


@dataclass(slots=True)
class Block:
    """A run of text as a browser shows it in one paragraph; its line breaks stay.

    `level` is that of a heading, 1 to 6. `linked` is the number of its characters in links. `prose` is its weight as
    running text in characters, 0 for labels and headings.
    """

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
    """All text under `body` by blocks.

    Where no block is prose, it also reads elements that the markup left open, as a menu that holds the whole page.
    """
    reading = read_under(body, load_words("html/tags_without_text"))
    if any(block.prose for block in reading.blocks):
        return reading
    swallowed = read_under(body, load_words("html/tags_without_text") - SWALLOWING_TAGS)
    return swallowed if any(block.prose for block in swallowed.blocks) else reading


def read_under(body: _Element, silent: frozenset[str]) -> Reading:
    """All text under `body`, without the text in the silent tags."""
    reader = BlockReader(silent)
    reader.read(body)
    for scope in reversed(reader.scopes):  # inner ones come later
        if scope.parent:
            scope.parent.prose += scope.prose
    return Reading(reader.blocks, reader.scopes, reader.depth)


class ReadingPlace:
    """The place of a text in the page: its element, its block, the scope of marks and the link that it stands in."""

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
    """Walks a tree in reading order without recursion, and gathers text until a block ends."""

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
        """Reads all text under an element into `blocks` and `scopes`."""
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
        """Ends the block of an element; `start` is the number of blocks before it."""
        if place.block is place.element:
            self.end_block(place)
            if place.element.tag == "tr":
                self.join_table_row(place, start)

    def join_table_row(self, place: ReadingPlace, start: int) -> None:
        """Makes one block of the cells of a row of data, lists in them included.

        A row that only lays out a page, with long cells or paragraphs, keeps its blocks.
        """
        cells = self.blocks[start:]
        if len(cells) < MIN_CELLS or any(
            cell.kind not in {"cell", "item"} or len(cell.text) > MAX_CELL for cell in cells
        ):
            return
        by_cell: dict[_Element, list[str]] = {}
        for cell in cells:
            by_cell.setdefault(cell_around(cell.element), []).append(cell.text)
        if len(by_cell) < MIN_CELLS:
            return
        text = " | ".join(", ".join(texts) for texts in by_cell.values())
        row = Block(text, "cell", place.element, place.scope)
        for cell in cells:
            row.linked += cell.linked
            row.links += cell.links
        self.blocks[start:] = [row]

    def enter_element(self, element: _Element, place: ReadingPlace) -> ReadingPlace | None:
        """The place inside an element, its first text read; None where its content is not read."""
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
        """The scope that an element's marks open; the outer one for an element without marks."""
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
        """The marks that an element has by its class, id, role and style."""
        mark = NONE
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if len(names) > 1 and tag not in TAGS_WITHOUT_NAMES:
            known = self._marks.get(names)
            if known is None:
                known = self._marks[names] = marks_of_names(names)
            mark = known
        if MARKING_ATTRIBUTES.isdisjoint(attributes):  # as in most elements
            return mark
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
        """Keeps a single line break in the block; a second one with only white space between ends the block."""
        for text in reversed(self._text):
            if text == "\n":
                self.end_block(place)
                return
            if not text.isspace():
                break
        self._text.append("\n")

    def add_text(self, text: str | None, place: ReadingPlace) -> None:
        """Adds a text node to the block that is being gathered."""
        if text:
            if "\\" in text:
                text = LITERAL_BREAK.sub(" ", text)
            if place.is_raised:
                text = raised(text)
            self._text.append(text.replace("\n", " ") if "\n" in text else text)
            if place.link:
                self._linked += len(text.strip())

    def end_block(self, place: ReadingPlace) -> None:
        """Makes a block of what was gathered, if any."""
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
        """Adds a block to the page's, and its prose to its scope's."""
        block.prose = measure_prose(block)
        if block.prose and block.kind == "cell" and block.element.tag == "p":
            block.kind = "paragraph"
        self.blocks.append(block)
        if block.scope:
            block.scope.prose += block.prose


def holds_page(element: _Element, tag: str) -> bool:
    """Whether the page's headline or main part stands inside a menu or button that the markup left open."""
    return tag in {"nav", "menu", "button", "dialog"} and next(element.iter("main", "h1"), None) is not None


def cell_around(element: _Element) -> _Element:
    """The cell of a table that an element is or stands in; itself where it stands in none."""
    return element if element.tag in {"td", "th"} else next(element.iterancestors("td", "th"), element)


def is_raised(element: _Element) -> bool:
    """Whether an element is a superscript, or the link of a footnote in one."""
    parent = element.getparent()
    return element.tag == "sup" or (element.tag == "a" and parent is not None and parent.tag == "sup")


def raised(text: str) -> str:
    """A power or a footnote's number in superscript characters, so that 10⁶ does not read 106.

    Other text stays as it is.
    """
    stripped = text.strip()
    return stripped.translate(SUPERSCRIPTS) if stripped and all(sign in RAISED_SIGNS for sign in stripped) else text


def is_word_in_sentence(button: _Element) -> bool:
    """Whether a button is a word of running text, as those that explain a term are: text stands directly beside it."""
    if len(button.text or "") > MAX_BUTTON:
        return False
    element: _Element | None = button
    for _ in range(MAX_STEPS_TO_SENTENCE):
        if element is None or element.tag in TAGS_OF_LAYOUT:
            return False
        before = element.getprevious()
        parent = element.getparent()
        beside = (before.tail if before is not None else parent.text if parent is not None else "") or ""
        if (beside + (element.tail or "")).strip():
            return parent is not None and parent.tag in TAGS_OF_SENTENCES
        element = parent
    return False


def is_block_by_style(element: _Element, tag: str) -> bool:
    """Whether an inline element's own style makes a block of it."""
    return tag in {"span", "font", "a"} and bool(BLOCK_STYLE.search(element.get("style") or ""))


def is_set_apart(element: _Element) -> bool:
    """Whether only white space stands before and after an element.

    Custom elements are paragraphs there, and words of a sentence elsewhere.
    """
    before = element.getprevious()
    parent = element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return not (text or "").strip() and not (element.tail or "").strip()


def is_for_screen_readers(element: _Element, *, in_link: bool) -> bool:
    """Whether an inline element is for screen readers alone, by its class or style, or by what it says in a link."""
    if in_link and new_window_phrases().search(element.text or ""):
        return True
    style = element.get("style") or ""
    return bool(
        screen_reader_names().search(element.get("class") or "")
        or (style and (CLIPPED_STYLE.search(style) or OFFICE_HIDDEN_STYLE.search(style)))
    )


def measure_prose(block: Block) -> int:
    """The characters of running text in a block, 0 where it reads like a label, a link or a heading.

    A letter of a wide script, such as Chinese, counts twice.
    """
    length = len(block.text)
    if block.kind == "heading" or block.linked > length * MAX_LINKED_PROSE:
        return 0
    if length < MIN_PROSE and (length * WIDE_WEIGHT < MIN_PROSE or block.text.isascii()):
        return 0
    sample = block.text[:MAX_SAMPLE]
    is_wide = not block.text.isascii() and len(WIDE_LETTER.findall(sample)) > len(sample) // 3
    weight = length * WIDE_WEIGHT if is_wide else length
    if weight < MIN_PROSE:
        return 0
    is_sentence = SENTENCE_END.search(block.text) or len(UNPOINTED_LETTER.findall(sample)) > len(sample) // 2
    return weight if is_sentence else 0
