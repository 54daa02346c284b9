"""The three stages as an operator meets them: a queue, what is parked behind it, a log group, a kind of message."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from shared.queue_batch import parse
from functions.extract.s3_events import S3Notification
from shared.domain.documents import Source, comparable_sequencer
from shared.domain.errors import Malformed
from shared.domain.messages import Announcement, ArticleMessage


@dataclass(frozen=True, slots=True)
class Stage:
    """`queue`, `parked` and `function` are names of the stack's outputs."""

    name: str
    message: type[BaseModel]
    queue: str
    parked: str
    function: str


STAGES = (
    Stage("extract", S3Notification, "PagesQueueUrl", "PagesDeadLetterQueueUrl", "ExtractFunctionName"),
    Stage("enrich", ArticleMessage, "ArticlesQueueUrl", "ArticlesDeadLetterQueueUrl", "EnrichFunctionName"),
    Stage("notify", Announcement, "AnnouncementsQueueUrl", "AnnouncementsDeadLetterQueueUrl", "NotifyFunctionName"),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A document version that a message is about; `key` where the message says it."""

    document_id: str
    version: str
    correlation_id: str
    key: str = ""


def subjects_of(stage: Stage, body: str) -> list[Subject]:
    """What a message is about; raises `Malformed` for one that this stage cannot read."""
    message: Any = parse(body, stage.message)
    if isinstance(message, Announcement):
        return [Subject(message.document_id, comparable_sequencer(message.sequencer), message.correlation_id)]
    if isinstance(message, ArticleMessage):
        return [_subject(message.source, message.correlation_id)]
    return [_subject(change.source, change.source.correlation_id) for change in message.changes]


def _subject(source: Source, correlation_id: str) -> Subject:
    return Subject(source.document_id, source.version, correlation_id, source.key)


__all__ = ["STAGES", "Malformed", "Stage", "Subject", "subjects_of"]
