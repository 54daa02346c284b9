"""A parsed query as a tree of terms, NOT, AND and OR: what it needs, and whether a document satisfies it.

Every node has the same members:

- `positive`: whether it asks for anything to be there (`NOT war` alone does not)
- `is_satisfied_by`: whether a document satisfies it
- `plan`: how documents that satisfy it are found by keys
- `terms`: all its terms, in the order of the query
- `collect_matches`: appends the terms by which a document satisfies it

Nodes are immutable, so that rules share them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from shared.rules.lookup_plan import LookupPlan, RequiredKeys
from shared.rules.query_term import QueryTerm
from shared.rules.token_streams import TokenizedDocument


@dataclass(frozen=True)
class Not:
    """What must not be there."""

    part: "Node"

    @property
    def positive(self) -> bool:
        return False

    def is_satisfied_by(self, document: TokenizedDocument) -> bool:
        return not self.part.is_satisfied_by(document)

    @property
    def plan(self) -> "LookupPlan[Node]":
        return LookupPlan([frozenset()], self)

    def terms(self) -> Iterator[QueryTerm]:
        return self.part.terms()

    def collect_matches(self, _document: TokenizedDocument, _matches: list[QueryTerm]) -> None:
        """Appends nothing: what is not there cannot be shown."""

    def __str__(self) -> str:
        return f"NOT {self.part}" if isinstance(self.part, QueryTerm) else f"NOT ({self.part})"


@dataclass(frozen=True)
class AllOf:
    parts: tuple["Node", ...]

    @property
    def positive(self) -> bool:
        return any(part.positive for part in self.parts)

    def is_satisfied_by(self, document: TokenizedDocument) -> bool:
        for part in self.parts:  # noqa: SIM110 - asked some hundred times per article; a generator costs more
            if not part.is_satisfied_by(document):
                return False
        return True

    @cached_property
    def plan(self) -> "LookupPlan[Node]":
        """What all parts share, joined to the narrowest choice among them; every other choice is left to `rest`."""
        plans = [part.plan for part in self.parts]
        shared = frozenset[str]().union(*[plan.alternatives[0] for plan in plans if len(plan.alternatives) == 1])
        forks = [plan for plan in plans if plan.is_fork]
        if not shared and not forks:
            forks = [plan for plan in plans if all(plan.alternatives)]
        fork = min(forks, key=lambda plan: len(plan.alternatives), default=None)
        alternatives = fork.alternatives if fork else [frozenset[str]()]
        asked = [
            part if plan is not fork and len(plan.alternatives) > 1 else plan.rest
            for part, plan in zip(self.parts, plans, strict=True)
        ]
        rest = tuple([part for part in asked if part])
        return LookupPlan(
            [shared | needs for needs in alternatives], AllOf(rest) if len(rest) > 1 else rest[0] if rest else None
        )

    def terms(self) -> Iterator[QueryTerm]:
        return (term for part in self.parts for term in part.terms())

    def collect_matches(self, document: TokenizedDocument, matches: list[QueryTerm]) -> None:
        for part in self.parts:
            part.collect_matches(document, matches)

    def __str__(self) -> str:
        return " AND ".join(f"({part})" if isinstance(part, AnyOf) else str(part) for part in self.parts)


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Node", ...]

    @property
    def positive(self) -> bool:
        return all(part.positive for part in self.parts)

    def is_satisfied_by(self, document: TokenizedDocument) -> bool:
        if self._settled is not None:
            keys = document.keys
            for needs in self._settled:  # noqa: SIM110 - see above
                if needs <= keys:
                    return True
            return False
        for part in self.parts:  # noqa: SIM110 - see above
            if part.is_satisfied_by(document):
                return True
        return False

    @cached_property
    def _settled(self) -> list[RequiredKeys] | None:
        """The alternatives, where to meet one whole is all that is asked."""
        return self.plan.alternatives if self.plan.rest is None else None

    @cached_property
    def plan(self) -> "LookupPlan[Node]":
        plans = [part.plan for part in self.parts]
        alternatives = list(dict.fromkeys(needs for plan in plans for needs in plan.alternatives))
        return LookupPlan(alternatives, self if any(plan.rest for plan in plans) else None)

    def terms(self) -> Iterator[QueryTerm]:
        return (term for part in self.parts for term in part.terms())

    def collect_matches(self, document: TokenizedDocument, matches: list[QueryTerm]) -> None:
        for part in self.parts:
            if part.is_satisfied_by(document):
                part.collect_matches(document, matches)

    def __str__(self) -> str:
        return " OR ".join(f"({part})" if isinstance(part, AllOf) else str(part) for part in self.parts)


Node = QueryTerm | Not | AllOf | AnyOf
