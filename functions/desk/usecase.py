"""Answers one call of the widget: reads what was asked for, and makes its HTML."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import htpy as h

from functions.desk.counts import count_records, counted_days
from functions.desk.evidence import Reason, reasons_of
from functions.desk.lists import PAGE_SIZE, newest_lines, today
from functions.desk.pages.attention_page import PARTS, attention_content
from functions.desk.pages.counts_page import counts_content
from functions.desk.pages.elements import Frame, notice
from functions.desk.pages.history_section import history_section
from functions.desk.pages.layout import DESCRIPTION, whole_widget
from functions.desk.pages.list_page import list_content, rules_content, search_content
from functions.desk.pages.record_page import record_content, record_heading
from functions.desk.pages.story_section import story_section
from functions.desk.ports import DayTexts, DeskHistory, DeskRecords, DeskRules, DeskTexts, ListName, RecordLine
from functions.desk.request import DeskRequest, View
from functions.desk.search import SEARCH_NAME, RecordSearch, sentence_of
from shared.adapters.s3_pages import location_of
from shared.domain.documents import Record
from shared.domain.rules import BadQuery, Rule
from shared.rules.matcher import RuleSet
from shared.telemetry import Telemetry

Answer = tuple[h.Node, h.Node]
"""A view's heading and its content."""


@dataclass
class AnswerWidget:
    """The desk. It keeps nothing between calls."""

    records: DeskRecords
    rules: DeskRules
    texts: DeskTexts
    day_texts: DayTexts
    history: DeskHistory
    telemetry: Telemetry
    now: Callable[[], float] = time.time

    def handle(self, event: Mapping[str, Any], endpoint: str) -> str | dict[str, str]:
        """HTML, or the widget's description where the dashboard's editor asks for it."""
        if event.get("describe"):
            return {"markdown": DESCRIPTION}
        asked = DeskRequest.of(event)
        started = time.perf_counter()
        heading, content = self.views[asked.view](Frame(endpoint, asked))
        answer = whole_widget(Frame(endpoint, asked), heading, content)
        spent = round((time.perf_counter() - started) * 1000)
        self.telemetry.log.info("answered", extra={"view": asked.view, "milliseconds": spent, "bytes": len(answer)})
        return answer

    @property
    def views(self) -> Mapping[View, Callable[[Frame], Answer]]:
        return {
            "newest": self.show_newest,
            "topic": self.show_topic,
            "site": self.show_site,
            "rule": self.show_rule,
            "rules": self.show_rules,
            "story": self.show_story,
            "search": self.show_search,
            "record": self.show_record,
            "attention": self.show_attention,
            "counts": self.show_counts,
        }

    @property
    def newest_day(self) -> date:
        return today(self.now())

    def show_newest(self, frame: Frame) -> Answer:
        page = newest_lines(self.records, self.newest_day, frame.asked.after)
        return "Newest records", list_content(
            frame, page, "No record of the last sixty days: `clipwire upload` sends a page."
        )

    def show_topic(self, frame: Frame) -> Answer:
        return self.show_list(frame, "topic", frame.asked.topic, "Topic")

    def show_site(self, frame: Frame) -> Answer:
        return self.show_list(frame, "site", frame.asked.site, "Site")

    def show_rule(self, frame: Frame) -> Answer:
        return self.show_list(frame, "rule", frame.asked.rule, "Rule")

    def show_story(self, frame: Frame) -> Answer:
        if not frame.asked.story_id:
            return "Story", notice("There is no such story.")
        page = self.records.page("story", frame.asked.story_id, frame.asked.after, PAGE_SIZE)
        return "Story", list_content(frame, page, "There is no such story.")

    def show_list(self, frame: Frame, name: ListName, value: str, label: str) -> Answer:
        if not value:
            return f"{label}?", notice(f"Name a {label.lower()}.")
        page = self.records.page(name, value, frame.asked.after, PAGE_SIZE)
        return [f"{label}: ", h.span(dir="auto")[value]], list_content(frame, page, "No record here yet.")

    def show_rules(self, frame: Frame) -> Answer:
        return "Rules", rules_content(frame, sorted(self.rules.enabled(), key=lambda rule: rule.name))

    def show_search(self, frame: Frame) -> Answer:
        asked = frame.asked
        if not asked.query:
            return self.show_topic(frame) if asked.topic else self.show_newest(frame)
        heading = ["Search: ", h.span(dir="auto")[asked.query], f" in {asked.topic}" if asked.topic else None]
        try:
            search = RecordSearch(self.records, self.day_texts, asked.query, asked.topic)
        except BadQuery as fault:
            return heading, notice("This query cannot be read. ", str(fault))
        return heading, search_content(frame, search.run(self.newest_day, asked.after))

    def show_record(self, frame: Frame) -> Answer:
        record = self.records.find(frame.asked.document_id) if frame.asked.document_id else None
        if record is None:
            return "Record", notice("There is no such record: it may have been deleted.")
        reasons = [*self.search_reason(frame.asked.query, record), *reasons_of(record)]
        content = record_content(frame, record, self.text_of(record), reasons)
        history = history_section(frame, self.history.lines(record.document_id))
        return record_heading(record), [content, story_section(frame, record, self.members_of(record)), history]

    def members_of(self, record: Record) -> Sequence[RecordLine]:
        """The newest records of the same story, this one among them."""
        return self.records.page("story", record.story_id, None, PAGE_SIZE).lines if record.story_id else []

    def search_reason(self, query: str, record: Record) -> list[Reason]:
        """The sentence by which a search led here."""
        try:
            rules = RuleSet([Rule(name=SEARCH_NAME, query=query)]) if query else RuleSet([])
        except BadQuery:
            return []
        sentence = sentence_of(rules, record)
        return [Reason("search", "your search", sentence)] if sentence else []

    def text_of(self, record: Record) -> str:
        """The whole text, from the bucket where the record keeps only its lead."""
        if record.text_location and (article := self.texts.fetch_article(location_of(record.text_location))):
            return article.text
        return record.text or ""

    def show_attention(self, frame: Frame) -> Answer:
        asked = frame.asked
        parts = [asked.part] if asked.part in PARTS else list(PARTS)
        pages = [(part, self.records.page("attention", part, asked.after, PAGE_SIZE)) for part in parts]
        return "Needs attention", attention_content(frame, pages)

    def show_counts(self, frame: Frame) -> Answer:
        days = counted_days(frame.asked.days, self.newest_day)
        return "Counts", counts_content(frame, count_records(self.records, days))
