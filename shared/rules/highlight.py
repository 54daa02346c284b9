"""The sentence that made a rule match, short enough for an alert."""

from collections.abc import Iterable
from functools import cached_property

from shared.rules.document import ANYWHERE
from shared.rules.fragments import SentenceIndex, shorten_around
from shared.rules.query_term import QueryTerm
from shared.rules.query_tree import Node
from shared.rules.token_streams import TokenizedDocument, TokenStream


class Highlighter:
    """Finds sentences in one document; what it works out for one rule serves the others."""

    def __init__(self, document: TokenizedDocument) -> None:
        self._document = document
        self._masks: dict[int, int] = {}

    def best_sentence(self, rule: Node) -> str:
        """The sentence with most of the rule's terms; of equal ones the earliest.

        A rule of fields alone gets `topic: conflict`.
        """
        terms: list[QueryTerm] = []
        rule.collect_matches(self._document, terms)
        masks = [mask for term in terms if (mask := self.sentence_mask(term))]
        if not masks:
            return shorten_around("; ".join(map(self.quote_field, dict.fromkeys(terms))))
        best = sentence_with_most_terms(masks)
        return self._sentences.short.get(best) or self.fragment_around(best, terms)

    def sentence_mask(self, term: QueryTerm) -> int:
        """The sentences in which the term is met, bit `n` for the `n`th; none for a term that asks for no prose."""
        # By identity: the rules keep their terms, and hashing a term would cost more than all the rest.
        mask = self._masks.get(id(term))
        if mask is None:
            mask = 0
            for name, offset in self._sentences.offsets.items():
                if term.field in (ANYWHERE, name):
                    for start in term.starts(self._document.stream(name)):
                        mask |= self._sentences.bits[offset + start]
            self._masks[id(term)] = mask
        return mask

    def term_positions(self, term: QueryTerm) -> Iterable[int]:
        """The first places where the term is met, as the sentences count them."""
        for name, offset in self._sentences.offsets.items():
            if term.field in (ANYWHERE, name):
                yield from [offset + start for start in term.starts(self._document.stream(name))]

    def fragment_around(self, sentence: int, terms: list[QueryTerm]) -> str:
        """Of a long sentence, the part around the first of the terms in it."""
        owners = self._sentences.owners
        return self._sentences.quote(
            sentence, min(place for term in terms for place in self.term_positions(term) if owners[place] == sentence)
        )

    @cached_property
    def _sentences(self) -> SentenceIndex:
        document = self._document.source
        return SentenceIndex(document.values("text"), document.values("title"))

    def quote_field(self, term: QueryTerm) -> str:
        """The field's own wording of what matched."""
        for value in self._document.source.values(term.field):
            if next(term.spans(TokenStream(term.field, [value])), None):
                return f"{term.field}: {value}"
        return f"{term.field}: {' '.join(term.words)}"


def sentence_with_most_terms(masks: list[int]) -> int:
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
