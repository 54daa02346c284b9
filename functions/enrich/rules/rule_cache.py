"""The rules in force: read from their table, kept for half a minute, and said to be wrong there where they are."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from functions.enrich.rules.document import WatchedDocument
from functions.enrich.rules.matcher import RuleSet
from shared.domain.documents import Article, Enrichment
from shared.domain.errors import Transient
from shared.domain.rules import Rule, how_many_fit
from shared.ports import Rules

SECONDS_KEPT = 30.0
MOST_MARKS = 25


class RuleBook:
    """One a process, so that the rules are read and prepared once for many documents."""

    def __init__(self, store: Rules, now: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._now = now
        self._until = float("-inf")
        self._queries: list[tuple[str, str]] = []
        self._rules = RuleSet([])

    def watch(self, article: Article, enrichment: Enrichment) -> Enrichment:
        """The enrichment with the rules that the article satisfies, by name; raises `Transient` where they cannot be read."""
        rules = self.current()
        if not len(rules):
            return enrichment
        matches, unlisted = rules.match_listed(WatchedDocument.of(article, enrichment), how_many_fit)
        return enrichment.model_copy(update={"rules": matches, "rules_unlisted": unlisted})

    def current(self) -> RuleSet:
        if self._now() >= self._until:
            self._reload()
            self._until = self._now() + SECONDS_KEPT
        return self._rules

    def _reload(self) -> None:
        rules = sorted(self._store.enabled(), key=lambda rule: rule.name)
        queries = [(rule.name, rule.query) for rule in rules]
        if queries != self._queries:
            with _collector_paused():
                self._rules = RuleSet(rules, self._rules.parsed)
            self._queries = queries
        self._mark(rules)

    def _mark(self, rules: list[Rule]) -> None:
        """Writes what changed about rules' soundness beside them. Documents never wait for this: a failure is made good later."""
        errors = self._rules.errors
        changed = [rule for rule in rules if rule.error != errors.get(rule.name)]
        with suppress(Transient):
            for rule in changed[:MOST_MARKS]:
                self._store.mark(rule, errors.get(rule.name))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Preparing many rules makes many objects and no garbage: to look for some takes a fifth of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
