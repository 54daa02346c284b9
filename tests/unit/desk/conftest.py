"""The desk over fakes, and a reader of what it answers."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest

from functions.desk.handler import handle
from functions.desk.usecase import AnswerWidget
from shared.domain.documents import Outcome, Record
from shared.domain.rules import Rule
from shared.telemetry import Telemetry
from shared.times import iso_utc
from tests.fakes import FakeDayTexts, FakeDeskRecords, FakeHistory, FakeLedger, FakeMatches, FakePages, FakeRules

ENDPOINT = "arn:aws:lambda:eu-west-1:123456789012:function:clipwire-desk"
NOW = 1_764_140_400.0  # 2025-11-26 07:00 UTC


class Shown:
    """One answer, parsed."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.tree = lxml.html.fragment_fromstring(html)

    @property
    def heading(self) -> str:
        return self.text("//h2")

    @property
    def titles(self) -> list[str]:
        return [title.text_content() for title in self.tree.xpath("//ol//article//button[@class='cw-title']")]

    def text(self, path: str = "//section") -> str:
        return " ".join(" ".join(part.text_content().split()) for part in self.tree.xpath(path))

    def params(self, label: str) -> Mapping[str, Any]:
        """What a click on the button of this label calls with."""
        buttons = [one for one in self.tree.xpath("//button") if one.text_content() == label]
        action = buttons[-1].getnext()
        assert (action.tag, action.get("endpoint")) == ("cwdb-action", ENDPOINT)
        return json.loads(action.text)


@dataclass
class Desk:
    ledger: FakeLedger = field(default_factory=FakeLedger)
    matches: FakeMatches = field(default_factory=FakeMatches)
    rules: FakeRules = field(default_factory=FakeRules)
    pages: FakePages = field(default_factory=FakePages)
    history: FakeHistory = field(default_factory=FakeHistory)
    day_texts: FakeDayTexts = field(default_factory=FakeDayTexts)

    def __post_init__(self) -> None:
        self.records = FakeDeskRecords(self.ledger, self.matches)
        telemetry = Telemetry("desk")
        self.widget = AnswerWidget(
            records=self.records,
            rules=self.rules,
            texts=self.pages,
            day_texts=self.day_texts,
            history=self.history,
            telemetry=telemetry,
            now=lambda: NOW,
        )

    def ask(self, context: Mapping[str, Any] | None = None, **params: object) -> Shown:
        event = {**params, "widgetContext": {"theme": "light", "width": 900, **(context or {})}}
        lambda_context = SimpleNamespace(aws_request_id="one", invoked_function_arn=ENDPOINT)
        return Shown(str(handle(event, lambda_context, self.widget)))

    def add(self, number: int = 1, **fields: Any) -> Record:
        """A published record: number 100 was processed now, 99 an hour ago and so on."""
        at = iso_utc(NOW - 3_600 * (100 - number))
        record = Record.model_validate(
            {
                "document_id": f"{number:032x}",
                "outcome": Outcome.PUBLISHED,
                "sequencer": "1",
                "source_bucket": "pages",
                "source_key": f"incoming/{number}.html",
                "processed_at": at,
                "processed_on": at[:10],
                "timeline_at": at,
                "pipeline_version": "1",
                "title": f"Title {number}",
                "text": f"Text of number {number}.",
                **fields,
            }
        )
        self.ledger.records[record.document_id] = record
        return record

    def add_rule(self, name: str, query: str) -> None:
        self.rules.save(Rule(name=name, query=query))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def add(desk: Desk) -> Callable[..., Record]:
    return desk.add
