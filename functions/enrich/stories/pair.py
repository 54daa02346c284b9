"""A new article beside an earlier one, with what several features ask of both."""

import math
from collections.abc import Collection
from functools import cached_property

from functions.enrich.stories.reading.sketch import Facts, StorySketch
from functions.enrich.stories.reading.term_counts import TermCounts


class Pair:
    """`new` and `old` with the rarity of each term."""

    def __init__(self, new: StorySketch, old: StorySketch, counts: TermCounts) -> None:
        self.new, self.old = new, old
        self.rarity = counts.rarities(new.all_terms | old.all_terms)

    def total(self, terms: Collection[int]) -> float:
        """The rarities of the terms, added up."""
        return sum(map(self.rarity.__getitem__, terms))

    def rarest(self, terms: Collection[int], most: int) -> float:
        """The sum of the rarities of the rarest of the terms."""
        return sum(sorted(map(self.rarity.__getitem__, terms), reverse=True)[:most])

    def share(self, terms: Facts, others: Facts) -> float:
        """How much of the terms, by rarity, stands among the others; 0 where there are none."""
        total = self.total(terms)
        return self.total(terms & others) / total if total else 0.0

    def cosine(self, ours: Facts, theirs: Facts) -> float:
        """The likeness of two sets of terms, each term weighed by its rarity."""
        rarity = self.rarity
        squares = [sum([rarity[term] * rarity[term] for term in terms]) for terms in (ours & theirs, ours, theirs)]
        return squares[0] / math.sqrt(squares[1] * squares[2]) if squares[1] * squares[2] else 0.0

    @cached_property
    def text_cosine(self) -> float:
        """The likeness of the whole texts, each term weighed by its rarity and frequency."""
        ours, theirs = self.weighted(self.new), self.weighted(self.old)
        shared = sum([ours[term] * theirs[term] for term in self.shared])
        norms = [sum([value * value for value in weights.values()]) for weights in (ours, theirs)]
        return shared / math.sqrt(norms[0] * norms[1]) if norms[0] * norms[1] else 0.0

    def weighted(self, sketch: StorySketch) -> dict[int, float]:
        """The terms of a sketch by rarity and frequency."""
        rarity = self.rarity
        return {term: rarity[term] * weight for term, weight in sketch.frequency_weights.items()}

    @cached_property
    def shared(self) -> Facts:
        return self.new.all_terms & self.old.all_terms

    @cached_property
    def shared_lead(self) -> Facts:
        return self.new.lead & self.old.lead

    def in_conflict(self, ours: Facts, theirs: Facts) -> bool:
        """Whether both have such terms, and neither text has any of the other's: two other people, or places."""
        known = ours and theirs
        return bool(known) and not (ours & self.old.all_terms) and not (theirs & self.new.all_terms)


def agreement(ours: Facts, theirs: Facts) -> float:
    """The share of the smaller set's facts that the other has too; 0 where one is empty."""
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0.0


def contradiction(ours: Facts, theirs: Facts) -> float:
    """1 where both tell such facts and none is the same, else 0."""
    return float(bool(ours and theirs and not ours & theirs))
