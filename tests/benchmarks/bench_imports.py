"""Milliseconds to import each handler, and to import only the libraries that it cannot do without.

`.venv/bin/python -m tests.benchmarks.bench_imports` starts a new process for each import.
"""

import statistics
import subprocess
import sys
import time

RUNS = 9  # pairs of imports per handler; by judgement
POWERTOOLS = (
    "from aws_lambda_powertools import Logger, Metrics; "
    "from aws_lambda_powertools.utilities.batch import BatchProcessor"
)
BASE = f"import boto3, pydantic; {POWERTOOLS}"
# Module, libraries that it needs, and the ratio of times that we aim at, by judgement.
HANDLERS = {
    "extract": ("functions.extract.handler", f"{BASE}; import trafilatura", 1.4),
    "enrich": ("functions.enrich.handler", BASE, 1.3),
    "notify": ("functions.notify.handler", BASE, 1.3),
}


def seconds(code: str) -> float:
    """From start to end of a new process that runs the code."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - started


def compare_imports(handler: str, base: str) -> tuple[float, float, float]:
    """Seconds of the handler, seconds of its libraries, and their ratio: each a median, without the start of Python.

    They take turns, so that a busy machine slows both alike.
    """
    pairs = []
    for _ in range(RUNS):
        start = seconds("pass")
        pairs.append((seconds(f"import {handler}") - start, seconds(base) - start))
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    return ours, theirs, statistics.median(a / b for a, b in pairs)


def main() -> None:
    print(f"{'handler':<10}{'import':>10}{'base':>10}{'ratio':>8}{'aim':>8}")
    for name, (handler, base, aim) in HANDLERS.items():
        ours, theirs, ratio = compare_imports(handler, base)
        print(f"{name:<10}{ours * 1000:>7.0f} ms{theirs * 1000:>7.0f} ms{ratio:>8.2f}{aim:>8.2f}")


if __name__ == "__main__":
    main()
