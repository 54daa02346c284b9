"""The blocks of pages whose true text is known, as rows of features with labels, for the block model."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from functions.extract.body.article_region import ArticleRegion
from functions.extract.body.block_features import block_features, is_candidate, measure_surroundings
from functions.extract.body.selection import described_opening, kept_by_rules
from functions.extract.body.shingles import is_short, shingles
from functions.extract.page_text import read_page, read_region
from functions.extract.text import WORD, folded
from shared.domain.errors import Rejected
from tests.corpus.truth import read_corpus

MIN_SHARE_TRUE = 0.5  # of a block's word runs in the true text: it is article
MAX_WORDS_WEIGHED = 400  # of one block: longer ones would decide alone
WEIGHT_POWER = 0.75  # between a vote for each block and one for each word: best of three on the development pages
MIN_PAGE_WORDS = 30  # of a page's true text, lest a brief page weigh too much


@dataclass
class PageBlocks:
    """One page: what it is named, its region, and a row, a label and a weight for each candidate block."""

    name: str
    host: str
    truth: str
    texts: list[str]
    kept: list[bool]
    region: ArticleRegion | None = None
    candidates: list[int] = field(default_factory=list)
    rows: list[list[float]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)


def read_folder(folder: Path) -> Iterator[PageBlocks]:
    """The pages of a folder that holds truth.json and pages/NAME.html.gz, as far as their true text is known."""
    for name, truth in sorted(json.loads((folder / "truth.json").read_text()).items()):
        if truth.get("text") is None:
            continue
        body = gzip.decompress((folder / "pages" / f"{name}.html.gz").read_bytes())
        try:
            yield label_blocks(f"{folder.name}/{name}", body, truth["url"] or "", truth["text"])
        except Rejected:
            yield PageBlocks(f"{folder.name}/{name}", "", truth["text"], [], [])


def read_own_corpus() -> Iterator[PageBlocks]:
    """The articles of the corpus that is written for this project."""
    for page in read_corpus():
        if page.is_article:
            yield label_blocks(f"corpus/{page.name}", page.body, page.truth["url"], page.truth["text"])


def label_blocks(name: str, body: bytes, url: str, truth: str) -> PageBlocks:
    """The page's candidate blocks with their features, and whether each is part of the true text."""
    page = read_page(body, url)
    region = read_region(page)
    blocks = page.reading.blocks
    kept = kept_by_rules(region) if region else set()
    found = PageBlocks(
        name, site_of(url), truth, [block.text for block in blocks], [i in kept for i in range(len(blocks))], region
    )
    if region is None:
        return found
    around, described = measure_surroundings(region), described_opening(page.declared)
    known, lines, whole = Counter(shingles(truth)), {folded(line) for line in truth.split("\n")}, f" {folded(truth)} "
    sizes = []
    for index, block in enumerate(blocks):
        if index in kept or is_candidate(region, index):
            found.candidates.append(index)
            found.rows.append(
                [float(n) for n in block_features(region, around, index, kept=index in kept, described=described)]
            )
            found.labels.append(is_true(block.text, known, lines, whole))
            sizes.append(len(WORD.findall(block.text)))
    true_words = sum(size for size, label in zip(sizes, found.labels, strict=True) if label)
    page_words = max(MIN_PAGE_WORDS, true_words)
    found.weights = [(min(size, MAX_WORDS_WEIGHED) ** WEIGHT_POWER + 1) / page_words**WEIGHT_POWER for size in sizes]
    return found


def is_true(text: str, known: Counter[tuple[str, ...]], lines: set[str], whole: str) -> int:
    """1 where most of the block stands in the true text; a block of few words where it is a line or a part of it."""
    parts = shingles(text)
    if is_short(parts):
        return int(folded(text) in lines or (bool(folded(text)) and f" {folded(text)} " in whole))
    return int(sum(part in known for part in parts) > MIN_SHARE_TRUE * len(parts))


def site_of(url: str) -> str:
    """The last two parts of the host: pages of one publisher stay in one half."""
    return ".".join((urlsplit(url).hostname or "").split(".")[-2:])
