"""What became of documents: waits for the newest version of each to be in the ledger."""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from infra.stack.records.documents import Item, find_many
from infra.stack.records.told_documents import find_with_alerts
from infra.stack.target import Target

_LISTED = (
    "outcome",
    "reason",
    "detail",
    "title",
    "topics",
    "site",
    "language",
    "source_key",
    "published_at",
    "processed_at",
)
SHOWN = (*_LISTED, "sequencer", "content_hash")
# Seconds between looks, by judgement: at first often, then rarely, so that a long wait costs few reads.
_PAUSE = 0.4
_MAX_PAUSE = 3.0


def versions(target: Target, document_ids: Sequence[str]) -> dict[str, str]:
    """The version that the ledger knows of each document now; an upload's outcome is there once that changes."""
    return {name: item.get("sequencer", "") for name, item in find_many(target, document_ids, ["sequencer"]).items()}


def watch(target: Target, before: Mapping[str, str | None], timeout: float) -> Iterator[dict[str, Item]]:
    """What has changed since `before`, at each look; ends when everything has, or after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    done: dict[str, Item] = {}
    pause = _PAUSE
    while True:
        waiting = [name for name in before if name not in done]
        found = find_with_alerts(target, waiting, SHOWN)
        fresh = {name: item for name, item in found.items() if item.get("sequencer") != before[name]}
        done |= fresh
        yield dict(done)
        if len(done) == len(before) or time.monotonic() >= deadline:
            return
        pause = _PAUSE if fresh else min(pause * 1.2, _MAX_PAUSE)
        time.sleep(min(pause, max(0.0, deadline - time.monotonic())))


def as_document(item: Mapping[str, Any]) -> dict[str, Any]:
    """Of an outcome, what a script may want to know."""
    return {name: item[name] for name in ("document_id", *_LISTED, "alerted_at") if name in item}
