"""What the stories table keeps of a document, so that later copies find it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoryDecision:
    """The story of a document. `probability` and `evidence` say why, where it is not the document's own.

    `perhaps_same_story` names a story that it may belong to as well.
    """

    story_id: str
    probability: float | None = None
    evidence: str | None = None
    perhaps_same_story: str | None = None


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A document as joining compares it: its day (ISO), the keys by which it is found, and its packed sketch.

    `decision` is None while its worker still compares.
    """

    document_id: str
    sequencer: str
    day: str
    keys: tuple[str, ...]
    sketch: bytes
    decision: StoryDecision | None = None


@dataclass(frozen=True, slots=True)
class StoredCounts:
    """In how many documents each term stood, packed; `revision` counts its writes."""

    packed: bytes
    revision: int
