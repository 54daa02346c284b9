"""Reconciling a bucket of a thousand and of several thousand objects on the emulator: objects per second, peak memory.

`.venv/bin/python -m tests.benchmarks.bench_reconcile --objects 1000 4000`
"""

import argparse
import resource
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from hashlib import md5

from functions.reconcile.ports import Position
from functions.reconcile.record_states import successor
from infra.cli.commands.reconcile import reconciler
from infra.stack.target import Target
from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.domain.documents import Outcome, Record, document_id
from shared.times import iso_utc
from tests.own_stack import own_stack

PREFIX = "incoming/reconcile/"
OBJECTS_PER_LOST_ONE = 100  # one object in so many has no record; by judgement, as after a short outage
UPLOADERS = 8  # threads that fill the bucket


def fill(target: Target, first: int, last: int) -> None:
    """Puts objects into the bucket without any event, and a record into the table for all but one in a hundred."""
    bucket, s3 = target.output("PagesBucketName"), target.client("s3")
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})
    ledger = DynamoDbRecords(target.client("dynamodb"), target.output("RecordsTableName"))

    def add(number: int) -> None:
        key, body = f"{PREFIX}{number:06d}.html", f"<p>Page {number}</p>".encode()
        s3.put_object(Bucket=bucket, Key=key, Body=body)
        if number % OBJECTS_PER_LOST_ONE:
            ledger.write(record(bucket, key, md5(body, usedforsecurity=False).hexdigest()))

    with ThreadPoolExecutor(UPLOADERS) as pool:
        list(pool.map(add, range(first, last)))


def record(bucket: str, key: str, etag: str) -> Record:
    now = iso_utc(time.time())
    return Record(
        document_id=document_id(bucket, key),
        outcome=Outcome.REJECTED,
        sequencer=successor(""),
        source_bucket=bucket,
        source_key=key,
        etag=etag,
        processed_at=now,
        processed_on=now[:10],
        pipeline_version="0",
        correlation_id="bench",
    )


def measure(port: int) -> str:
    """One whole run; the caller starts it in a process of its own, so that the peak of memory is that of the run."""
    run = reconciler(Target(port), PREFIX, 0, dry_run=True)
    begun, seen, found = time.perf_counter(), 0, Counter[str]()
    for step in run.steps(Position()):
        seen += step.seen
        found.update(finding.kind for finding in step.findings)
    took = time.perf_counter() - begun
    usage = resource.getrusage(resource.RUSAGE_SELF)
    peak, cpu = usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime
    times = f"{took:>8.1f} s{seen / took:>8.0f} per second{cpu:>7.1f} s of CPU time"
    return f"{seen:>7} objects and records{times}{peak:>6.0f} MB peak; found {dict(found)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--objects", type=int, nargs="+", default=[500, 2_000])
    parser.add_argument("--measure", type=int, metavar="PORT", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(measure(given.measure))
        return
    with own_stack() as (_, target):
        there = 0
        for objects in given.objects:
            fill(target, there, objects)
            there = objects
            subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.bench_reconcile", "--measure", str(target.local_port)],
                check=True,
            )


if __name__ == "__main__":
    main()
