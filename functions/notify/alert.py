"""What subscribers are told of a record."""

from shared.domain.documents import Record
from shared.domain.messages import Alert
from shared.ports import AlertClaim

_SENTENCE_LETTERS = 1_000
MAX_RULES = 50


def alert_of(record: Record, claim: AlertClaim) -> Alert:
    """Small enough for any subscriber: long fields are cut, the whole is in the record."""
    sentences = record.rule_sentences or {}
    return Alert(
        alert_id=claim.alert_id,
        kind=claim.kind,
        document_id=record.document_id,
        title=record.title or "",
        standfirst=(record.standfirst or "")[:_SENTENCE_LETTERS],
        summary=(record.summary or "")[:_SENTENCE_LETTERS],
        site=record.site or "",
        url=record.url or "",
        language=record.language or "",
        published_at=record.published_at,
        topics=record.topics or [],
        topic_evidence=dict(record.topic_evidence or {}),
        rules={rule: sentences.get(rule, "")[:_SENTENCE_LETTERS] for rule in (record.rules or [])[:MAX_RULES]},
        source_key=record.source_key,
        processed_at=record.processed_at,
    )
