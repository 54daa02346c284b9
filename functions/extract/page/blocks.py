"""What a page's text is read into: blocks, each with its place in the markup and its weight as running text."""

import re
from dataclasses import dataclass, field
from typing import Literal

from lxml.etree import _Element

from functions.extract.text import HAN, HANGUL, KANA, KHMER, LAO, MYANMAR, THAI

BlockKind = Literal["paragraph", "heading", "item", "quote", "cell", "code"]

SENTENCE_END = re.compile(r"[.!?…:;。！？।؟۔።៖]|[.!?]?[\"”’»)]$")
UNPOINTED = THAI + LAO + KHMER + MYANMAR  # scripts that end few sentences with a mark
WIDE_LETTER = re.compile(f"[{KANA}{HAN}{HANGUL}{UNPOINTED}]")
UNPOINTED_LETTER = re.compile(f"[{UNPOINTED}]")
# What makes a block running text, by judgement, not measured.
MIN_PROSE = 70  # characters; a shorter line is a label or a heading
MAX_LINKED_PROSE = 0.4  # share of the characters in links; above it, the block leads elsewhere
WIDE_WEIGHT = 2  # letters that a letter of a wide script counts as, since it says more
MAX_SAMPLE = 200  # characters that tell the script of a block


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
    running text in characters, 0 for labels and headings. `is_aside` says that it stands in an aside of `Reading`.
    """

    text: str
    kind: BlockKind
    element: _Element
    scope: Scope | None
    level: int = 0
    linked: int = 0
    links: list[_Element] = field(default_factory=list)
    prose: int = 0
    is_aside: bool = False


@dataclass(slots=True)
class Aside:
    """An element that shows no text, or nothing but links to elsewhere, and the indexes of its blocks."""

    element: _Element
    blocks: range


@dataclass(slots=True)
class Reading:
    """Every block of visible text of a page, every scope that marks some of them, and the page's deepest nesting.

    `asides` are the outermost ones.
    """

    blocks: list[Block]
    scopes: list[Scope]
    depth: int
    asides: list[Aside]


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
