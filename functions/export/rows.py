"""A record and a line of the history as rows that the tables are made of: plain values, times as text in UTC."""

from collections.abc import Iterator, Sequence
from typing import Any

from shared.domain.documents import Outcome, Record
from shared.domain.history import HistoryLine
from shared.domain.rules import Rule
from shared.domain.told import NEVER_TOLD, ToldDocument, story_of
from shared.rules.document import SearchableDocument
from shared.rules.search_terms import joined_terms
from shared.times import sortable_utc

NAMES_OF_KINDS = (("person", "people"), ("organisation", "organisations"), ("place", "places"))
COPIED = (
    "document_id", "outcome", "reason", "detail", "title", "standfirst", "summary", "site", "url", "language", "topic",
    "published_at_source", "word_count", "extraction_confidence", "source_key", "pipeline_version", "story_id",
    "story_probability", "text",
)  # fmt: skip


def record_row(record: Record, *, with_text: bool, told: ToldDocument = NEVER_TOLD) -> dict[str, Any]:
    """The record with its times in UTC, its lists as lists of rows, and the last alert of it."""
    row = {name: getattr(record, name) for name in COPIED}
    return {
        **row,
        "text": record.text if with_text else None,
        "terms": joined_terms(SearchableDocument.of_record(record)) if with_text and record.text else None,
        "topic_slugs": record.topics or [],
        "people": record.people or [],
        "organisations": record.organisations or [],
        "places": record.places or [],
        "processed_at": utc_of(record.processed_at),
        "published_at": utc_of(record.published_at),
        "modified_at": utc_of(record.modified_at),
        "timeline_at": utc_of(record.timeline_at),
        "authors": record.authors or [],
        "story_id": story_of(record),
        "alert_id": told.alert_id or None,
        "alerted_at": utc_of(told.sent_at or None),
        "first_for": told.views,
        "topics": topic_rows(record),
        "names": list(name_rows(record)),
        "matches": match_rows(record),
    }


def utc_of(iso: str | None) -> str | None:
    """`2026-05-01T08:45:00+05:30` → `2026-05-01T03:15:00`, as the tables' timestamps have no zone."""
    return sortable_utc(iso).removesuffix("Z") if iso else None


def topic_rows(record: Record) -> list[dict[str, Any]]:
    """The topics that the record is listed under, the first one marked."""
    scores = record.topic_scores or {}
    return [
        {"topic": slug, "score": scores.get(slug), "is_first": slug == record.topic} for slug in record.topics or []
    ]


def name_rows(record: Record) -> Iterator[dict[str, str]]:
    for kind, names in NAMES_OF_KINDS:
        yield from ({"name": name, "kind": kind} for name in getattr(record, names) or [])


def match_rows(record: Record) -> list[dict[str, str]]:
    """The rules that the record is listed under; a rejected one has none."""
    sentences = record.rule_sentences or {}
    rules = (record.rules or []) if record.outcome is Outcome.PUBLISHED else []
    return [{"rule": rule, "sentence": sentences.get(rule, "")} for rule in rules]


def history_row(line: HistoryLine, changed: Sequence[str]) -> dict[str, Any]:
    """How a version ended, with the fields that changed as one text: `title, text`."""
    return {
        "document_id": line.document_id,
        "ended_at": utc_of(line.ended_at),
        "noted_at": utc_of(line.noted_at),
        "outcome": line.outcome.value,
        "reason": line.reason,
        "changed": ", ".join(changed),
        "is_first": not line.replaced,
        "pipeline_version": line.pipeline_version,
        "alert_id": line.alert_id,
        "alert_kind": line.alert_kind,
        "alerted_at": utc_of(line.alerted_at),
    }


def rule_row(rule: Rule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in ("name", "owner", "query", "error")}
