"""The whole path on this machine: documents per second, and seconds from upload to alert.

`.venv/bin/python -m tests.benchmarks.bench_path --documents 200` starts a stack of its own on the emulator.
"""

import argparse
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from infra.stack.readers.inbox import inbox
from infra.stack.target import Target
from shared.domain.documents import document_id
from tests.chaos.pages import small_page
from tests.own_stack import own_stack

WARM_UP = 8  # documents before anything is measured, to start every worker; by judgement
ONE_BY_ONE = 40  # documents that are measured alone; by judgement: two of them are slower than p95
MAX_WAIT = 600.0  # seconds for all alerts, far more than any run needed; by judgement
UPLOADERS = 8  # threads; by judgement
LATE_SHARE = 0.95  # the percentile that is printed as p95


class Bench:
    """Uploads pages, and waits for their alerts on a queue that is subscribed to everything."""

    def __init__(self, target: Target, box: Any) -> None:
        self._s3, self._bucket, self._box = target.client("s3"), target.output("PagesBucketName"), box
        self._arrived: dict[str, float] = {}

    def upload(self, name: str) -> tuple[str, float]:
        """The id of the document and the moment before its upload."""
        key = f"incoming/bench/{name}.html"
        started = time.perf_counter()
        self._s3.put_object(Bucket=self._bucket, Key=key, Body=small_page(f"Harbour report {name}"))
        return document_id(self._bucket, key), started

    def wait_for(self, documents: set[str]) -> None:
        """Until each document has its alert; raises `TimeoutError` past the deadline."""
        deadline = time.perf_counter() + MAX_WAIT
        while documents - self._arrived.keys():
            if time.perf_counter() > deadline:
                missing = len(documents - self._arrived.keys())
                raise TimeoutError(f"{missing} of {len(documents)} alerts did not come within {MAX_WAIT:.0f} s")
            for alert in self._box.receive(1):
                self._arrived.setdefault(alert["document_id"], time.perf_counter())

    def arrived(self, document: str) -> float:
        return self._arrived[document]


def one_by_one(bench: Bench, prefix: str, count: int) -> list[float]:
    """Seconds from upload to alert, one document at a time."""
    waits = []
    for number in range(count):
        document, started = bench.upload(f"{prefix}-{number}")
        bench.wait_for({document})
        waits.append(bench.arrived(document) - started)
    return waits


def at_once(bench: Bench, count: int) -> float:
    """Documents per second, from the first upload to the last alert."""
    started = time.perf_counter()
    with ThreadPoolExecutor(UPLOADERS) as pool:
        documents = {document for document, _ in pool.map(bench.upload, [f"load-{number}" for number in range(count)])}
    bench.wait_for(documents)
    return count / (max(bench.arrived(document) for document in documents) - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    count = parser.parse_args().documents
    with own_stack() as (_, target), inbox(target, {}) as box:
        bench = Bench(target, box)
        one_by_one(bench, "warm-up", WARM_UP)
        waits = sorted(one_by_one(bench, "single", ONE_BY_ONE))
        middle, late = statistics.median(waits), waits[int(LATE_SHARE * len(waits))]
        print(f"upload to alert, one at a time: p50 {middle:.2f} s  p95 {late:.2f} s")
        print(f"the whole path, {count} documents at once: {at_once(bench, count):.1f} per second (alerts are paced)")


if __name__ == "__main__":
    main()
