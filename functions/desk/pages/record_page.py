"""One record: what is known of it, why, and its text with the evidence marked."""

from collections.abc import Iterable, Iterator, Sequence

import htpy as h

from functions.desk.evidence import Reason, Span, mark_paragraphs
from functions.desk.pages.elements import Frame, facts, notice, outer_link, separated
from functions.desk.pages.list_page import NO_TITLE
from shared.domain.documents import Record

MAX_SHOWN_CHARACTERS = 60_000  # of a text, by judgement: forty screens; the console takes answers of 6 MB
DATE_SOURCES = {
    "declared": "the page states it",
    "inferred": "concluded, since the page does not state it",
    "none": "the page has no date",
}
NAME_FIELDS = (("People", "people", "person"), ("Organisations", "organisations", "organisation"),
               ("Places", "places", "place"))  # fmt: skip


def record_content(frame: Frame, record: Record, text: str, reasons: Sequence[Reason]) -> h.Node:
    shown = text[:MAX_SHOWN_CHARACTERS]
    return [
        h.p(class_="cw-standfirst", dir="auto", lang=record.language)[record.standfirst] if record.standfirst else None,
        rejection(record),
        facts(record_facts(frame, record)),
        why(frame, record, reasons),
        names(frame, record),
        text_section(record, shown, reasons, cut=len(text) > len(shown)),
    ]


def record_heading(record: Record) -> h.Node:
    return h.span(dir="auto", lang=record.language)[record.title or NO_TITLE]


def rejection(record: Record) -> h.Node:
    """What a rejected or doubtful record says of itself."""
    if record.reason:
        return notice(f"{record.outcome.capitalize()}: ", h.b[record.reason], f". {record.detail or ''}")
    if record.attention and record.extraction_confidence is not None:
        said = "Published in doubt: the probability that the page is an article is"
        return notice(f"{said} {record.extraction_confidence:.2f}.")
    return None


def record_facts(frame: Frame, record: Record) -> Iterator[tuple[str, h.Node]]:
    yield "Site", frame.action(record.site, view="site", site=record.site) if record.site else None
    yield "Authors", ", ".join(record.authors or ())
    yield "Published", published(frame, record)
    yield "Changed", frame.time(record.modified_at)
    yield "Page", outer_link(record.url, record.url)
    yield "Language", record.language
    yield "Length", f"{record.word_count:,} words, {record.reading_minutes} min" if record.word_count else None
    yield "Processed", frame.time(record.processed_at)
    yield "File", h.code[record.source_key]
    yield "Record", h.code[record.document_id]


def published(frame: Frame, record: Record) -> h.Node:
    """The date, whether the page states it, and where it was found."""
    if not record.published_at:
        return None
    where = (record.sources or {}).get("published_at")
    kind = DATE_SOURCES.get(record.published_at_source or "")
    said = "; found in ".join(part for part in (kind, where) if part)
    return [frame.time(record.published_at), h.span(class_="cw-why")[f" ({said})"] if said else None]


def why(frame: Frame, record: Record, reasons: Sequence[Reason]) -> h.Node:
    topics = [topic_row(frame, record, topic) for topic in record.topics or ()]
    sentences = [reason for reason in reasons if reason.kind != "topic"]
    if not topics and not sentences and not record.topics_note:
        return None
    return h.section(class_="cw-why-box", aria_label="Why this record is here")[
        h.h3["Why"],
        h.p[record.topics_note] if record.topics_note and not topics else None,
        h.ul[topics, [rule_row(frame, reason) for reason in sentences]],
        h.p[f"{record.rules_unlisted} more rules matched than the record has room to name."]
        if record.rules_unlisted
        else None,
    ]


def topic_row(frame: Frame, record: Record, topic: str) -> h.Node:
    score = (record.topic_scores or {}).get(topic)
    terms = (record.topic_evidence or {}).get(topic)
    return h.li[
        frame.action(topic, style="topic", view="topic", topic=topic),
        f" topic, probability {score:.2f}" if score is not None else " topic",
        [", because of ", h.span(dir="auto", lang=record.language)[h.mark(class_="cw-mark-topic")[terms]]]
        if terms
        else None,
    ]


def rule_row(frame: Frame, reason: Reason) -> h.Node:
    name = (
        frame.action(reason.name, style="rule", view="rule", rule=reason.name)
        if reason.kind == "rule"
        else h.b["your search"]
    )
    label = " rule, because of " if reason.kind == "rule" else ", because of "
    return h.li[name, label, h.q(dir="auto")[h.mark(class_=f"cw-mark-{reason.kind}")[reason.quote]]]


def names(frame: Frame, record: Record) -> h.Node:
    found = [(label, kind, getattr(record, field) or ()) for label, field, kind in NAME_FIELDS]
    if not any(listed for _, _, listed in found):
        return None
    return facts(
        (label, separated(name_button(frame, kind, name) for name in listed)) for label, kind, listed in found if listed
    )


def name_button(frame: Frame, kind: str, name: str) -> h.Node:
    """Asks for all records that name the same person, organisation or place."""
    query = f'{kind}:"{name.replace(chr(34), " ")}"'
    return frame.action(name, hint=f"Search {query}", view="search", query=query)


def text_section(record: Record, text: str, reasons: Sequence[Reason], *, cut: bool) -> h.Node:
    if not text:
        return None
    paragraphs = mark_paragraphs(text, reasons)
    return h.section(class_="cw-text", aria_label="Text", dir="auto", lang=record.language)[
        h.h3(dir="ltr", lang="en")["Text"],
        [h.p[[marked(span) for span in spans]] for spans in paragraphs],
        notice("The text is longer than is shown here.") if cut else None,
    ]


def marked(span: Span) -> h.Node:
    if not span.reasons:
        return span.text
    kinds = dict.fromkeys(reason.kind for reason in span.reasons)
    classes = " ".join(f"cw-mark-{kind}" for kind in kinds)
    return h.mark(class_=classes, title=told(span.reasons))[span.text]


def told(reasons: Iterable[Reason]) -> str:
    """`rule oil; topic economy`"""
    return "; ".join(
        dict.fromkeys(reason.name if reason.kind == "search" else f"{reason.kind} {reason.name}" for reason in reasons)
    )
