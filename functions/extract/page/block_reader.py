"""Reads the blocks of a page's text in reading order, each with what its place in the markup says about it."""

import re
from collections.abc import Iterator
from typing import cast

from lxml.etree import _Element

from functions.extract.lexicon import load_words
from functions.extract.page.blocks import Aside, Block, Reading, Scope, measure_prose
from functions.extract.page.element_marks import ElementMarks
from functions.extract.page.inline_elements import (
    is_for_screen_readers,
    is_raised,
    is_set_as_block,
    is_word_in_sentence,
    raised,
)
from functions.extract.page.reading_place import ReadingPlace
from functions.extract.page.tag_traits import TagTraits, traits_of_tag
from functions.extract.text import one_line

INHERITED_KINDS = frozenset({"item", "quote", "cell", "heading"})
MAX_CELL = 300  # characters of a cell of data; a longer one only lays out a page (by judgement, not measured)
MIN_CELLS = 2  # cells of a row of data; a single one only lays out a page (by judgement, not measured)
MIN_LINKED_ASIDE = (
    0.8  # share of an element's characters in links: it leads elsewhere, if it holds no prose (by judgement)
)
OUTWEIGHS_LINKS = 10_000_000.0  # what a block of prose adds to an element's own text: more than any page has in links
SPACES = re.compile(r"[^\S\n]+")
LITERAL_BREAK = re.compile(r"^\s*(?:\\[nrt]\s*)+$|(?:\\[nrt]\s*)+$|^(?:\s*\\[nrt])+")
# Elements that browsers close by themselves and libxml2 does not: an open one holds the rest of the page.
SWALLOWING_TAGS = frozenset(
    {"nav", "menu", "map", "object", "dialog", "noframes", "applet", "canvas", "video", "audio"}
)


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
    for aside in reader.asides:
        for index in aside.blocks:
            reader.blocks[index].is_aside = True
    return Reading(reader.blocks, reader.scopes, reader.depth, reader.asides)


class BlockReader:
    """Walks a tree in reading order without recursion, and gathers text until a block ends."""

    def __init__(self, silent: frozenset[str]) -> None:
        self.blocks: list[Block] = []
        self.scopes: list[Scope] = []
        self.depth = 0
        self.asides: list[Aside] = []
        self._own_text = 0.0
        self._traits: dict[object, TagTraits] = {}
        self._silent = silent
        self._text: list[str] = []
        self._linked = 0
        self._links: list[_Element] = []
        self._marks = ElementMarks()

    def read(self, body: _Element) -> None:
        """Reads all text under an element into `blocks` and `scopes`."""
        place = ReadingPlace(body, traits_of_tag(body.tag, self._silent), None, None)
        stack: list[tuple[ReadingPlace, Iterator[_Element]]] = [(place, iter(body))]
        self.add_text(body.text, place)
        while True:
            place, children = stack[-1]
            for child in children:
                inner = self.enter_element(child, place)
                if inner is not None and len(child):
                    stack.append((inner, iter(child)))
                    break
                if inner is not None:
                    self.leave_element(inner)
                if child.tail:
                    self.add_text(child.tail, place)
            else:
                stack.pop()
                if not stack:
                    self.end_block(place)
                    return
                self.leave_element(place)
                self.add_text(place.element.tail, stack[-1][0])
                continue
            self.depth = max(self.depth, len(stack))

    def leave_element(self, place: ReadingPlace) -> None:
        """Ends the block of an element, and notes an element that has no text or nothing but links."""
        if place.block is not place.element:
            return
        self.end_block(place)
        if self._own_text <= place.own_text:
            if place.traits.may_be_aside:
                del self.asides[place.asides :]
                self.asides.append(Aside(place.element, range(place.blocks, len(self.blocks))))
        elif place.traits.tag == "tr":
            self.join_table_row(place)
        elif place.traits.is_list:
            del self.asides[place.asides :]

    def join_table_row(self, place: ReadingPlace) -> None:
        """Makes one block of the cells of a row of data, lists in them included.

        A row that only lays out a page, with long cells or paragraphs, keeps its blocks.
        """
        cells = self.blocks[place.blocks :]
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
        self.blocks[place.blocks :] = [row]
        del self.asides[place.asides :]

    def enter_element(self, element: _Element, place: ReadingPlace) -> ReadingPlace | None:
        """The place inside an element, its first text read; None where its content is not read."""
        traits = self._traits.get(element.tag)
        if traits is None:
            traits = self._traits[element.tag] = traits_of_tag(element.tag, self._silent)
        if traits.is_asked and not self.is_read(element, traits, place):
            return None
        inner = ReadingPlace(element, traits, place, self.open_scope(element, traits, place.scope))
        if traits.parts or (traits.may_part and is_set_as_block(element, traits.tag)):
            self.end_block(place)
            self.open_block(inner)
        elif traits.tag in {"a", "sup"}:
            inner.is_raised = is_raised(element)
        if traits.tag == "a":
            inner.link = True
            self._links.append(element)
        if element.text:
            self.add_text(element.text, inner)
        return inner

    def is_read(self, element: _Element, traits: TagTraits, place: ReadingPlace) -> bool:
        """Whether the text of an element is read: not in menus, scripts and the like, unless they hold the page."""
        if traits.is_silent:
            return bool(traits.tag) and holds_page(element, traits.tag)
        if traits.tag == "br":
            self.break_line(place)
            return False
        if traits.tag == "button":
            return is_word_in_sentence(element) or holds_page(element, traits.tag)
        return not is_for_screen_readers(element, in_link=place.link)

    def open_block(self, inner: ReadingPlace) -> None:
        """Begins the block of an element that parts text."""
        own = inner.traits.kind
        inner.block = inner.element
        inner.kind = own or (inner.kind if inner.kind in INHERITED_KINDS else "paragraph")
        inner.level = inner.traits.level or inner.level
        inner.blocks, inner.asides, inner.own_text = len(self.blocks), len(self.asides), self._own_text

    def open_scope(self, element: _Element, traits: TagTraits, outer: Scope | None) -> Scope | None:
        """The scope that an element's marks open; the outer one for an element without marks."""
        attributes = element.items()
        mark = traits.mark
        if attributes:
            mark |= self._marks.of_element(dict(cast("list[tuple[str, str]]", attributes)), traits)
        if not mark:
            return outer
        scope = Scope(element, mark, outer)
        self.scopes.append(scope)
        return scope

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
        self._own_text += MIN_LINKED_ASIDE * len(block.text) - block.linked + (OUTWEIGHS_LINKS if block.prose else 0)
        if block.scope:
            block.scope.prose += block.prose


def holds_page(element: _Element, tag: str) -> bool:
    """Whether the page's headline or main part stands inside a menu or button that the markup left open."""
    return tag in {"nav", "menu", "button", "dialog"} and next(element.iter("main", "h1"), None) is not None


def cell_around(element: _Element) -> _Element:
    """The cell of a table that an element is or stands in; itself where it stands in none."""
    return element if element.tag in {"td", "th"} else next(element.iterancestors("td", "th"), element)
