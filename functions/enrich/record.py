"""The record of a published article: flat, plain names, and small enough for an item and its indexes."""

from shared.domain.documents import Article, Enrichment, NameKind, Outcome, Record, Section, Source
from shared.times import sortable_utc
from shared.version import PIPELINE_VERSION

MAX_NAMES = 40
MAX_AUTHORS = 40
MAX_ITEM_BYTES = 350_000
_LEAD_LETTERS = 20_000
_LINE_LETTERS = 1_000
_SITE_LETTERS = 200
_SENTENCE_BYTES = 100_000


def published_record(source: Source, article: Article, enrichment: Enrichment, processed_at: str) -> Record:
    """The record with the whole text in it; `fits_item` says whether an item can hold it."""
    return Record.model_validate(
        {
            "document_id": source.document_id,
            "outcome": Outcome.PUBLISHED,
            "sequencer": source.version,
            "source_bucket": source.bucket,
            "source_key": source.key,
            "etag": source.etag,
            "processed_at": processed_at,
            "processed_on": processed_at[:10],
            "pipeline_version": PIPELINE_VERSION,
            "correlation_id": source.correlation_id,
            "timeline_at": sortable_utc(article.published_at) if article.published_at else processed_at,
            "content_hash": article.content_hash(),
            "sources": article.sources or None,
            **_told(article),
            **_found(enrichment),
        }
    )


def fits_item(record: Record) -> bool:
    """DynamoDB holds 400 KB an item; the rest of the room is for attribute names and what the ledger adds."""
    return len(record.model_dump_json(exclude_none=True).encode()) <= MAX_ITEM_BYTES


def with_pointer(record: Record, text_location: str) -> Record:
    """The record with its text's lead only, and where the whole article is kept."""
    lead = (record.text or "")[:_LEAD_LETTERS].rsplit("\n\n", 1)[0]
    headings = [Section(heading=section.heading[:_SITE_LETTERS], text="") for section in (record.sections or [])][:200]
    return record.model_copy(update={"text": lead, "sections": headings or None, "text_location": text_location})


def _told(article: Article) -> dict[str, object]:
    """What the page says of itself. Empty is left out: an index takes no empty key, and a console shows none."""
    lines = {
        name: getattr(article, name)[:_LINE_LETTERS]
        for name in ("title", "standfirst", "url", "dateline", "language", "image_url", "image_caption", "image_credit")
    }
    told = {
        **lines,
        "site": article.site[:_SITE_LETTERS],
        "authors": [author[:_SITE_LETTERS] for author in article.authors[:MAX_AUTHORS]],
        "published_at": article.published_at,
        "published_at_source": article.published_at_source,
        "modified_at": article.modified_at,
        "breadcrumb": [step[:_SITE_LETTERS] for step in article.breadcrumb[:MAX_AUTHORS]],
        "text": article.text,
        "sections": article.sections if len(article.sections) > 1 else None,
    }
    return {name: value or None for name, value in told.items()}


def _found(enrichment: Enrichment) -> dict[str, object]:
    topics = enrichment.topics
    found = {
        "topic": topics[0].slug if topics else None,
        "topics": [topic.slug for topic in topics],
        "topic_scores": {topic.slug: topic.score for topic in topics},
        "topic_evidence": {topic.slug: ", ".join(topic.evidence) for topic in topics},
        "people": _of_kind(enrichment, "person"),
        "organisations": _of_kind(enrichment, "organisation"),
        "places": _of_kind(enrichment, "place"),
        "rules": [match.rule for match in enrichment.rules],
        "rule_sentences": _sentences(enrichment),
        "rules_unlisted": enrichment.rules_unlisted,
        "summary": enrichment.summary,
        "key_phrases": enrichment.key_phrases,
        "word_count": enrichment.word_count,
        "reading_minutes": enrichment.reading_minutes,
        "fingerprint": enrichment.fingerprint,
    }
    return {name: value or None for name, value in found.items()}


def _of_kind(enrichment: Enrichment, kind: NameKind) -> list[str]:
    return [name.text[:_SITE_LETTERS] for name in enrichment.names if name.kind == kind][:MAX_NAMES]


def _sentences(enrichment: Enrichment) -> dict[str, str]:
    """The sentences of the rules, as far as there is room: the first three hundred or more, by name."""
    told, room = {}, _SENTENCE_BYTES
    for match in enrichment.rules:
        room -= len(match.sentence.encode())
        if room < 0:
            break
        told[match.rule] = match.sentence
    return told
