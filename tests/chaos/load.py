"""Thousands of documents at once through a stack of its own on the emulator: is anything lost, does it slow down, does
it grow?

.venv/bin/python -m tests.chaos.load --documents 1000 5000 20000 --seed 1
"""

import argparse
import sys
import time
from collections.abc import Mapping
from typing import Any

from infra.stack.readers.inbox import inbox
from tests.chaos.load_plan import Plan
from tests.chaos.load_report import Loaded, report
from tests.chaos.load_run import Load
from tests.own_stack import own_stack

Records = Mapping[str, Mapping[str, Any]]
_SHOWN = 10
# What every run gives anew, and what depends on whether an earlier edition was still alerted.
_VARYING = {
    "sequencer",
    "processed_at",
    "processed_on",
    "timeline_at",
    "correlation_id",
    "alert_id",
    "alerted_at",
}


def run(plan: Plan, until: float, ahead: int = 0) -> tuple[Loaded, Records]:
    with own_stack() as (home, target), inbox(target, {}) as box:
        load = Load(plan, home, target, until, ahead)
        return load.run(box), load.records()


def compare_orders(documents: int, seed: int, until: float) -> int:
    """The same documents in two orders of arrival: 0 where the records are the same and both runs were sound."""
    (first, records), (second, others) = (run(Plan(documents, seed, order), until) for order in (0, 1))
    different = differences(records, others)
    fields = sum(len(record.keys() - _VARYING) for record in records.values())
    sys.stdout.write(
        f"{len(records)} records in two orders of arrival: {fields} fields compared, {len(different)} differ\n"
    )
    sys.stdout.write("".join(f"! {line}\n" for line in different[:_SHOWN]))
    return len(different) + (not first.sound) + (not second.sound)


def differences(one: Records, other: Records) -> list[str]:
    """Documents and fields that two runs recorded differently, but for those that every run gives anew."""
    found = []
    for document in sorted({*one, *other}):
        here, there = one.get(document, {}), other.get(document, {})
        found += [
            f"{document} {name}: {here.get(name)!r} and {there.get(name)!r}"
            for name in sorted({*here, *there} - _VARYING)
            if here.get(name) != there.get(name)
        ]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 5_000, 20_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--orders", type=int, default=0, metavar="N", help="first compare the records of N documents in two orders"
    )
    parser.add_argument(
        "--minutes", type=float, default=24 * 60, help="stop a run that takes longer, and say how far it came"
    )
    parser.add_argument(
        "--ahead", type=int, default=0, metavar="N", help="let no more than N uploads wait for extract, not all at once"
    )
    given = parser.parse_args()
    failed = compare_orders(given.orders, given.seed, time.time() + 60 * given.minutes) if given.orders else 0
    for documents in given.documents:
        loaded, _ = run(Plan(documents, given.seed), time.time() + 60 * given.minutes, given.ahead)
        sys.stdout.write(report(given.seed, loaded) + "\n\n")
        sys.stdout.flush()
        failed += not loaded.sound
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
