"""A parsed query as a tree: what it needs, and whether a document satisfies it.

Every node can say: `positive`, whether it asks for anything to be there; `holds`, whether a document satisfies it; `plan`, how to find
out by keys; `leaves`, all its terms; `testify`, which notes the terms by which it holds for a document.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from functions.enrich.rules.leaf import Leaf, Needs, Plan
from functions.enrich.rules.token_streams import Reading


@dataclass(frozen=True)
class Not:
    """What must not be there."""

    part: "Node"

    @property
    def positive(self) -> bool:
        return False

    def holds(self, reading: Reading) -> bool:
        return not self.part.holds(reading)

    @property
    def plan(self) -> Plan:
        return Plan([frozenset()], self)

    def leaves(self) -> Iterator[Leaf]:
        return self.part.leaves()

    def testify(self, _reading: Reading, _witnesses: list[Leaf]) -> None:
        """What is not there is no witness."""

    def __str__(self) -> str:
        return f"NOT {self.part}" if isinstance(self.part, Leaf) else f"NOT ({self.part})"


@dataclass(frozen=True)
class AllOf:
    parts: tuple["Node", ...]

    @property
    def positive(self) -> bool:
        return any(part.positive for part in self.parts)

    def holds(self, reading: Reading) -> bool:
        for part in self.parts:  # noqa: SIM110 - some hundred rules ask this of one article, and a generator costs more than the asking
            if not part.holds(reading):
                return False
        return True

    @cached_property
    def plan(self) -> Plan:
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
        return Plan(
            [shared | needs for needs in alternatives], AllOf(rest) if len(rest) > 1 else rest[0] if rest else None
        )

    def leaves(self) -> Iterator[Leaf]:
        return (leaf for part in self.parts for leaf in part.leaves())

    def testify(self, reading: Reading, witnesses: list[Leaf]) -> None:
        for part in self.parts:
            part.testify(reading, witnesses)

    def __str__(self) -> str:
        return " AND ".join(f"({part})" if isinstance(part, AnyOf) else str(part) for part in self.parts)


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Node", ...]

    @property
    def positive(self) -> bool:
        return all(part.positive for part in self.parts)

    def holds(self, reading: Reading) -> bool:
        if self._settled is not None:
            keys = reading.keys
            for needs in self._settled:  # noqa: SIM110 - see above
                if needs <= keys:
                    return True
            return False
        for part in self.parts:  # noqa: SIM110 - see above
            if part.holds(reading):
                return True
        return False

    @cached_property
    def _settled(self) -> list[Needs] | None:
        """The alternatives, where to meet one whole is all that is asked."""
        return self.plan.alternatives if self.plan.rest is None else None

    @cached_property
    def plan(self) -> Plan:
        plans = [part.plan for part in self.parts]
        alternatives = list(dict.fromkeys(needs for plan in plans for needs in plan.alternatives))
        return Plan(alternatives, self if any(plan.rest for plan in plans) else None)

    def leaves(self) -> Iterator[Leaf]:
        return (leaf for part in self.parts for leaf in part.leaves())

    def testify(self, reading: Reading, witnesses: list[Leaf]) -> None:
        for part in self.parts:
            if part.holds(reading):
                part.testify(reading, witnesses)

    def __str__(self) -> str:
        return " OR ".join(f"({part})" if isinstance(part, AllOf) else str(part) for part in self.parts)


Node = Leaf | Not | AllOf | AnyOf
