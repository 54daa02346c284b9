"""What a person should look at: rejected pages, and records published in doubt."""

from collections.abc import Sequence

import htpy as h

from functions.desk.pages.elements import Frame, notice, outer_link, separated
from functions.desk.ports import LinePage, RecordLine

PARTS = {"rejected": "Rejected", "doubtful": "Published in doubt"}


def attention_content(frame: Frame, pages: Sequence[tuple[str, LinePage]]) -> h.Node:
    return [part_section(frame, part, page) for part, page in pages]


def part_section(frame: Frame, part: str, page: LinePage) -> h.Node:
    more = frame.action("Older", style="button", view="attention", part=part, after=dict(page.after or {}))
    return h.section(aria_label=PARTS[part])[
        h.h3(class_="cw-part")[PARTS[part]],
        h.ol(class_="cw-lines")[[h.li[attention_item(frame, line)] for line in page.lines]]
        if page.lines
        else notice("Nothing here."),
        h.p[more] if page.after else None,
    ]


def attention_item(frame: Frame, line: RecordLine) -> h.Node:
    name = line.title or line.source_key or line.document_id
    opened = frame.action(h.span(dir="auto")[name], style="title", view="record", document_id=line.document_id)
    said = [
        h.b[line.reason] if line.reason else None,
        frame.time(line.processed_at),
        frame.action(line.site, view="site", site=line.site) if line.site else None,
        h.code[line.source_key] if line.title and line.source_key else None,
        outer_link(line.url, "page ↗"),
    ]
    return h.article[
        h.h4[opened],
        h.p(class_="cw-meta")[separated(said)],
        h.p(class_="cw-summary")[line.detail] if line.detail else None,
    ]
