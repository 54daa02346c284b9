"""The record of a published article: flat, plain names, and small enough for an item and its indexes."""

from collections.abc import Callable, Mapping
from datetime import date

from functions.enrich.stories.reading.document import MAX_CHARACTERS, StoryText
from functions.enrich.text.language import detect_language
from shared.domain.documents import Article, Enrichment, NameKind, Outcome, Record, Section, Source
from shared.domain.limits import MAX_LABEL_LENGTH, MAX_LINE_LENGTH
from shared.domain.stories import StoryDecision
from shared.times import sortable_utc
from shared.version import PIPELINE_VERSION

DOUBTFUL = "doubtful"  # the partition of the needs-attention index beside "rejected"
MIN_CONFIDENCE = 0.5  # of being an article: 36 of 1,531 development articles were below it in five folds (0017)

# Bytes of a record as JSON. An item may have 409,600 with its attributes' names; JSON is never smaller than what
# DynamoDB counts, and the rest is to spare.
MAX_RECORD_BYTES = 350_000

# What one field takes, in entries. By judgement: several times what real pages have.
MAX_NAMES = 40
MAX_AUTHORS = 40

# Bytes of all sentences together: three hundred or more sentences.
MAX_SENTENCES_BYTES = 100_000

# Characters of the lead that a record keeps of a text that stands in the bucket: some 3,000 words.
MAX_LEAD_LENGTH = 20_000
MAX_HEADINGS = 200


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
            "attention": DOUBTFUL if is_doubtful(article) else None,
            "sources": article.sources or None,
            **article_fields(article),
            **enrichment_fields(enrichment),
        }
    )


def fits_item(record: Record, max_bytes: int = MAX_RECORD_BYTES) -> bool:
    """Whether an item can hold the record, attribute names included."""
    return len(record.model_dump_json(exclude_none=True).encode()) <= max_bytes


def is_doubtful(article: Article) -> bool:
    """Whether a person should look at the record: extraction was not sure that the page is an article."""
    return article.extraction_confidence is not None and article.extraction_confidence < MIN_CONFIDENCE


def with_pointer(record: Record, text_location: str) -> Record:
    """The record with its text's lead, and where the whole article is kept. It always fits an item.

    What the whole article has too is cut first, then what the matches table has, then the rest.
    """
    cut = record.model_copy(update={"text_location": text_location})
    for make_smaller in CUTS:
        cut = make_smaller(cut)
        if fits_item(cut):
            break
    return cut


def keep_lead(record: Record) -> Record:
    """`text`: 3,000,000 letters → the paragraphs within its first 20,000.

    `sections`: the headings of the first 200, without their texts.
    """
    lead = (record.text or "")[:MAX_LEAD_LENGTH].rsplit("\n\n", 1)[0]
    parts = (record.sections or [])[:MAX_HEADINGS]
    headings = [Section(heading=section.heading[:MAX_LABEL_LENGTH], text="") for section in parts]
    return record.model_copy(update={"text": lead, "sections": headings or None})


def drop_headings(record: Record) -> Record:
    """`sections`: 200 headings of 200 letters → none."""
    return record.model_copy(update={"sections": None})


def drop_sentences(record: Record) -> Record:
    """`rule_sentences`: those of 2,000 rules → none; `rules` still names each rule."""
    return record.model_copy(update={"rule_sentences": None})


def shorten_lead(record: Record) -> Record:
    """`text`: 20,000 letters → 5,000, by judgement still more than a console shows at once."""
    return record.model_copy(update={"text": (record.text or "")[: MAX_LEAD_LENGTH // 4]})


CUTS: tuple[Callable[[Record], Record], ...] = (keep_lead, drop_headings, drop_sentences, shorten_lead)


def article_fields(article: Article) -> dict[str, object]:
    """What the page says of itself.

    An empty field is left out: an index takes no empty key, and a console shows none.
    """
    lines = {
        name: getattr(article, name)[:MAX_LINE_LENGTH]
        for name in ("title", "standfirst", "url", "dateline", "language", "image_url", "image_caption", "image_credit")
    }
    fields = {
        **lines,
        "site": article.site[:MAX_LABEL_LENGTH],
        "authors": [author[:MAX_LABEL_LENGTH] for author in article.authors[:MAX_AUTHORS]],
        "published_at": article.published_at,
        "published_at_source": article.published_at_source,
        "modified_at": article.modified_at,
        "breadcrumb": [step[:MAX_LABEL_LENGTH] for step in article.breadcrumb[:MAX_AUTHORS]],
        "text": article.text,
        "extraction_confidence": article.extraction_confidence,
        "sections": article.sections if len(article.sections) > 1 else None,
    }
    return {name: value if value or value == 0 else None for name, value in fields.items()}


def enrichment_fields(enrichment: Enrichment) -> dict[str, object]:
    """What enrich adds to the article, as attributes of the record; an empty one is left out."""
    topics = enrichment.topics
    fields = {
        "topic": topics[0].slug if topics else None,
        "topics": [topic.slug for topic in topics],
        "topic_scores": {topic.slug: topic.score for topic in topics},
        "topic_evidence": {topic.slug: ", ".join(topic.evidence) for topic in topics},
        "topics_note": enrichment.topics_note,
        "people": names_of_kind(enrichment, "person"),
        "organisations": names_of_kind(enrichment, "organisation"),
        "places": names_of_kind(enrichment, "place"),
        "rules": [match.rule for match in enrichment.rules],
        "rule_sentences": sentences_that_fit(enrichment),
        "rules_unlisted": enrichment.rules_unlisted,
        "summary": enrichment.summary,
        "key_phrases": enrichment.key_phrases,
        "word_count": enrichment.word_count,
        "reading_minutes": enrichment.reading_minutes,
        "fingerprint": enrichment.fingerprint,
        "numbers": enrichment.numbers,
    }
    return {name: value or None for name, value in fields.items()}


def story_text(record: Record, enrichment: Enrichment) -> StoryText:
    """What joining compares of a record that has all of its text."""
    text = (record.text or "")[:MAX_CHARACTERS]
    return StoryText(
        document_id=record.document_id,
        title=record.title or "",
        text=text,
        published_on=date.fromisoformat((record.timeline_at or record.processed_at)[:10]),
        language=(record.language or detect_language(text)).lower().split("-")[0],
        names=enrichment.names,
        fingerprint=enrichment.fingerprint,
        url=record.url or "",
    )


def story_fields(decision: StoryDecision) -> Mapping[str, object]:
    """The attributes of a record that tell of its story."""
    return {
        "story_id": decision.story_id,
        "story_probability": decision.probability,
        "story_evidence": decision.evidence or None,
        "perhaps_same_story": decision.perhaps_same_story,
    }


STORY_FIELDS = tuple(story_fields(StoryDecision("")))


def names_of_kind(enrichment: Enrichment, kind: NameKind) -> list[str]:
    names = dict.fromkeys(name.plain[:MAX_LABEL_LENGTH] for name in enrichment.names if name.kind == kind)
    return list(names)[:MAX_NAMES]


def sentences_that_fit(enrichment: Enrichment) -> dict[str, str]:
    """The sentences of the rules by name, in order, as far as there is room."""
    fitting, room = {}, MAX_SENTENCES_BYTES
    for match in enrichment.rules:
        room -= len(match.sentence.encode())
        if room < 0:
            break
        fitting[match.rule] = match.sentence
    return fitting
