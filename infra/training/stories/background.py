"""Counts the terms of the texts that we wrote to train topics: python -m infra.training.stories.background.

Writes `functions/enrich/stories/reading/background.bin`, from which each new stack starts. The same texts give the same
bytes.
"""

from collections.abc import Iterator
from pathlib import Path

from functions.enrich.stories.reading.term_counts import BACKGROUND, TermCounts
from functions.enrich.stories.reading.terms import terms_of

WRITTEN = Path(__file__).parents[1] / "topics/written"


def main() -> None:
    counts = TermCounts()
    for text in written_texts():
        counts.add(frozenset(terms_of(text)))
    BACKGROUND.write_bytes(counts.to_bytes())


def written_texts() -> Iterator[str]:
    """Each text with its headline; an empty line stands between two texts."""
    for path in sorted(WRITTEN.glob("*.txt")):
        yield from filter(str.strip, path.read_text(encoding="utf-8").split("\n\n"))


if __name__ == "__main__":
    main()
