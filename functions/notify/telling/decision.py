"""What the policy of telling can decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.domain.messages import Change
from shared.domain.told import Claim, Told, ToldDocument


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody is alerted. `told` is what has to be noted all the same, None where nothing has to be."""

    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Another worker holds the claim that is needed, for so many seconds at most."""

    seconds: int


@dataclass(frozen=True, slots=True)
class FinishFirst:
    """The claim of another document of the story expired: its readers have to hear before this one can be told."""

    document_id: str


@dataclass(frozen=True, slots=True)
class Tell:
    """An alert is to be sent, once `told`, which has its claim, is written.

    `before` is what was told of the document until now. `claim.audience` gets the alert whatever the limits,
    `claim.fresh` within them.
    """

    told: Told
    before: ToldDocument
    claim: Claim
    changes: Sequence[Change] = ()


Decision = Silence | Wait | FinishFirst | Tell
