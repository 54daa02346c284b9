"""What subscribers are told of a record."""

import json
from collections.abc import Mapping, Sequence

from shared.domain.documents import Record
from shared.domain.messages import Alert
from shared.ports import AlertClaim

_LETTERS = 1_000
# SNS takes 262,144 bytes a message. Titles, summaries and the like take 72,000 at most. A rule's name stands in it three times, its
# sentence twice.
_RULE_BYTES = 170_000
_NAMED = 3
_AROUND_A_NAME = 24


def alert_of(record: Record, claim: AlertClaim) -> Alert:
    """Small enough for SNS: long fields are cut, the whole is in the record."""
    return Alert(
        alert_id=claim.alert_id,
        kind=claim.kind,
        document_id=record.document_id,
        title=record.title or "",
        standfirst=(record.standfirst or "")[:_LETTERS],
        summary=(record.summary or "")[:_LETTERS],
        site=record.site or "",
        url=record.url or "",
        language=record.language or "",
        published_at=record.published_at,
        topics=record.topics or [],
        topic_evidence=dict(record.topic_evidence or {}),
        rules=_fitting(record.rules or [], record.rule_sentences or {}),
        rules_unlisted=record.rules_unlisted,
        source_key=record.source_key,
        processed_at=record.processed_at,
    )


def _fitting(rules: Sequence[str], sentences: Mapping[str, str]) -> dict[str, str]:
    """Every rule, since someone may have asked for just this one; and of the sentences as many as have room, by the rules' names."""
    room = _RULE_BYTES - sum(_NAMED * len(rule.encode()) + _AROUND_A_NAME for rule in rules)
    told = {}
    for rule in rules:
        sentence = sentences.get(rule, "")
        room -= _bytes(sentence)
        told[rule] = sentence if room >= 0 else ""
    return told


def _bytes(sentence: str) -> int:
    """In the letter, and in JSON that is within JSON once more."""
    written = json.dumps(sentence, ensure_ascii=False)
    return len(written.encode()) + len(json.dumps(written, ensure_ascii=False).encode())
