"""Names in lines around the text that no markup names: alone, signed, labelled, in heavy type, in brackets at the text's ends."""

import re
from collections.abc import Iterable, Iterator

from functions.extract.body.article_region import Layout
from functions.extract.metadata.authors.byline_parser import (
    DATES,
    could_be_name,
    in_capitals,
    is_eastern,
    is_linked,
    is_signed,
    opening,
    reads_like_name,
    split_names,
)
from functions.extract.page.block_roles import BYLINE
from functions.extract.page.blocks import Block

_SENTENCE_ENDS = (".", "!", "?", "…", "。", ":", "”", '"')
_SIGNED_OPENING = re.compile(
    r"^\s*[【\[(（](?:[^】\])）=＝]{0,8})?(?:記者|记者)\s?(?P<name>[\u3400-\u9fff、 ]{2,12}?)\s?[／/】\])）]"
    r"|^\s*[\[(（【][^\])）】]{1,12}[=＝][^\])）】]{1,12}[\])）】]\s*(?P<korean>[\uac00-\ud7af]{2,4})\s*(?:기자|특파원)"
)
_SIGNED_CLOSING = re.compile(r"[。」][（【](?P<name>[\u3040-\u30ff\u3400-\u9fff々ヶ、・ ]{2,20})[）】]$")
_LONGEST_NAME = 60
_ABOVE, _JUST_ABOVE, _BELOW = 15, 4, 6
_LONGEST_BYLINE = 160


def byline_beside(layout: Layout, indexes: list[int]) -> tuple[Iterable[list[str]], set[int]]:
    """Names in lines that stand alone at the text's ends or around it, best first, and which blocks of the text those lines are."""
    text = [(index, layout.blocks[index]) for index in indexes]
    for index, block in [*text[:1], *text[-1:]] if len(text) > 2 else []:
        names = _alone(block)
        if names:
            return [names], {index}
    return (names for names in _around(layout, indexes) if names), set()


def _around(layout: Layout, indexes: list[int]) -> Iterator[list[str]]:
    above = range(max(0, layout.first - _ABOVE), layout.first)
    yield from (_opened(layout.blocks[index].text) for index in above)
    yield from (_signed(layout.blocks[index]) for index in above)
    yield from (_set_apart(layout, index) for index in reversed(above[-_JUST_ABOVE:]))
    yield _inside([layout.blocks[index] for index in indexes])
    end = indexes[-1] + 1 if indexes else 0
    below = range(max(0, end - _JUST_ABOVE), min(end + _BELOW, len(layout.blocks)))
    yield from (_signed(layout.blocks[index]) or _labelled(layout.blocks[index].text) for index in below)
    yield from (
        _set_apart(layout, index)
        for index in below
        if index == end and layout.blocks[index].element.getparent() in layout.parents
    )


def _alone(block: Block) -> list[str]:
    """The names that are all of a line of the text."""
    line = block.text
    if block.kind != "paragraph" or len(line) > _LONGEST_NAME or line.endswith(_SENTENCE_ENDS):
        return []
    names = split_names(line)
    cased = 0 < len(names) <= 3 and all(reads_like_name(in_capitals(name)) for name in names)
    return names if cased else _signed(block)


def _signed(block: Block) -> list[str]:
    """Chinese, Japanese and Korean names that a short line signs with a title, or in brackets of its own."""
    line = block.text
    if (
        len(line) > _LONGEST_NAME
        or line.isascii()
        or not (is_signed(line) or (line[0] in "（【" and line[-1] in "）】"))
    ):
        return []
    names = split_names(line)
    return names if len(names) <= 3 and all(map(is_eastern, names)) else []


def _opened(line: str) -> list[str]:
    """The names in a line that opens as a byline does."""
    if len(line) > _LONGEST_BYLINE or not opening().match(line):
        return []
    return [name for name in split_names(DATES.split(line)[0]) if could_be_name(name)]


def _labelled(line: str) -> list[str]:
    """The names behind a label such as "Author: …"."""
    found = opening().match(line) if len(line) <= _LONGEST_NAME else None
    return _opened(line) if found and (":" in found[0] or "：" in found[0] or "/" in found[0]) else []


def _set_apart(layout: Layout, index: int) -> list[str]:
    """Names that are all of a line just above the text, in heavy type, with an account, or in an element named for bylines."""
    block = layout.blocks[index]
    heavy = (
        len(block.element) == 1
        and block.element[0].tag in {"strong", "b", "em", "i"}
        and not (block.element.text or "").strip()
    )
    if (
        block.kind != "paragraph"
        or len(block.text) > _LONGEST_NAME
        or not (heavy or layout.marks[index] & BYLINE or is_linked(block.text))
    ):
        return []
    names = split_names(block.text)
    return names if 0 < len(names) <= 3 and all(map(could_be_name, names)) else []


def _inside(blocks: list[Block]) -> list[str]:
    """Names that sign the first paragraph in brackets, or the last."""
    found = _SIGNED_OPENING.match(blocks[0].text) if blocks else None
    if found:
        return split_names(found["name"] or found["korean"])
    found = _SIGNED_CLOSING.search(blocks[-1].text) if blocks else None
    return [name for name in split_names(found["name"]) if is_eastern(name)] if found else []
