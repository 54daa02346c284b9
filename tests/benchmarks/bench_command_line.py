"""CPU seconds of commands that people type all day, beside those of the libraries that they cannot do without.

`.venv/bin/python -m tests.benchmarks.bench_command_line` starts a new process for each. `records` needs a local stack
that is up (`make run`), and is left out where none is.
"""

import os
import resource
import statistics
import subprocess
import sys

from infra.local import emulator
from infra.local.home import CLONE, Home

RUNS = 7  # pairs of processes per command; by judgement
BASE = [sys.executable, "-c", "import typer, rich, boto3"]
# Words, and the ratio of CPU times that we aim at, by judgement: less than half a second on a machine of today. Help is
# drawn by rich's Markdown; a list loads pydantic (by typer, for the first option) and the models of two AWS services.
COMMANDS = {"--help": 1.5, "records": 3.0, "show flood-lowmarsh.html": 3.0}


def cpu_seconds(command: list[str]) -> float:
    """What a new process and its children use, which a busy machine changes little."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(words: str) -> tuple[float, float, float]:
    """CPU seconds of the command and of the libraries, and their ratio: each a median. They take turns."""
    program = str(CLONE / ".venv" / "bin" / "clipwire")
    pairs = [(cpu_seconds([program, *words.split()]), cpu_seconds(BASE)) for _ in range(RUNS)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    return ours, theirs, statistics.median(a / b for a, b in pairs)


def main() -> None:
    is_up = emulator.find(Home.of_this_clone()) is not None
    print(f"{'command':<28}{'CPU':>10}{'base':>10}{'ratio':>8}{'aim':>8}")
    for words, aim in COMMANDS.items():
        if is_up or words.startswith("-"):
            ours, theirs, ratio = compare(words)
            print(f"{words:<28}{ours:>8.2f} s{theirs:>8.2f} s{ratio:>8.2f}{aim:>8.2f}")


if __name__ == "__main__":
    main()
