"""The term counts of the stack's own stream: read once by each worker, added to as it works, written back now and then.

A worker writes its articles back once it has fifty of them, or when the first of them has waited for an hour: 33 write
units for fifty articles. Workers that write at once notice by the revision, and add to what stands.
"""

import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field

from functions.enrich.stories.lookup import LANGUAGES
from functions.enrich.stories.reading.term_counts import TermCounts, starting_counts
from shared.domain.errors import Transient
from shared.ports import Stories

MAX_WAITING = 50  # articles that a worker counts before it writes them back; by judgement, for the cost of a write
MAX_WAITING_SECONDS = 3_600.0  # that a counted article waits at most while others come; by judgement


@dataclass
class LanguageCounts:
    """What a worker knows of one language, and what it has not written back yet."""

    counts: TermCounts
    waiting: list[frozenset[int]] = field(default_factory=list)
    since: float = 0.0


class StreamCounts:
    """One for each worker."""

    def __init__(self, store: Stories, now: Callable[[], float] = time.monotonic) -> None:
        self._store, self._now = store, now
        self._known: dict[str, LanguageCounts] = {}

    def of(self, language: str) -> TermCounts:
        """The counts of a language; where stories are not judged, none: its terms are all alike.

        Raises `Transient` where they cannot be read.
        """
        if language not in LANGUAGES:
            return TermCounts()
        if language not in self._known:
            stored = self._store.read_counts(language)
            counts = TermCounts.from_bytes(stored.packed) if stored else starting_counts(language)
            self._known[language] = LanguageCounts(counts)
        return self._known[language].counts

    def add(self, language: str, terms: Collection[int]) -> None:
        """Counts an article; a failure to write back is left for the next time."""
        if language not in self._known:
            return
        known = self._known[language]
        known.counts.add(terms)
        known.since = known.since if known.waiting else self._now()
        known.waiting.append(frozenset(terms))
        if len(known.waiting) >= MAX_WAITING or self._now() - known.since >= MAX_WAITING_SECONDS:
            with suppress(Transient):
                self.write_back(language)

    def write_back(self, language: str) -> None:
        """Adds what waits to what the table has, unless another worker writes just now; then the next time does."""
        known, stored = self._known[language], self._store.read_counts(language)
        counts = TermCounts.from_bytes(stored.packed) if stored else starting_counts(language)
        for terms in known.waiting:
            counts.add(terms)
        if self._store.write_counts(language, counts.to_bytes(), stored.revision if stored else 0):
            self._known[language] = LanguageCounts(counts)
        elif len(known.waiting) >= 2 * MAX_WAITING:
            del known.waiting[:MAX_WAITING]
