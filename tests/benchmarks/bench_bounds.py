"""Seconds and megabytes of extraction for the most expensive pages that it accepts, each in a process of its own.

`.venv/bin/python -m tests.benchmarks.bench_bounds [SHAPE ...]` prints the CPU time for half the page and for the whole
page, their ratio, and the peak of memory with all imports. A ratio far above 2 means that the work grows faster than
the page. `OVER` marks a page past what decision 0014 allows.
"""

import subprocess
import sys

from tests.corpus.costliest import SHAPES

# What one accepted page may cost, imports included: decision 0014.
MAX_SECONDS = 3.5  # CPU time
MAX_MEGABYTES = 280  # peak of the process
MIN_COMPARED_SECONDS = 0.01  # a shorter half counts as this long; by judgement
ONE_PAGE = """
import sys, time
import functions.extract.handler
from functions.extract.page_text import extract_article
from shared.domain.errors import Rejected
from tests.corpus.costliest import SHAPES
body = SHAPES[sys.argv[1]](float(sys.argv[2]))
started = time.process_time()
try:
    end = f"published, {len(extract_article(body).model_dump_json().encode()):,} bytes"
except Rejected as rejected:
    end = str(rejected.reason)
taken = time.process_time() - started
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(taken, peak / 1024, end, sep=";")
"""


def measure_shape(shape: str, share: float = 1.0) -> tuple[float, float, str]:
    """CPU seconds, megabytes at the peak, and how the page ended."""
    ran = subprocess.run(
        [sys.executable, "-c", ONE_PAGE, shape, str(share)], check=True, capture_output=True, text=True
    )
    seconds, megabytes, end = ran.stdout.strip().split(";")
    return float(seconds), float(megabytes), end


def main() -> None:
    print(f"{'shape':26}{'half':>9}{'whole':>9}{'growth':>8}{'peak':>9}   end")
    for shape in sys.argv[1:] or SHAPES:
        half, _, _ = measure_shape(shape, 0.5)
        seconds, megabytes, end = measure_shape(shape)
        over = "  OVER" if seconds > MAX_SECONDS or megabytes > MAX_MEGABYTES else ""
        growth = seconds / max(half, MIN_COMPARED_SECONDS)
        figures = f"{half:>7.2f} s{seconds:>7.2f} s{growth:>8.1f}{megabytes:>6.0f} MB"
        print(f"{shape:26}{figures}   {end}{over}", flush=True)


if __name__ == "__main__":
    main()
