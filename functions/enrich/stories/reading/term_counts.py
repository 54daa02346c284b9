"""In how many of a stack's articles a term stands: what tells a rare term from a common one.

The counts have one cell for each of 32,768 groups of terms, of one byte each: exact to 127, in steps of 2 % above. They
start from those of the texts that we wrote to train topics, so that a new stack knows the common words.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

CELLS = 1 << 15  # two terms of one text's rare ones share a cell once in 1,000 texts; 32 KB fit an item many times
EXACT = 127  # counts up to here are their own code
STEPS_AN_OCTAVE = 32  # codes above, per doubling: 128 codes reach 2,048
MAX_DOCUMENTS = 2_000  # counted; then all counts are halved, so that they follow the news
NEUTRAL_DOCUMENTS = 300  # added to those counted, so that in a young stack no term seems rare; by judgement
BACKGROUNDS = Path(__file__).with_name("backgrounds")  # a file for each language in which stories are judged


@dataclass
class TermCounts:
    """Counts of one language. `cells` holds a count for each cell, `documents` how many articles were counted."""

    documents: float = 0.0
    cells: list[float] = field(default_factory=lambda: [0.0] * CELLS)

    def rarity(self, term: int) -> float:
        """The inverse document frequency, 0 to about 8: the natural logarithm of one over the term's share."""
        return self.rarities((term,))[term]

    def rarities(self, terms: Iterable[int]) -> dict[int, float]:
        """The rarity of each of the terms."""
        total, cells, log = self.log_total, self.cells, math.log
        return {term: total - log(cells[term % CELLS] + 0.5) for term in terms}

    @property
    def log_total(self) -> float:
        return math.log(self.documents + NEUTRAL_DOCUMENTS + 1)

    def add(self, terms: Collection[int]) -> None:
        """Counts one article."""
        if self.documents >= MAX_DOCUMENTS:
            self.halve()
        self.documents += 1
        for cell in {term % CELLS for term in terms}:
            self.cells[cell] += 1

    def halve(self) -> None:
        self.documents /= 2
        self.cells = [count / 2 for count in self.cells]

    def to_bytes(self) -> bytes:
        """Two bytes of documents, then one code for each cell."""
        return int(self.documents).to_bytes(2, "big") + bytes(
            [ENCODED[min(len(ENCODED) - 1, int(count + 0.5))] for count in self.cells]
        )

    @classmethod
    def from_bytes(cls, packed: bytes) -> "TermCounts":
        return cls(int.from_bytes(packed[:2], "big"), [DECODED[code] for code in packed[2:]])


def encode_count(count: float) -> int:
    """`3` → 3, `256` → 160."""
    if count <= EXACT:
        return round(count)
    return min(255, EXACT + 1 + round(STEPS_AN_OCTAVE * math.log2(count / (EXACT + 1))))


def decode_count(code: int) -> float:
    return code if code <= EXACT else (EXACT + 1) * 2 ** ((code - EXACT - 1) / STEPS_AN_OCTAVE)


DECODED = tuple(decode_count(code) for code in range(256))
ENCODED = bytes(map(encode_count, range(2 * MAX_DOCUMENTS)))


@cache
def background(language: str) -> bytes:
    """The packed counts that a new stack starts from; of a language without a file, none."""
    path = BACKGROUNDS / f"{language}.bin"
    return path.read_bytes() if path.exists() else bytes(CELLS + 2)


def starting_counts(language: str) -> TermCounts:
    return TermCounts.from_bytes(background(language))
