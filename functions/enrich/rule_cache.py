"""The enabled rules: read from their table and kept for half a minute.

A rule that cannot be parsed gets its error written there.
"""

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from shared.domain.documents import Article, Enrichment
from shared.domain.errors import Transient
from shared.domain.rules import Rule, count_listed_rules
from shared.ports import Rules
from shared.rules.document import SearchableDocument
from shared.rules.matcher import RuleSet

MAX_CACHE_SECONDS = 30.0  # until a changed rule takes effect; by judgement: soon for a person, and one read per process
MAX_REPORTED_RULES = 25  # errors written back per refresh, so that documents do not wait; the next refresh writes more


class RuleCache:
    """One a process, so that the rules are read and prepared once for many documents."""

    def __init__(self, store: Rules, now: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._now = now
        self._until = float("-inf")
        self._queries: list[tuple[str, str]] = []
        self._rules = RuleSet([])

    def add_matches(self, article: Article, enrichment: Enrichment) -> Enrichment:
        """The enrichment with the rules that the article satisfies, by name.

        Raises `Transient` where the rules cannot be read.
        """
        rules = self.current()
        if not len(rules):
            return enrichment
        matches, unlisted = rules.match_listed(SearchableDocument.of(article, enrichment), count_listed_rules)
        return enrichment.model_copy(update={"rules": matches, "rules_unlisted": unlisted})

    def removed(self, names: Iterable[str]) -> set[str]:
        """Those of the rules that are no longer in their table, whatever is kept here.

        Asks nothing where no name is given.
        """
        wanted = set(names)
        return wanted - self._store.existing(wanted) if wanted else set()

    def current(self) -> RuleSet:
        if self._now() >= self._until:
            self.refresh()
            self._until = self._now() + MAX_CACHE_SECONDS
        return self._rules

    def refresh(self) -> None:
        rules = sorted(self._store.enabled(), key=lambda rule: rule.name)
        queries = [(rule.name, rule.query) for rule in rules]
        if queries != self._queries:
            with garbage_collection_paused():
                self._rules = RuleSet(rules, self._rules.parsed)
            self._queries = queries
        self.report_errors(rules)

    def report_errors(self, rules: list[Rule]) -> None:
        """Writes the errors of rules beside them, where they changed.

        A failure to write is ignored: documents must not wait for this, and the next refresh tries again.
        """
        errors = self._rules.errors
        changed = [rule for rule in rules if rule.error != errors.get(rule.name)]
        with suppress(Transient):
            for rule in changed[:MAX_REPORTED_RULES]:
                self._store.mark(rule, errors.get(rule.name))


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """Preparing many rules makes many objects and no garbage: to look for some takes a fifth of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
