"""What of an article is kept to compare later ones with: about 900 bytes, and no word of its text.

A sketch has the article's terms, each with marks that say where it stands, and the facts of its numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

TITLE, LEAD, PERSON, PLACE, STREET = 1, 2, 4, 8, 16  # marks of a term: it stands in the title, in a person's name …
FREQUENCY_SHIFT = 5  # the two bits above these marks say how often the term stands in the text
NAME = 128  # the mark of a word that is a name, of whatever kind
FREQUENCY_LEVELS = (1, 2, 3, 5)  # times from which each level counts; by judgement: a text repeats few words more often
MAX_FREQUENCY_MARK = len(FREQUENCY_LEVELS) - 1
FREQUENCY_WEIGHTS = (1.0, 1.7, 2.2, 2.8)  # of each level: one plus the logarithm of its middle

Facts = frozenset[int]
Counts = Mapping[int, Facts]
"""How many of what: the numbers by the term of their noun."""


@dataclass(frozen=True)
class StorySketch:
    """`day` is the ordinal of the day of publication, `length` counts words, `terms` maps each term to its marks.

    `shingles` are the hashes of the article's fingerprint. `stands_alone`: it is a round-up or a
    guide, which only its copies join.
    """

    language: str
    day: int
    length: int
    terms: Mapping[int, int]
    ages: Facts = frozenset()
    clock_times: Facts = frozenset()
    lead_days: Facts = frozenset()
    days: Facts = frozenset()
    counts: Counts = field(default_factory=dict)
    shingles: Facts = frozenset()
    stands_alone: bool = False

    @cached_property
    def all_terms(self) -> Facts:
        return frozenset(self.terms)

    @cached_property
    def title(self) -> Facts:
        return self.marked(TITLE)

    @cached_property
    def lead(self) -> Facts:
        """Terms of the title or of the text's beginning."""
        return self.marked(TITLE | LEAD)

    @cached_property
    def persons(self) -> Facts:
        return self.marked(PERSON)

    @cached_property
    def places(self) -> Facts:
        return self.marked(PLACE)

    @cached_property
    def streets(self) -> Facts:
        return self.marked(STREET)

    @cached_property
    def text_lead(self) -> Facts:
        """Terms of the text's beginning, whether the title has them or not."""
        return self.marked(LEAD)

    @cached_property
    def lead_names(self) -> Facts:
        """Terms of names in the text's beginning."""
        return self.text_lead & self.marked(NAME)

    def marked(self, marks: int) -> Facts:
        """The terms with any of the marks."""
        return frozenset([term for term, mark in self.terms.items() if mark & marks])

    @cached_property
    def frequency_weights(self) -> Mapping[int, float]:
        """How much each term weighs for standing several times in the text."""
        return {
            term: FREQUENCY_WEIGHTS[mark >> FREQUENCY_SHIFT & MAX_FREQUENCY_MARK] for term, mark in self.terms.items()
        }


def frequency_mark(times: int) -> int:
    """The bits for a term that stands so many times in the text."""
    level = sum(times >= least for least in FREQUENCY_LEVELS) - 1
    return max(0, level) << FREQUENCY_SHIFT


def mark_terms(marked: Iterable[tuple[int, Iterable[int]]]) -> dict[int, int]:
    """All marks of each term, from lists of terms for each mark."""
    marks: dict[int, int] = {}
    for mark, terms in marked:
        for term in terms:
            marks[term] = marks.get(term, 0) | mark
    return marks
