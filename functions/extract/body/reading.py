"""What trafilatura read, compared with the page's own blocks: how much of each it has."""

from functions.extract.body.shingles import ComparedTexts, is_short
from functions.extract.page.blocks import Block

MIN_SHARE_FOUND = 0.6  # of a block's word runs in the reading: the block is found (by judgement, not measured)
MAX_LINKED_READING = 0.4  # of the found characters in links: a reading with more is a list (by judgement, not measured)


def measure_shares_read(blocks: list[Block], trafilatura_text: str, texts: ComparedTexts) -> list[float]:
    """The share, 0 to 1, of each block's word runs that stands in what trafilatura read, which has no asides.

    A block that is too short for one run gets 1 where it is a line of the reading, else 0.
    """
    read = [line.removeprefix("- ") for line in trafilatura_text.split("\n")]
    whole = set(read)
    if all(block.text in whole for block in blocks):  # as on a page of one huge paragraph, whose runs would fill memory
        return [1.0] * len(blocks)
    known = texts.shingles_of_lines(read)
    lines = {texts.folded(line) for line in read}
    shares = []
    for block in blocks:
        if block.is_aside:
            shares.append(0.0)
            continue
        if block.text in whole:
            shares.append(1.0)
            continue
        parts = texts.shingles(block.text)
        if is_short(parts):
            shares.append(float(texts.folded(block.text) in lines))
        else:
            shares.append(sum(map(known.__contains__, parts)) / len(parts))
    return shares


def is_mostly_links(blocks: list[Block], found: list[bool]) -> bool:
    """Whether so much of the found text is links that trafilatura read lists of other stories."""
    text = sum(len(block.text) for block, yes in zip(blocks, found, strict=True) if yes)
    linked = sum(block.linked for block, yes in zip(blocks, found, strict=True) if yes)
    return linked > MAX_LINKED_READING * text
