"""Seconds and memory of extraction on the dearest pages that are accepted, each in a fresh process, beside what its decision allows.

`.venv/bin/python -m tests.benchmarks.bench_bounds [SHAPE ...]`; processor time, peak memory with all imports, and how the time grows from
half the page to all of it: work that grows faster than the page would show here first.
"""

import subprocess
import sys

from tests.corpus.costliest import SHAPES

MOST_SECONDS = 3.5
MOST_MEGABYTES = 280
ONE = """
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


def measured(shape: str, share: float = 1.0) -> tuple[float, float, str]:
    """Seconds, megabytes and how it ended."""
    ran = subprocess.run([sys.executable, "-c", ONE, shape, str(share)], check=True, capture_output=True, text=True)
    seconds, megabytes, end = ran.stdout.strip().split(";")
    return float(seconds), float(megabytes), end


def main() -> None:
    print(f"{'shape':26}{'half':>9}{'whole':>9}{'growth':>8}{'peak':>9}   end")
    for shape in sys.argv[1:] or SHAPES:
        half, _, _ = measured(shape, 0.5)
        seconds, megabytes, end = measured(shape)
        over = "  OVER" if seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES else ""
        print(
            f"{shape:26}{half:>7.2f} s{seconds:>7.2f} s{seconds / max(half, 0.01):>8.1f}{megabytes:>6.0f} MB   {end}{over}",
            flush=True,
        )


if __name__ == "__main__":
    main()
