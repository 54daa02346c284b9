"""The sentence that made a rule match, short enough for an alert."""

from collections import Counter
from functools import cached_property, reduce
from itertools import chain
from operator import and_

from functions.enrich.rules.document import ANYWHERE, PROSE, Reading, Stream
from functions.enrich.rules.excerpt import Sentences, shortened
from functions.enrich.rules.query import Leaf, Node


class Evidence:
    """Finds sentences in one document; what it works out for one rule serves the others."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._found: dict[Leaf, dict[int, int]] = {}

    def of(self, rule: Node) -> str:
        """The sentence in which most of the rule's terms stand, the earliest of equals; a rule of fields alone gets `topic: conflict`."""
        leaves = list(dict.fromkeys(rule.witnesses(self._reading)))
        prose = [leaf for leaf in leaves if leaf.field in (ANYWHERE, *PROSE)]
        return self._sentence([self._places(leaf) for leaf in prose]) if prose else shortened("; ".join(map(self._value, leaves)))

    def _sentence(self, terms: list[dict[int, int]]) -> str:
        together = reduce(and_, (places.keys() for places in terms))
        best = min(together) if together else _richest(terms)
        return self._sentences.quote(best, min(places[best] for places in terms if best in places))

    def _places(self, leaf: Leaf) -> dict[int, int]:
        """The sentences in which the leaf is met, each with the place of its first word there."""
        if leaf not in self._found:
            found = self._found[leaf] = {}
            for name, numbers in self._sentences.numbers.items():
                if leaf.field in (ANYWHERE, name):
                    starts = leaf.starts(self._reading.stream(name))
                    found |= {numbers[start]: start for start in reversed(starts)}
        return self._found[leaf]

    @cached_property
    def _sentences(self) -> Sentences:
        document = self._reading.document
        return Sentences(document.values("text"), document.values("title"))

    def _value(self, leaf: Leaf) -> str:
        """The field's own wording of what matched."""
        for value in self._reading.document.values(leaf.field):
            if next(leaf.spans(Stream(leaf.field, [value])), None):
                return f"{leaf.field}: {value}"
        return f"{leaf.field}: {' '.join(leaf.words)}"


def _richest(terms: list[dict[int, int]]) -> int:
    """The sentence with most of the terms, the earliest of equals."""
    counts = Counter(chain(*terms))
    return min(counts, key=lambda number: (-counts[number], number))
