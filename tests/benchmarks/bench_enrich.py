"""Milliseconds per article for every part of enrichment, and how long the first article of a process waits.

`.venv/bin/python -m tests.benchmarks.bench_enrich` prints CPU time: the median over articles of about 800 words.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from functions.enrich.names.find import find_names
from functions.enrich.text.fingerprint import fingerprint
from functions.enrich.text.key_phrases import key_phrases
from functions.enrich.text.reading_time import count_words, reading_minutes
from functions.enrich.text.summary import summarise
from functions.enrich.topics.rank import rank_topics

ARTICLES = Path(__file__).parents[1] / "quality" / "articles.txt"
SHORT_ARTICLES_IN_ONE = 6  # six of about 130 words have the length of an ordinary report
ROUNDS = 5  # runs per article, of which the median counts; by judgement
FIRST_CALLS = 3  # processes per part; the fastest counts, as the others waited for the machine

PARTS: dict[str, Callable[[str], object]] = {
    "names": find_names,
    "summary": lambda text: summarise("", text),
    "key phrases": lambda text: key_phrases("", text),
    "word count, reading time": lambda text: (count_words(text), reading_minutes(text)),
    "fingerprint": fingerprint,
    "topics": lambda text: rank_topics("", text),
}
COLD = {
    "names": "from functions.enrich.names import find_names as part",
    "topics": "from functions.enrich.topics import rank_topics as f\npart = lambda text: f('', text)",
    "fingerprint": "from functions.enrich.text.fingerprint import fingerprint as part",
}


def articles() -> list[str]:
    """Long articles, each made of several short ones of the quality tests."""
    short = [block.partition("\n")[2].strip() for block in ARTICLES.read_text(encoding="utf-8").split("\n== ")[1:]]
    return [
        "\n\n".join(short[i : i + SHORT_ARTICLES_IN_ONE])
        for i in range(0, len(short) - SHORT_ARTICLES_IN_ONE + 1, SHORT_ARTICLES_IN_ONE)
    ]


def milliseconds(part: Callable[[str], object], texts: list[str]) -> float:
    """The median over all texts and rounds, after a first call that loads the data."""
    part(texts[0])
    return statistics.median(time_call(part, text) for text in texts for _ in range(ROUNDS))


def time_call(part: Callable[[str], object], text: str) -> float:
    """Milliseconds of CPU time for one call."""
    start = time.process_time()
    part(text)
    return (time.process_time() - start) * 1000


def first_call(code: str) -> float:
    """Milliseconds from import to the first answer in a new process, without the start of Python and of pydantic."""
    lines = [
        "import time, shared.domain.documents",
        "s = time.process_time()",
        code,
        "part('Rain fell.')",
        "print((time.process_time() - s) * 1000)",
    ]
    runs = [
        subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True).stdout
        for _ in range(FIRST_CALLS)
    ]
    return min(map(float, runs))


def main() -> None:
    texts = articles()
    words = statistics.median(len(text.split()) for text in texts)
    rows = [
        f"{len(texts)} articles of about {words:.0f} words",
        f"{'part':<28}{'ms per article':>16}{'first call, ms':>16}",
    ]
    for name, part in PARTS.items():
        cold = f"{first_call(COLD[name]):.0f}" if name in COLD else ""
        rows.append(f"{name:<28}{milliseconds(part, texts):>16.2f}{cold:>16}")
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
