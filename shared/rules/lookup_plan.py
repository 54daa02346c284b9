"""How documents that satisfy a part of a query are found by keys."""

from typing import Generic, NamedTuple, TypeVar

# An OR of more alternatives is not looked up by key. By judgement, not measured: checking each document costs less.
MAX_ALTERNATIVES = 16

RequiredKeys = frozenset[str]
Rest = TypeVar("Rest", covariant=True)  # noqa: PLC0105 - the name says what it is


class LookupPlan(NamedTuple, Generic[Rest]):
    """The keys to look up, and what is left to check.

    A document that satisfies the part of the query has all keys of at least one of `alternatives`. A document that has
    them satisfies it if it satisfies `rest`, or at once where there is no rest.
    """

    alternatives: list[RequiredKeys]
    rest: Rest | None

    @property
    def is_fork(self) -> bool:
        """Whether there are several alternatives, few enough to look each of them up."""
        return 1 < len(self.alternatives) <= MAX_ALTERNATIVES and all(self.alternatives)
