"""A finding as the notification that S3 would have sent."""

import json
from urllib.parse import quote_plus

from functions.reconcile.record_states import Finding
from shared.times import iso_utc


def notification(bucket: str, finding: Finding, now: float, *, reprocess: bool = False) -> str:
    """In S3's shape, but for its source, so that a person who reads it in a queue sees who sent it."""
    event = "ObjectRemoved:Delete" if finding.kind == "orphaned" else "ObjectCreated:Put"
    stored = {
        "key": quote_plus(finding.key, safe="/"),
        "size": finding.size,
        "eTag": finding.etag,
        "sequencer": finding.sequencer,
    }
    change = {
        "eventVersion": "2.1",
        "eventSource": "clipwire",
        "eventTime": iso_utc(now),
        "eventName": event,
        "s3": {"bucket": {"name": bucket}, "object": stored},
    }
    return json.dumps({"Records": [{**change, "reprocess": True} if reprocess else change]})
