"""Lists of records: the newest, those of a topic, a site or a rule, and what a search found."""

from collections.abc import Sequence

import htpy as h

from functions.desk.pages.elements import Frame, notice, outer_link, separated
from functions.desk.ports import LinePage, RecordLine
from functions.desk.search import SearchResult
from shared.domain.rules import Rule

MAX_SUMMARY_LENGTH = 280  # characters of a summary in a list, by judgement: three lines
MAX_CHIPS = 4  # rules named in one line of a list, by judgement
NO_TITLE = "(the page gives no title)"


def list_content(frame: Frame, page: LinePage, empty: str) -> h.Node:
    if not page.lines:
        return [notice("Nothing older in these days." if frame.asked.after else empty), older(frame, page)]
    return [line_list(frame, page.lines), older(frame, page)]


def line_list(frame: Frame, lines: Sequence[RecordLine]) -> h.Node:
    return h.ol(class_="cw-lines")[[h.li[line_item(frame, line)] for line in lines]]


def older(frame: Frame, page: LinePage, label: str = "Older") -> h.Node:
    asked = frame.asked
    if page.after is None:
        return None
    same = {
        "view": asked.view,
        "topic": asked.topic,
        "site": asked.site,
        "rule": asked.rule,
        "query": asked.query,
        "story_id": asked.story_id,
    }
    return h.p[frame.action(label, style="button", after=dict(page.after), **same)]


def line_item(frame: Frame, line: RecordLine) -> h.Node:
    title = h.span(dir="auto", lang=line.language)[line.title or NO_TITLE]
    opened = frame.action(title, style="title", view="record", document_id=line.document_id, query=frame.asked.query)
    said = line.sentence or shortened(line.summary or "")
    return h.article[
        h.h3[opened],
        h.p(class_="cw-meta")[separated(line_facts(frame, line))],
        h.p(class_="cw-quote" if line.sentence else "cw-summary", dir="auto", lang=line.language)[said]
        if said
        else None,
    ]


def line_facts(frame: Frame, line: RecordLine) -> list[h.Node]:
    topics = line.topics or ([line.topic] if line.topic else [])
    rules = [
        frame.action(rule, style="rule", hint="Records of this rule", view="rule", rule=rule)
        for rule in line.rules[:MAX_CHIPS]
    ]
    published = line.published_at or line.timeline_at
    return [
        frame.time(published),
        ["seen ", frame.time(line.processed_at)] if line.processed_at and line.processed_at != published else None,
        frame.action(line.site, hint="Records of this site", view="site", site=line.site) if line.site else None,
        [
            frame.action(topic, style="topic", hint="Records of this topic", view="topic", topic=topic)
            for topic in topics
        ],
        rules or None,
        h.span(class_="cw-outcome")[f"{line.outcome} ({line.reason})"] if line.reason else None,
        outer_link(line.url, "page ↗"),
    ]


def search_content(frame: Frame, result: SearchResult) -> h.Node:
    where = ["Searched ", h.b[f"{result.searched:,}"], " records"]
    back = [", the oldest processed ", frame.day(result.back_to)] if result.back_to else []
    return [
        notice(where, back, f"; {len(result.lines)} match." if result.lines else "; none matches."),
        line_list(frame, result.lines) if result.lines else None,
        older(frame, LinePage(result.lines, result.after), "Search older records"),
    ]


def rules_content(frame: Frame, rules: Sequence[Rule]) -> h.Node:
    if not rules:
        return notice("There is no rule yet: `clipwire rules add` makes one.")
    return h.ul(class_="cw-lines")[
        [
            h.li[
                h.h3[frame.action(rule.name, style="title", view="rule", rule=rule.name)],
                h.p(class_="cw-meta")[separated([rule.owner, rule.note])],
                h.p[h.code[rule.query]],
            ]
            for rule in rules
        ]
    ]


def shortened(text: str) -> str:
    """The text up to a word's end, some three lines of it."""
    if len(text) <= MAX_SUMMARY_LENGTH:
        return text
    return f"{text[:MAX_SUMMARY_LENGTH].rpartition(' ')[0] or text[:MAX_SUMMARY_LENGTH]} …"
