"""Counts the terms of the texts that we wrote to train topics: python -m infra.training.stories.background.

Writes `functions/enrich/stories/reading/backgrounds/LANGUAGE.bin`, from which each new stack starts. The same texts
give the same bytes.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from functions.enrich.stories.lookup import LANGUAGES
from functions.enrich.stories.reading.term_counts import BACKGROUNDS, TermCounts
from functions.enrich.stories.reading.terms import terms_of
from functions.enrich.text.fact_words import fact_words

TOPICS = Path(__file__).parents[1] / "topics"
TOPIC_LINE = re.compile(r"^\[[a-z-]+\]\n", re.MULTILINE)  # above the texts of a topic


def main() -> None:
    for language in sorted(LANGUAGES):
        (BACKGROUNDS / f"{language}.bin").write_bytes(count_terms(language).to_bytes())


def count_terms(language: str) -> TermCounts:
    counts, stem = TermCounts(), fact_words(language).stem
    for text in written_texts(language):
        counts.add(frozenset(terms_of(text, stem)))
    return counts


def written_texts(language: str) -> Iterator[str]:
    """Each text with its headline; an empty line stands between two texts."""
    for path in written_files(language):
        texts = TOPIC_LINE.sub("", path.read_text(encoding="utf-8")).split("\n\n")
        yield from filter(str.strip, texts)


def written_files(language: str) -> Iterable[Path]:
    """English has a file for each topic, other languages have one file."""
    if language == "en":
        return sorted((TOPICS / "written").glob("*.txt"))
    return [TOPICS / "languages" / language / "written.txt"]


if __name__ == "__main__":
    main()
