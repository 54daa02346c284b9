"""The versions of a document as its history tells of them, newest first."""

from typing import Any

from infra.stack.target import Target
from shared.adapters.dynamodb_history import DynamoDbHistory
from shared.domain.history import with_changes


def versions_of(target: Target, document_id: str) -> list[dict[str, Any]]:
    """When each version ended, how, and which fields changed since the one before."""
    history = DynamoDbHistory(target.client("dynamodb"), target.output("HistoryTableName"))
    told = [
        {
            "ended_at": line.ended_at,
            "outcome": line.outcome.value,
            "reason": line.reason,
            "changed": changed,
            "sequencer": line.sequencer,
            "pipeline_version": line.pipeline_version,
            "alert_id": line.alert_id,
            "alert_kind": line.alert_kind,
            "alerted_at": line.alerted_at,
        }
        for line, changed in with_changes(history.lines(document_id))
    ]
    return told[::-1]
