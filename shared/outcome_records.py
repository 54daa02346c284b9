"""Records of versions that have no article: rejected, or deleted."""

from shared.domain.documents import Outcome, PageFacts, Record, Source
from shared.domain.errors import Rejected
from shared.domain.limits import MAX_LABEL_LENGTH, MAX_LINE_LENGTH
from shared.times import expiry, iso_utc
from shared.version import PIPELINE_VERSION


def rejected_record(source: Source, rejection: Rejected, now: float, kept_days: int) -> Record:
    """The record of a page that can never work, with its reason; kept for so many days, 0 for ever.

    It has the page's title, site, URL and language where the page told them. It has no `timeline_at`, so that the lists
    of a site or topic show articles only.
    """
    why = {"reason": rejection.reason, "detail": rejection.detail, "attention": Outcome.REJECTED}
    record = _record_without_article(source, Outcome.REJECTED, now, kept_days)
    return record.model_copy(
        update={**why, **fields_of_facts(rejection.known), "processed_on": record.processed_at[:10]}
    )


def fields_of_facts(known: PageFacts) -> dict[str, str | None]:
    """What a rejected page told of itself, as attributes of its record; an empty one is left out."""
    fields = {
        "title": known.title[:MAX_LINE_LENGTH],
        "site": known.site[:MAX_LABEL_LENGTH],
        "url": known.url[:MAX_LINE_LENGTH],
        "language": known.language[:MAX_LABEL_LENGTH],
    }
    return {name: value or None for name, value in fields.items()}


def tombstone(source: Source, now: float, kept_days: int) -> Record:
    """The record of a deleted page: no content, and no place in the index of days."""
    return _record_without_article(source, Outcome.DELETED, now, kept_days)


def _record_without_article(source: Source, outcome: Outcome, now: float, kept_days: int) -> Record:
    return Record(
        document_id=source.document_id,
        outcome=outcome,
        sequencer=source.version,
        source_bucket=source.bucket,
        source_key=source.key,
        etag=source.etag,
        processed_at=iso_utc(now),
        pipeline_version=PIPELINE_VERSION,
        correlation_id=source.correlation_id,
        expires_at=expiry(now, kept_days),
    )
