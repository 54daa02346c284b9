"""One term of a query: what a document must have for it, and where in the document it is met."""

import dataclasses
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from itertools import chain, islice, pairwise

from shared.rules.lookup_plan import LookupPlan, RequiredKeys
from shared.rules.token_streams import BREAK, TokenizedDocument, TokenStream

# Positions of a term among which its sentence is chosen. By judgement, not measured: an alert shows one sentence.
MAX_HIGHLIGHTED_PLACES = 16


@dataclass(frozen=True)
class QueryTerm:
    """A word, a phrase, a prefix or words near each other.

    With `prefix` the last word is only a beginning. With `slop` the words may stand in any order, with at most so many
    other words between them.
    """

    field: str
    words: tuple[str, ...]
    prefix: bool = False
    slop: int = 0
    shown: str = dataclasses.field(default="", compare=False)

    @cached_property
    def needs(self) -> RequiredKeys:
        """Keys that a document must all meet: neighbours as pairs, which are rarer than words."""
        whole = self.words[:-1] if self.prefix else self.words
        parts = list(whole) if self.slop or len(whole) == 1 else [f"{a} {b}" for a, b in pairwise(whole)]
        if self.prefix and len(self.words) == 1:
            parts = [f"{self.words[0]}*"]
        return frozenset(f"{self.field}:{part}" for part in parts)

    @cached_property
    def _hash(self) -> int:
        return hash((self.field, self.words, self.prefix, self.slop))

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _is_settled_by_needs(self) -> bool:
        return not self.slop and len(self.words) <= (1 if self.prefix else 2)

    @property
    def positive(self) -> bool:
        return True

    def is_satisfied_by(self, document: TokenizedDocument) -> bool:
        if not self.needs <= document.keys:
            return False
        return self._is_settled_by_needs or any(
            next(self.spans(stream), None) for stream in document.streams(self.field)
        )

    @property
    def plan(self) -> LookupPlan["QueryTerm"]:
        return LookupPlan([self.needs], None if self._is_settled_by_needs else self)

    def terms(self) -> Iterator["QueryTerm"]:
        yield self

    def collect_matches(self, _document: TokenizedDocument, matches: list["QueryTerm"]) -> None:
        matches.append(self)

    def starts(self, stream: TokenStream) -> list[int]:
        """Where in the stream the term is first met, and some places more."""
        if len(self.words) == 1 and not self.prefix:
            return stream.places.get(self.words[0], [])[:MAX_HIGHLIGHTED_PLACES]
        return [start for start, _ in islice(self.spans(stream), MAX_HIGHLIGHTED_PLACES)]

    def spans(self, stream: TokenStream) -> Iterator[tuple[int, int]]:
        """Where in the stream the term is met: first word and one past the last, in order."""
        if self.prefix and len(self.words) == 1:
            places = merge(*(stream.plain_places[word] for word in stream.beginning(self.words[0])))
            return ((place, place + 1) for place in places)
        return self._near(stream) if self.slop else self._phrase(stream)

    def _phrase(self, stream: TokenStream) -> Iterator[tuple[int, int]]:
        whole = self.words[:-1] if self.prefix else self.words
        rarest = min(range(len(whole)), key=lambda n: len(stream.places.get(whole[n], ())))
        run = list(whole)
        for place in stream.places.get(whole[rarest], ()):
            start = place - rarest
            end = start + len(self.words)
            if start >= 0 and stream.stems[start : start + len(run)] == run and self._ends_well(stream, end):
                yield start, end

    def _ends_well(self, stream: TokenStream, end: int) -> bool:
        return not self.prefix or (end <= len(stream.plain) and stream.plain[end - 1].startswith(self.words[-1]))

    def _near(self, stream: TokenStream) -> Iterator[tuple[int, int]]:
        """Runs at most `slop` words longer than the phrase that hold each word as often as the phrase does."""
        standing = [stream.places.get(word, []) for word in self._wanted]
        width = len(self.words) + self.slop
        for start, stop in ranges_around(min(standing, key=len), width):
            around = [positions_between(places, start, stop) for places in standing]
            if all(around):
                breaks = positions_between(stream.places.get(BREAK, []), start, stop)
                yield from find_windows(stream.stems, sorted(chain(breaks, *around)), self._wanted, width)

    @cached_property
    def _wanted(self) -> Counter[str]:
        return Counter(self.words)

    def __str__(self) -> str:
        return f"{self.field}{':' * bool(self.field)}{self.shown or ' '.join(self.words)}"


def ranges_around(anchors: list[int], width: int) -> Iterator[tuple[int, int]]:
    """Where a run of this width can hold an anchor: `[5, 7, 90]`, 4 → `(2, 11)`, `(87, 94)`.

    Ranges that overlap are joined, so that each place of a text that repeats a word is looked at once.
    """
    start, stop = 0, 0
    for anchor in anchors:
        if anchor - width + 1 > stop:
            if stop:
                yield start, stop
            start = anchor - width + 1
        stop = anchor + width
    if stop:
        yield start, stop


def positions_between(places: list[int], start: int, stop: int) -> list[int]:
    return places[bisect_left(places, start) : bisect_left(places, stop)]


def find_windows(stems: list[str], places: list[int], wanted: Counter[str], width: int) -> Iterator[tuple[int, int]]:
    """Runs among `places` that hold what is wanted and no `BREAK`."""
    missing, window = wanted.copy(), deque[int]()
    for place in places:
        window.append(place)
        missing[stems[place]] -= 1
        while window and (missing[BREAK] or place - window[0] >= width):
            missing[stems[window.popleft()]] += 1
        if not any(count > 0 for count in missing.values()):
            yield window[0], place + 1
