"""Names in lines around the text that no markup names: alone, signed, labelled, in heavy type, in brackets."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from functions.extract.body.article_region import ArticleRegion
from functions.extract.metadata.authors.byline_parser import (
    DATES,
    byline_opening,
    could_be_name,
    has_link,
    is_eastern_name,
    is_signed_line,
    parse_byline,
    reads_like_name,
    restore_capitals,
)
from functions.extract.page.block_roles import BYLINE
from functions.extract.page.blocks import Block

SENTENCE_ENDS = (".", "!", "?", "…", "。", ":", "”", '"')
SIGNED_OPENING = re.compile(
    r"""
    ^\s*[【\[(（](?:[^】\])）=＝]{0,8})?(?:記者|记者)\s?
     (?P<name>[\u3400-\u9fff、\ ]{2,12}?)\s?[／/】\])）]  # "［記者陸晚舟／江灣報導］", "（本报记者 李江）"
    |^\s*[\[(（【][^\])）】]{1,12}[=＝][^\])）】]{1,12}[\])）】]\s*
     (?P<korean>[\uac00-\ud7af]{2,4})\s*(?:기자|특파원)                  # "[항구=연합] 김하나 기자"
    """,
    re.VERBOSE,
)
SIGNED_CLOSING = re.compile(r"[。」][（【](?P<name>[\u3040-\u30ff\u3400-\u9fff々ヶ、・ ]{2,20})[）】]$")
MAX_NAMES_LINE = 60  # characters of a line that is names alone (by judgement)
MAX_BYLINE = 160  # characters of a line that opens as a byline does, likewise
MAX_NAMES = 3  # names of a line without "By"; more are tags (by judgement)
MIN_BLOCKS = 3  # blocks of a text whose first and last may be a byline instead of its prose
MAX_ABOVE = 15  # blocks above the first prose that are read for bylines that open with a word
MAX_JUST_ABOVE = 4  # blocks just above it, and at the text's end, that are read for lines set apart
MAX_BELOW = 6  # blocks below the text that are read for signatures


class BylineBlocks(NamedTuple):
    """The names of each line beside the text, best first, and the indexes of blocks of the text that are such lines."""

    names: Iterable[list[str]]
    indexes: set[int]


def byline_blocks(region: ArticleRegion, indexes: list[int]) -> BylineBlocks:
    """Names in lines that stand alone at the text's ends, else around it."""
    text = [(index, region.blocks[index]) for index in indexes]
    for index, block in [*text[:1], *text[-1:]] if len(text) >= MIN_BLOCKS else []:
        names = names_alone(block)
        if names:
            return BylineBlocks([names], {index})
    return BylineBlocks((names for names in names_around_text(region, indexes) if names), set())


def names_around_text(region: ArticleRegion, indexes: list[int]) -> Iterator[list[str]]:
    """The names of each kind of line around the text, the surest kind first; a line without names gives none."""
    above = range(max(0, region.first - MAX_ABOVE), region.first)
    yield from (names_after_opening(region.blocks[index].text) for index in above)
    yield from (names_signed(region.blocks[index]) for index in above)
    yield from (names_set_apart(region, index) for index in reversed(above[-MAX_JUST_ABOVE:]))
    yield names_in_brackets([region.blocks[index] for index in indexes])
    end = indexes[-1] + 1 if indexes else 0
    below = range(max(0, end - MAX_JUST_ABOVE), min(end + MAX_BELOW, len(region.blocks)))
    yield from (names_signed(region.blocks[index]) or names_after_label(region.blocks[index].text) for index in below)
    yield from (
        names_set_apart(region, index)
        for index in below
        if index == end and region.blocks[index].element.getparent() in region.parents
    )


def names_alone(block: Block) -> list[str]:
    """The names that are all of a line of the text."""
    line = block.text
    if block.kind != "paragraph" or len(line) > MAX_NAMES_LINE or line.endswith(SENTENCE_ENDS):
        return []
    names = parse_byline(line)
    cased = 0 < len(names) <= MAX_NAMES and all(reads_like_name(restore_capitals(name)) for name in names)
    return names if cased else names_signed(block)


def names_signed(block: Block) -> list[str]:
    """Chinese, Japanese and Korean names that a short line signs with a title, or in brackets of its own."""
    line = block.text
    if (
        len(line) > MAX_NAMES_LINE
        or line.isascii()
        or not (is_signed_line(line) or (line[0] in "（【" and line[-1] in "）】"))
    ):
        return []
    names = parse_byline(line)
    return names if len(names) <= MAX_NAMES and all(map(is_eastern_name, names)) else []


def names_after_opening(line: str) -> list[str]:
    """The names in a line that opens as a byline does."""
    if len(line) > MAX_BYLINE or not byline_opening().match(line):
        return []
    return [name for name in parse_byline(DATES.split(line)[0]) if could_be_name(name)]


def names_after_label(line: str) -> list[str]:
    """The names behind a label such as "Author: …"."""
    found = byline_opening().match(line) if len(line) <= MAX_NAMES_LINE else None
    return names_after_opening(line) if found and (":" in found[0] or "：" in found[0] or "/" in found[0]) else []


def names_set_apart(region: ArticleRegion, index: int) -> list[str]:
    """Names that are all of a line just above the text: in heavy type, with an account, or in a byline's element."""
    block = region.blocks[index]
    heavy = (
        len(block.element) == 1
        and block.element[0].tag in {"strong", "b", "em", "i"}
        and not (block.element.text or "").strip()
    )
    if (
        block.kind != "paragraph"
        or len(block.text) > MAX_NAMES_LINE
        or not (heavy or region.marks[index] & BYLINE or has_link(block.text))
    ):
        return []
    names = parse_byline(block.text)
    return names if 0 < len(names) <= MAX_NAMES and all(map(could_be_name, names)) else []


def names_in_brackets(blocks: list[Block]) -> list[str]:
    """Names that sign the first paragraph in brackets, or the last."""
    found = SIGNED_OPENING.match(blocks[0].text) if blocks else None
    if found:
        return parse_byline(found["name"] or found["korean"])
    found = SIGNED_CLOSING.search(blocks[-1].text) if blocks else None
    return [name for name in parse_byline(found["name"]) if is_eastern_name(name)] if found else []
