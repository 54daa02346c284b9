"""What subscribers are told of a record."""

import json
from collections.abc import Mapping, Sequence

from shared.domain.documents import Record
from shared.domain.messages import Alert
from shared.ports import AlertClaim

MAX_LINE_LENGTH = 1_000  # characters of a long field; by judgement: a letter is read, not searched

# Bytes of rules and their sentences in a message. SNS takes 262,144 bytes of which titles, summaries and the like take
# 72,000 at most; `tests/unit/test_many_rules.py` holds the fullest alert within them.
MAX_RULES_BYTES = 170_000

# How often a rule's name stands in a message (the letter, the JSON, the attribute), and the bytes of signs around them.
TIMES_NAMED = 3
BYTES_AROUND_A_NAME = 24


def alert_of(record: Record, claim: AlertClaim) -> Alert:
    """The alert of a record, small enough for SNS: long fields are cut, the whole is in the record."""
    return Alert(
        alert_id=claim.alert_id,
        kind=claim.kind,
        document_id=record.document_id,
        title=record.title or "",
        standfirst=(record.standfirst or "")[:MAX_LINE_LENGTH],
        summary=(record.summary or "")[:MAX_LINE_LENGTH],
        site=record.site or "",
        url=record.url or "",
        language=record.language or "",
        published_at=record.published_at,
        topics=record.topics or [],
        topic_evidence=dict(record.topic_evidence or {}),
        rules=rules_that_fit(record.rules or [], record.rule_sentences or {}),
        rules_unlisted=record.rules_unlisted,
        source_key=record.source_key,
        processed_at=record.processed_at,
    )


def rules_that_fit(rules: Sequence[str], sentences: Mapping[str, str]) -> dict[str, str]:
    """Every rule, since someone may have asked for just this one, and as many sentences as have room, in order."""
    room = MAX_RULES_BYTES - sum(TIMES_NAMED * len(rule.encode()) + BYTES_AROUND_A_NAME for rule in rules)
    fitting = {}
    for rule in rules:
        sentence = sentences.get(rule, "")
        room -= bytes_of_sentence(sentence)
        fitting[rule] = sentence if room >= 0 else ""
    return fitting


def bytes_of_sentence(sentence: str) -> int:
    """Bytes of a sentence in the letter, and in JSON that is within JSON once more."""
    written = json.dumps(sentence, ensure_ascii=False)
    return len(written.encode()) + len(json.dumps(written, ensure_ascii=False).encode())
