"""Many rules against one document: only rules whose rarest requirement the document meets are looked at."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from functions.enrich.rules.document import WatchedDocument
from functions.enrich.rules.highlight import Evidence
from functions.enrich.rules.leaf import Needs
from functions.enrich.rules.parser import parse
from functions.enrich.rules.query_tree import Node
from functions.enrich.rules.token_streams import Reading, Vocabulary
from functions.enrich.text.stop_words import stop_words
from shared.domain.documents import RuleMatch
from shared.domain.rules import BadQuery, Rule, name_problem

_COMMON = 1_000_000


class _Entry(NamedTuple):
    """One way in which a rule may match: where a document meets all that it `needs`, `rest` decides, or nothing more is asked."""

    needs: Needs
    rest: Node | None
    rule: int


class RuleSet:
    """Rules ready to match. Immutable; `errors` says for each rule that was skipped why."""

    def __init__(self, rules: Iterable[Rule], parsed: Mapping[str, Node] | None = None) -> None:
        """`parsed` are trees by query that an earlier set has already; a query that is not among them is parsed."""
        self.errors: dict[str, str] = {}
        self.parsed: dict[str, Node] = {}
        self._names: list[str] = []
        self._roots: list[Node] = []
        for rule in rules:
            self._take(rule, parsed or {})
        self._vocabulary = Vocabulary({key for root in self._roots for leaf in root.leaves() for key in leaf.needs})
        self._index = _index(self._roots)

    def _take(self, rule: Rule, parsed: Mapping[str, Node]) -> None:
        problem = name_problem(rule.name)
        if problem:
            self.errors[rule.name] = problem
            return
        try:
            root = parsed.get(rule.query) or parse(rule.query)
        except BadQuery as fault:
            self.errors[rule.name] = str(fault)
            return
        self.parsed[rule.query] = root
        self._names.append(rule.name)
        self._roots.append(root)

    def __len__(self) -> int:
        return len(self._names)

    def match(self, document: WatchedDocument) -> list[RuleMatch]:
        """The rules that the document satisfies, in the order of the rules, each with the sentence that did it."""
        return self.match_listed(document, len)[0]

    def match_listed(
        self, document: WatchedDocument, how_many: Callable[[list[str]], int]
    ) -> tuple[list[RuleMatch], int]:
        """As many of the first of them as `how_many` takes of their names, and the count of the rest."""
        reading = Reading(document, self._vocabulary)
        hits = sorted(self._hits(reading))
        listed = hits[: how_many([self._names[hit] for hit in hits])]
        evidence = Evidence(reading)
        return [RuleMatch(rule=self._names[hit], sentence=evidence.of(self._roots[hit])) for hit in listed], len(
            hits
        ) - len(listed)

    def _hits(self, reading: Reading) -> set[int]:
        keys = reading.keys
        hits: set[int] = set()
        for key in keys:
            for needs, rest, rule in self._index.get(key, ()):
                if rule not in hits and needs <= keys and (rest is None or rest.holds(reading)):
                    hits.add(rule)
        return hits


def _index(roots: list[Node]) -> dict[str, list[_Entry]]:
    """Each rule under one key of each of its alternatives: the one that fewest other rules need, never a stop word if there is a choice."""
    plans = [root.plan for root in roots]
    entries = [_Entry(needs, plan.rest, n) for n, plan in enumerate(plans) for needs in plan.alternatives]
    uses = Counter(key for entry in entries for key in entry.needs)
    for word in stop_words():
        uses[f":{word}"] += _COMMON
        uses[f"text:{word}"] += _COMMON
    index: dict[str, list[_Entry]] = {}
    for entry in entries:
        index.setdefault(min(entry.needs, key=lambda key: (uses[key], -len(key), key)), []).append(entry)
    return index
