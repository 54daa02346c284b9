"""Milliseconds to join an article to its story, beyond the names and the fingerprint that enrich finds anyway.

`.venv/bin/python -m tests.benchmarks.bench_stories` prints CPU time: the median over long articles that share rare words
with eight others, so that each is compared with as many as an article may be. The aim is 3 ms (decision 0023).
"""

import statistics
import sys
import time
from dataclasses import replace
from datetime import date

from functions.enrich.names.find import find_names
from functions.enrich.stories.in_memory import StoriesInMemory
from functions.enrich.stories.joining import join
from functions.enrich.stories.lookup import MAX_CANDIDATES, read_keys, written_keys
from functions.enrich.stories.reading.document import StoryText, prepare_document
from functions.enrich.stories.reading.packing import pack_sketch, unpack_sketch
from functions.enrich.stories.reading.term_counts import starting_counts
from functions.enrich.text.fingerprint import fingerprint
from tests.benchmarks.bench_enrich import articles

DAY = date(2026, 3, 2)
ROUNDS = 9  # runs per article, of which the median counts; by judgement


def story_text(number: int, text: str) -> StoryText:
    title = " ".join(text.split()[:9])
    return StoryText(f"{number:032x}", title, text, DAY, "en", find_names(text), fingerprint(text))


def copies_of(text: StoryText) -> list[StoryText]:
    """As many other versions as an article is compared with at most."""
    return [
        replace(text, document_id=f"{text.document_id[:-2]}{number:02x}", title=f"{text.title} {number}")
        for number in range(100, 100 + MAX_CANDIDATES)
    ]


def milliseconds(stories: StoriesInMemory, text: StoryText) -> dict[str, float]:
    """CPU time of each step of one article."""
    started = time.process_time()
    document = prepare_document(text, stories.counts)
    keys = [*written_keys(document, stories.counts), *read_keys(document, stories.counts)]
    prepared = time.process_time()
    packed = pack_sketch(document.sketch)
    candidates = stories.candidates(document)
    found = time.process_time()
    for _ in candidates:
        unpack_sketch(packed)
    unpacked = time.process_time()
    join(document, candidates, stories.counts)
    joined = time.process_time()
    assert keys
    assert len(candidates) == MAX_CANDIDATES
    steps = {"sketch and keys": prepared - started, "rows": unpacked - found, "comparing": joined - unpacked}
    return {name: seconds * 1_000 for name, seconds in steps.items()}


def main() -> None:
    texts = [story_text(number * 256, text) for number, text in enumerate(articles())]
    stories = StoriesInMemory(starting_counts("en"))
    for text in texts:
        for copy in copies_of(text):
            stories.add(copy)
    runs = [milliseconds(stories, text) for text in texts for _ in range(ROUNDS)]
    for name in runs[0]:
        sys.stdout.write(f"{name:<20}{statistics.median(run[name] for run in runs):>8.2f} ms\n")
    sys.stdout.write(f"{'together':<20}{statistics.median(sum(run.values()) for run in runs):>8.2f} ms (aim: 3)\n")


if __name__ == "__main__":
    main()
