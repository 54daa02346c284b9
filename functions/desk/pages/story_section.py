"""The story of a record: the other records that tell it, and why this one was joined to them."""

from collections.abc import Sequence

import htpy as h

from functions.desk.pages.elements import Frame, separated
from functions.desk.pages.list_page import NO_TITLE
from functions.desk.ports import RecordLine
from shared.domain.documents import Record


def story_section(frame: Frame, record: Record, members: Sequence[RecordLine]) -> h.Node:
    """Nothing where the record is alone in its story, and none that may be the same is known."""
    others = [line for line in members if line.document_id != record.document_id]
    if not others and not record.perhaps_same_story:
        return None
    return h.section(class_="cw-story", aria_label="Story")[
        h.h3(class_="cw-part")["Story"],
        h.p(class_="cw-meta")[reason(record)],
        h.ul[[h.li[member(frame, line)] for line in others]] if others else None,
        perhaps(frame, record),
    ]


def reason(record: Record) -> h.Node:
    """Why the record was joined; nothing for the one that opened the story."""
    if not record.story_evidence:
        return None
    sure = f" (probability {record.story_probability:.2f})" if record.story_probability is not None else ""
    return f"Joined because of: {record.story_evidence}{sure}"


def member(frame: Frame, line: RecordLine) -> h.Node:
    title = h.span(dir="auto", lang=line.language)[line.title or NO_TITLE]
    said = [frame.time(line.published_at or line.timeline_at), line.site]
    return [
        frame.action(title, view="record", document_id=line.document_id),
        h.span(class_="cw-why")[" ", separated(said)],
    ]


def perhaps(frame: Frame, record: Record) -> h.Node:
    if not record.perhaps_same_story:
        return None
    shown = frame.action("Another story", view="story", story_id=record.perhaps_same_story)
    return h.p[shown, " may be the same; the joiner was not sure."]
