"""Many rules against one document: only rules whose rarest key the document has are checked."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from shared.domain.documents import RuleMatch
from shared.domain.rules import BadQuery, Rule, name_problem
from shared.rules.document import SearchableDocument
from shared.rules.highlight import Highlighter
from shared.rules.lookup_plan import RequiredKeys
from shared.rules.parser import parse
from shared.rules.query_tree import Node
from shared.rules.token_streams import RuleKeys, TokenizedDocument
from shared.text.stop_words import stop_words

STOP_WORD_USES = 1_000_000  # more than any stack has rules, so that a stop word is never the rarest key


class IndexEntry(NamedTuple):
    """One way to match a rule: a document has all keys of `needs`, and satisfies `rest` where there is one."""

    needs: RequiredKeys
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
            self.add_rule(rule, parsed or {})
        self._rule_keys = RuleKeys({key for root in self._roots for term in root.terms() for key in term.needs})
        self._index = index_by_rarest_key(self._roots)

    def add_rule(self, rule: Rule, parsed: Mapping[str, Node]) -> None:
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

    def match(self, document: SearchableDocument) -> list[RuleMatch]:
        """The rules that the document satisfies, in the order of the rules, each with the sentence that did it."""
        return self.match_listed(document, len)[0]

    def match_listed(
        self, document: SearchableDocument, how_many: Callable[[list[str]], int]
    ) -> tuple[list[RuleMatch], int]:
        """As many of the first of them as `how_many` takes of their names, and the count of the rest."""
        tokens = TokenizedDocument(document, self._rule_keys)
        hits = sorted(self.find_hits(tokens))
        listed = hits[: how_many([self._names[hit] for hit in hits])]
        highlighter = Highlighter(tokens)
        return [
            RuleMatch(rule=self._names[hit], sentence=highlighter.best_sentence(self._roots[hit])) for hit in listed
        ], len(hits) - len(listed)

    def find_hits(self, tokens: TokenizedDocument) -> set[int]:
        keys = tokens.keys
        hits: set[int] = set()
        for key in keys:
            for needs, rest, rule in self._index.get(key, ()):
                if rule not in hits and needs <= keys and (rest is None or rest.is_satisfied_by(tokens)):
                    hits.add(rule)
        return hits


def index_by_rarest_key(roots: list[Node]) -> dict[str, list[IndexEntry]]:
    """Each rule under one key of each of its alternatives.

    It is the key that fewest other rules need, and no stop word if there is a choice.
    """
    plans = [root.plan for root in roots]
    entries = [IndexEntry(needs, plan.rest, n) for n, plan in enumerate(plans) for needs in plan.alternatives]
    uses = Counter(key for entry in entries for key in entry.needs)
    for word in stop_words():
        uses[f":{word}"] += STOP_WORD_USES
        uses[f"text:{word}"] += STOP_WORD_USES
    index: dict[str, list[IndexEntry]] = {}
    for entry in entries:
        index.setdefault(min(entry.needs, key=lambda key: (uses[key], -len(key), key)), []).append(entry)
    return index
