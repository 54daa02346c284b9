"""What `clipwire story` finds of a story."""

import sys
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from infra.cli.answers.story import Story
from infra.cli.commands import story
from infra.cli.commands.records import records_table
from infra.cli.commands.story import joined_words, told_words, views_in_words
from infra.errors import CliError
from infra.stack.records.stories import story_named, with_stories
from shared.adapters.dynamodb_told import item_of
from shared.adapters.dynamodb_values import to_value
from shared.domain.documents import opened_story_id
from shared.domain.told import Told, ToldDocument

FIRST, COPY = "a" * 32, "b" * 32
STORY = opened_story_id(FIRST)
RECORDS = [
    {"document_id": FIRST, "story_id": STORY, "title": "Breakwater rebuilt", "site": "The Courier"},
    {
        "document_id": COPY, "story_id": STORY, "title": "Velden to rebuild", "site": "The Post",
        "story_probability": 0.99, "story_evidence": "the same day; both say Velden",
    },
]  # fmt: skip
TOLD = Told(
    story_id=STORY,
    revision=1,
    documents={
        FIRST: ToldDocument(content="1", alert_id="x", sent_at="2026-03-02T09:00:00Z", views=["everything"]),
        COPY: ToldDocument(content="2", alert_id="y", sent_at="2026-03-02T10:00:00Z", held=["topic:sport"]),
    },
)


class Tables:
    """The records by their story, and what was told."""

    def get_paginator(self, _operation: str) -> Any:
        return self

    def paginate(self, **asked: Any) -> Any:
        wanted = asked["ExpressionAttributeValues"][":story"]["S"]
        found = [record for record in RECORDS if record["story_id"] == wanted]
        yield {
            "Count": len(found),
            "Items": [{name: to_value(value) for name, value in record.items()} for record in found],
        }

    def batch_get_item(self, RequestItems: Any) -> Any:  # noqa: N803  # as boto3 names it
        [(table, wanted)] = RequestItems.items()
        ids = {key["document_id"]["S"] for key in wanted["Keys"]}
        found = [record for record in RECORDS if record["document_id"] in ids]
        asked = ("document_id", "story_id", "alerts_off", "perhaps_same_story")
        shown = [{name: record[name] for name in asked if name in record} for record in found]
        return {"Responses": {table: [{name: to_value(value) for name, value in item.items()} for item in shown]}}

    def get_item(self, **asked: Any) -> Any:
        if "story_id" in asked["Key"]:
            return {"Item": item_of(TOLD)}
        records = {record["document_id"]: record for record in RECORDS}
        record = records.get(asked["Key"]["document_id"]["S"])
        return {"Item": {name: to_value(value) for name, value in record.items()}} if record else {}


@pytest.fixture
def target() -> Any:
    return SimpleNamespace(client=lambda _service: Tables(), output=lambda name: name)


@pytest.mark.parametrize("named", [STORY, STORY.upper(), COPY])
def test_a_story_is_found_by_its_id_and_by_a_document_of_it(target, named):
    found = story_named(target, named)
    assert found["story_id"] == STORY
    assert [member["document_id"] for member in found["members"]] == [FIRST, COPY]
    Story.model_validate(found)


@pytest.mark.parametrize("of_the_index", [RECORDS, RECORDS[::-1]])
def test_of_one_moment_the_document_that_opened_the_story_is_first(target, monkeypatch, of_the_index):
    same = [{**record, "timeline_at": "2026-03-02T08:00:00Z"} for record in of_the_index]
    monkeypatch.setattr(sys.modules[__name__], "RECORDS", same)
    assert [member["document_id"] for member in story_named(target, STORY)["members"]] == [FIRST, COPY]


def test_a_list_says_how_many_documents_tell_each_story(target):
    alone = {"document_id": "c" * 32, "title": "Recorded before there were stories"}
    listed = with_stories(target, [{"document_id": FIRST}, {"document_id": COPY}, alone])
    assert [(item.get("story_id"), item.get("story_size")) for item in listed] == [(STORY, 2), (STORY, 2), (None, None)]
    drawn = Console(width=120)
    with drawn.capture() as captured:
        drawn.print(records_table([{**RECORDS[0], "story_size": 2}, alone]))
    assert "story of" in captured.get()


def test_each_member_says_why_it_joined_and_whom_it_told(target):
    first, copy = story_named(target, STORY)["members"]
    assert joined_words(first) == "opened the story"
    assert joined_words(copy) == "joined (0.99): the same day; both say Velden"
    assert told_words(first).startswith("told ")
    assert told_words(copy) == "told nobody: all had heard of the story"
    assert (first["held_views"], copy["held_views"]) == ([], ["topic:sport"])


@pytest.mark.parametrize(
    ("views", "said"),
    [
        (["everything", "topic:crime"], "everything, topic:crime"),
        (["everything@The Ledger", "topic:crime@The Ledger"], "who asked for The Ledger alone"),
        (["rule:ferries", "rule:ferries@A", "everything@B"], "rule:ferries; and who asked for A or B alone"),
    ],
)
def test_views_of_one_site_are_said_once(views, said):
    assert views_in_words(views) == said


def test_a_story_fits_eighty_columns(target, monkeypatch):
    screen = Console(width=80)
    monkeypatch.setattr(story, "out", screen)
    found = story_named(target, STORY)
    found["members"][0]["told_views"] = [f"topic:{name}@{'A Very Long Name of a Paper ' * 3}" for name in "abcdef"]
    found["members"][1]["title"] = "[bold]Velden \x1b[2J" * 20
    with screen.capture() as captured:
        story.show_story(found)
    drawn = captured.get()
    assert max(len(line.rstrip()) for line in drawn.splitlines()) <= 80
    assert not [line for line in drawn.splitlines()[1:-1] if not line.startswith((" " * 10, FIRST[:8], COPY[:8]))]
    assert "\x1b[2J" not in drawn
    assert "waits for the digest of topic:sport" in drawn


def test_a_page_uploaded_without_alerts_says_so_and_names_the_story_that_it_may_be_of(target, monkeypatch):
    quiet = {**RECORDS[0], "alerts_off": True, "perhaps_same_story": "9" * 32}
    monkeypatch.setattr(sys.modules[__name__], "RECORDS", [quiet])
    monkeypatch.setattr(sys.modules[__name__], "TOLD", Told(story_id=STORY))
    said = list(story.details_of(story_named(target, STORY)["members"][0]))
    assert said[-2:] == [
        f"may also be of another story: clipwire story {'9' * 32}",
        "told nobody: it was uploaded without alerts",
    ]


@pytest.mark.parametrize("number", [1, 3, 40])
def test_a_story_of_any_size_fits_eighty_columns(target, monkeypatch, number):
    many = [{**RECORDS[0], "document_id": f"{n:032x}", "title": "Breakwater rebuilt after the storm " * 4}
            for n in range(number)]  # fmt: skip
    monkeypatch.setattr(sys.modules[__name__], "RECORDS", many)
    screen = Console(width=80)
    monkeypatch.setattr(story, "out", screen)
    with screen.capture() as captured:
        story.show_story(story_named(target, STORY))
    drawn = captured.get().splitlines()
    assert max(len(line.rstrip()) for line in drawn) <= 80
    assert sum(not line.startswith(" ") for line in drawn) == number + 2


def test_a_rejected_page_tells_no_story(target, monkeypatch):
    rejected = {"document_id": COPY, "outcome": "rejected", "story_id": ""}
    monkeypatch.setattr(sys.modules[__name__], "RECORDS", [rejected])
    with pytest.raises(CliError, match="is rejected, and tells no story"):
        story_named(target, COPY)
