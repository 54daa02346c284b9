"""Milliseconds per page for extraction, and for trafilatura alone on the same pages in the same run.

`.venv/bin/python -m tests.benchmarks.bench_extract [FOLDER]` prints CPU time over the corpus, or over a folder of pages
(`.html` or `.html.gz`). Of two runs per page the faster counts.
"""

import gzip
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from trafilatura import bare_extraction

from functions.extract.page_text import extract_article
from shared.domain.errors import Rejected
from tests.corpus.truth import read_corpus

ROUNDS = 2  # runs per page, of which the faster counts: the other may have waited for the machine


def pages(folder: str = "") -> list[bytes]:
    """The articles of the corpus, or every page of a folder."""
    if not folder:
        return [page.body for page in read_corpus() if page.is_article]
    return [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in sorted(Path(folder).glob("*.html*"))
    ]


def extract_or_refuse(body: bytes) -> None:
    """Extraction of one page; a refusal is an answer too."""
    try:
        extract_article(body)
    except Rejected:
        return


def milliseconds(work: Callable[[bytes], object], body: bytes) -> float:
    """CPU time of the fastest of some runs."""
    runs = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work(body)
        runs.append((time.process_time() - started) * 1000)
    return min(runs)


def measure(bodies: list[bytes]) -> dict[str, list[float]]:
    """Milliseconds of every page for both ways. They take turns, so that a busy machine slows both alike.

    The first page is read once more before all others, and that run does not count.
    """
    ways: dict[str, Callable[[bytes], object]] = {"clipwire": extract_or_refuse, "bare trafilatura": bare_extraction}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for body in bodies[:1] + bodies:
        for name, work in ways.items():
            taken[name].append(milliseconds(work, body))
    return {name: times[1:] for name, times in taken.items()}


def main() -> None:
    taken = measure(pages(*sys.argv[1:2]))
    for name, times in taken.items():
        sys.stdout.write(
            f"{name:18} median {statistics.median(times):7.1f} ms   total {sum(times):8.0f} ms   {len(times)} pages\n"
        )


if __name__ == "__main__":
    main()
