"""The sentence that made a rule match, short enough for an alert."""

from collections.abc import Iterable
from functools import cached_property

from functions.enrich.rules.document import ANYWHERE
from functions.enrich.rules.fragments import Sentences, shortened
from functions.enrich.rules.leaf import Leaf
from functions.enrich.rules.query_tree import Node
from functions.enrich.rules.token_streams import Reading, Stream


class Evidence:
    """Finds sentences in one document; what it works out for one rule serves the others."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._masks: dict[int, int] = {}

    def of(self, rule: Node) -> str:
        """The sentence in which most of the rule's terms stand, the earliest of equals; a rule of fields alone gets `topic: conflict`."""
        leaves: list[Leaf] = []
        rule.testify(self._reading, leaves)
        masks = [mask for leaf in leaves if (mask := self._mask(leaf))]
        if not masks:
            return shortened("; ".join(map(self._value, dict.fromkeys(leaves))))
        best = _richest(masks)
        return self._sentences.short.get(best) or self._cut(best, leaves)

    def _mask(self, leaf: Leaf) -> int:
        """The sentences in which the leaf is met, bit `n` for the `n`th; none for a leaf that asks for no prose."""
        mask = self._masks.get(
            id(leaf)
        )  # the rules keep their leaves, and a leaf's own hash would cost more than all the rest
        if mask is None:
            mask = 0
            for name, offset in self._sentences.offsets.items():
                if leaf.field in (ANYWHERE, name):
                    for start in leaf.starts(self._reading.stream(name)):
                        mask |= self._sentences.bits[offset + start]
            self._masks[id(leaf)] = mask
        return mask

    def _places(self, leaf: Leaf) -> Iterable[int]:
        """The first places where the leaf is met, as the sentences count them."""
        for name, offset in self._sentences.offsets.items():
            if leaf.field in (ANYWHERE, name):
                yield from [offset + start for start in leaf.starts(self._reading.stream(name))]

    def _cut(self, sentence: int, terms: list[Leaf]) -> str:
        """Of a long sentence, the part around the first of the terms in it."""
        owners = self._sentences.owners
        return self._sentences.quote(
            sentence, min(place for leaf in terms for place in self._places(leaf) if owners[place] == sentence)
        )

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


def _richest(masks: list[int]) -> int:
    """The number of the sentence with most of the terms, the earliest of equals."""
    if len(masks) > 1:
        at_least: list[int] = []  # the sentences with one term or more, with two or more …
        for mask in masks:
            more = mask
            for n, known in enumerate(at_least):
                at_least[n], more = known | more, known & more
            if more:
                at_least.append(more)
        masks = at_least
    return (masks[-1] & -masks[-1]).bit_length() - 1
