"""The sentence that made a rule match, short enough for an alert."""

from collections import Counter
from functools import cached_property
from itertools import chain, islice

from functions.enrich.rules.document import ANYWHERE, PROSE, Reading, Stream
from functions.enrich.rules.excerpt import Sentences, shortened
from functions.enrich.rules.query import Leaf, Node

_MOST_SPANS = 30


class Evidence:
    """Finds sentences in one document; what it works out for one rule serves the others."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._found: dict[Leaf, dict[int, int]] = {}

    def of(self, rule: Node) -> str:
        """The sentence in which most of the rule's terms stand, the earliest of equals; a rule of fields alone gets `topic: conflict`."""
        leaves = list(dict.fromkeys(rule.witnesses(self._reading)))
        prose = [leaf for leaf in leaves if leaf.field in (ANYWHERE, *PROSE)]
        return self._sentence([self._places(leaf) for leaf in prose]) if prose else "; ".join(dict.fromkeys(map(self._value, leaves)))

    def _sentence(self, terms: list[dict[int, int]]) -> str:
        if len(terms) == 1:
            best = next(iter(terms[0]))
        else:
            counts = Counter(chain(*terms))
            most = max(counts.values())
            best = min(where for where, count in counts.items() if count == most)
        return self._sentences.quote(best, min(places[best] for places in terms if best in places))

    def _places(self, leaf: Leaf) -> dict[int, int]:
        """The sentences in which the leaf is met, each with the place of its first word there."""
        if leaf not in self._found:
            found = self._found[leaf] = {}
            for name, numbers in self._sentences.numbers.items():
                if leaf.field in (ANYWHERE, name):
                    for start, _ in islice(leaf.spans(self._reading.stream(name)), _MOST_SPANS):
                        found.setdefault(numbers[start], start)
        return self._found[leaf]

    @cached_property
    def _sentences(self) -> Sentences:
        document = self._reading.document
        return Sentences(document.values("text"), document.values("title"))

    def _value(self, leaf: Leaf) -> str:
        """The field's own wording of what matched."""
        for value in self._reading.document.values(leaf.field):
            if next(leaf.spans(Stream(leaf.field, [value])), None):
                return shortened(f"{leaf.field}: {value}")
        return f"{leaf.field}: {' '.join(leaf.words)}"
