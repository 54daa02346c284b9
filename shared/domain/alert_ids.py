"""The identity of an alert: what it says, and what readers were told before it, or perhaps were."""

import hashlib
from collections.abc import Sequence
from itertools import groupby


def alert_id(document_id: str, content_hash: str, last_id: str, perhaps_told: Sequence[str]) -> str:
    """32 hex digits, the same for every attempt to send one alert.

    `last_id` is the alert that was sent last, `perhaps_told` the contents that were claimed since then in order: their
    attempts may have reached readers. The attempts of this very alert come last and change nothing: A, B, then A again
    are three alerts, and A, A, A is one.
    """
    claimed = [content for content, _ in groupby(perhaps_told)]
    before = claimed[:-1] if claimed[-1:] == [content_hash] else claimed
    named = "/".join([document_id, content_hash, last_id, *before])
    return hashlib.sha256(named.encode()).hexdigest()[:32]
