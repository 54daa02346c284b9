import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.enrich.record import DOUBTFUL as WRITTEN_BY_ENRICH
from infra.cli.commands.records import attention_cells
from infra.errors import CliError
from infra.local.home import CLONE
from infra.stack.periods import Period
from infra.stack.records.documents import DOUBTFUL, REJECTED, Question, find_many, page_of, parts_in_need
from infra.stack.records.find import find_record
from infra.stack.records.known import known_sites
from shared.adapters.dynamodb_values import to_value
from shared.domain.documents import Outcome, document_id

BUCKET = "clipwire-pages"


def starts_with(item: dict[str, Any], said: str) -> bool:
    return str(item["document_id"]).startswith(said)


def contains(item: dict[str, Any], said: str) -> bool:
    return said in item["source_key"] or said in item["title"] or said in item.get("url", "")


class FakeTable:
    """Answers the queries that the command line asks, over items in memory."""

    def __init__(self, items: list[dict[str, Any]]) -> None:
        self.items = items
        self.asked: list[str] = []

    def get_paginator(self, operation: str) -> Any:
        self._operation = operation
        return self

    def paginate(self, **asked: Any) -> Any:
        self.asked.append(asked["IndexName"])
        if self._operation == "scan":
            said = asked["ExpressionAttributeValues"][":said"]["S"]
            holds = starts_with if "begins_with" in asked["FilterExpression"] else contains
            yield {"Items": [self._stored(item) for item in self.items if holds(item, said)]}
            return
        attribute = asked["ExpressionAttributeNames"]["#partition"]
        wanted = asked["ExpressionAttributeValues"][":partition"]["S"]
        sort = "processed_at" if asked["IndexName"] in {"by-day", "needs-attention"} else "timeline_at"
        found = sorted(
            (item for item in self.items if item.get(attribute) == wanted), key=lambda item: item[sort], reverse=True
        )
        start = asked.get("ExclusiveStartKey")
        if start:
            ids = [item["document_id"] for item in found]
            found = found[ids.index(start["document_id"]["S"]) + 1 :]
        yield {"Items": [self._stored(item) for item in found]}

    def batch_get_item(self, RequestItems: Any) -> Any:  # noqa: N803  # as boto3 names it
        [(table, wanted)] = RequestItems.items()
        ids = [key["document_id"]["S"] for key in wanted["Keys"]]
        assert len(ids) <= 100
        return {"Responses": {table: [self._stored(item) for item in self.items if item["document_id"] in ids]}}

    def get_item(self, **asked: Any) -> Any:
        found = [item for item in self.items if item["document_id"] == asked["Key"]["document_id"]["S"]]
        return {"Item": self._stored(found[0])} if found else {}

    def _stored(self, item: dict[str, Any]) -> Any:
        return {name: to_value(value) for name, value in item.items()}


class FakeTarget:
    def __init__(self, items: list[dict[str, Any]]) -> None:
        self.table = FakeTable(items)

    def output(self, name: str) -> str:
        return {"RecordsTableName": "clipwire-records", "PagesBucketName": BUCKET}[name]

    def client(self, service: str) -> Any:
        assert service == "dynamodb"
        return self.table


def item(number: int, **more: Any) -> dict[str, Any]:
    at = f"2026-01-02T00:00:{number:02}Z"
    base = {
        "document_id": document_id(BUCKET, f"incoming/{number}.html"),
        "source_key": f"incoming/{number}.html",
        "processed_at": at,
        "timeline_at": at,
        "processed_on": "2026-01-02",
    }
    return {**base, "topic": "sport", "site": "The Courier", "title": f"title {number}", **more}


@pytest.fixture
def target() -> Any:
    return FakeTarget([item(number) for number in range(5)])


def titles(found: list[dict[str, Any]]) -> list[str]:
    return [one["title"] for one in found]


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (Question(topic="sport"), "by-topic"),
        (Question(site="The Courier"), "by-site"),
        (Question(date="2026-01-02"), "by-day"),
        (Question(topic="sport", site="The Courier"), "by-topic"),
    ],
)
def test_each_question_is_answered_by_an_index_newest_first(target: Any, question: Question, index: str) -> None:
    found, mark = page_of(target, question, 10, None)
    assert titles(found) == ["title 4", "title 3", "title 2", "title 1", "title 0"]
    assert target.table.asked == [index]
    assert mark is None


def test_a_list_goes_on_where_the_one_before_ended(target: Any) -> None:
    question = Question(date="2026-01-02")
    first, mark = page_of(target, question, 2, None)
    second, mark = page_of(target, question, 2, mark)
    third, mark = page_of(target, question, 2, mark)
    assert titles([*first, *second, *third]) == ["title 4", "title 3", "title 2", "title 1", "title 0"]
    assert mark is None


def test_a_full_last_page_promises_nothing_more(target: Any) -> None:
    assert page_of(target, Question(topic="sport"), 5, None)[1] is None


def test_what_the_index_does_not_hold_is_filtered(target: Any) -> None:
    assert page_of(target, Question(topic="sport", site="Another"), 10, None)[0] == []
    assert page_of(target, Question(topic="sport", date="2026-01-03"), 10, None)[0] == []


def test_a_list_is_narrowed_by_names_whether_the_index_keeps_them_or_not(target: Any) -> None:
    target.table.items[3] |= {"people": ["Ines Halloran", "Ann Lee"], "authors": ["Piotr Wend"], "language": "de"}
    wanted = {"people": "halloran", "authors": "wend"}
    for question in (Question(named=wanted, date="2026-01-02"), Question(named=wanted, topic="sport", language="de")):
        assert titles(page_of(target, question, 10, None)[0]) == ["title 3"]
    assert page_of(target, Question(topic="sport", named={"places": "halloran"}), 10, None)[0] == []


def in_need() -> Any:
    """Five records: rejected, doubtful, rejected, doubtful, and one that nobody needs to look at."""
    marks = ["rejected", "doubtful", "rejected", "doubtful", None]
    return FakeTarget([item(number, **({"attention": mark} if mark else {})) for number, mark in enumerate(marks)])


def test_what_needs_attention_is_what_was_rejected_and_then_what_was_published_in_doubt() -> None:
    found, mark = page_of(in_need(), Question(attention=True), 10, None)
    assert titles(found) == ["title 2", "title 0", "title 3", "title 1"]
    assert mark is None


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_a_list_of_what_needs_attention_goes_on_over_both_parts(limit: int) -> None:
    target, found, mark = in_need(), [], None
    for _ in range(5):
        more, mark = page_of(target, Question(attention=True), limit, mark)
        found += more
        if mark is None:
            break
    assert titles(found) == ["title 2", "title 0", "title 3", "title 1"]


def test_a_doubtful_record_is_listed_with_its_title_and_probability() -> None:
    cells = attention_cells(item(1, attention="doubtful", extraction_confidence=0.314))
    assert (cells[1], cells[-2:]) == ("doubtful", ["title 1", "Probability of an article: 0.31."])


def test_what_needs_attention_is_listed_with_what_its_index_does_not_keep() -> None:
    target = in_need()
    target.table.items[0] |= {"site": "Portside News"}
    found, _ = page_of(target, Question(attention=True, site="Portside News"), 10, None)
    assert titles(found) == ["title 0"]


def test_a_rejected_record_is_listed_with_its_reason_and_detail() -> None:
    cells = attention_cells(item(1, attention="rejected", reason="stub", detail="Only the opening is there."))
    assert (cells[1], cells[-1]) == ("stub", "Only the opening is there.")


def test_a_rejected_page_without_a_title_is_listed_by_its_address_else_its_key() -> None:
    nameless = item(1, attention="rejected", reason="empty") | {"title": None}
    assert attention_cells(nameless)[-2] == nameless["source_key"]
    assert attention_cells({**nameless, "url": "https://example.org/a"})[-2] == "https://example.org/a"


def test_each_part_of_what_needs_attention_has_a_query_for_the_console() -> None:
    asked = {file.stem: file.read_text() for file in (CLONE / "infra" / "queries").glob("*.sql")}
    for part in parts_in_need(None):
        assert any(f"attention = '{part}'" in query for query in asked.values()), part


def test_a_mark_that_is_none_is_refused(target: Any) -> None:
    day_that_is_none = base64.urlsafe_b64encode(b'{"document_id": "1", "processed_on": "x"}').decode()
    for mark in ("nonsense", day_that_is_none):
        with pytest.raises(CliError, match="no mark"):
            page_of(target, Question(topic="sport"), 2, mark)


def test_more_than_a_hundred_are_asked_for_in_batches() -> None:
    target: Any = FakeTarget([item(number) for number in range(60)] * 1)
    ids = [document_id(BUCKET, f"incoming/{number}.html") for number in range(150)]
    assert len(find_many(target, ids, ["title"])) == 60


@pytest.mark.parametrize(
    "named", ["3.html", "incoming/3.html", "s3://clipwire-pages/incoming/3.html", "./some/folder/3.html"]
)
def test_a_record_is_found_by_file_name_key_or_address(target: Any, named: str) -> None:
    assert find_record(target, named)["title"] == "title 3"


def test_a_record_is_found_by_id_or_the_start_of_it(target: Any) -> None:
    whole = item(3)["document_id"]
    assert find_record(target, whole.upper())["title"] == "title 3"
    assert find_record(target, whole[:8])["title"] == "title 3"


def test_a_start_that_several_ids_share_is_refused() -> None:
    target: Any = FakeTarget([item(1, document_id="abcd" + "0" * 28), item(2, document_id="abcd" + "1" * 28)])
    with pytest.raises(CliError, match="may mean 2 records") as refused:
        find_record(target, "abcd")
    assert "abcd0000 (" in refused.value.todo


@pytest.mark.parametrize("said", ["samples/flood", "flood-lowmarsh.html", "Lowmarsh families", "https://x.example/1"])
def test_a_record_is_found_by_a_part_of_its_key_or_title_or_by_its_url(said: str) -> None:
    found = item(
        1,
        source_key="incoming/samples/flood-lowmarsh.html",
        title="Lowmarsh families return",
        url="https://x.example/1",
    )
    target: Any = FakeTarget([found, item(2)])
    assert find_record(target, said)["document_id"] == found["document_id"]


def test_a_record_is_found_by_a_part_of_its_url_and_by_the_whole_of_a_url_that_others_begin_with() -> None:
    target: Any = FakeTarget([item(1, url="https://x.example/news"), item(2, url="https://x.example/news/two")])
    assert find_record(target, "news/two")["title"] == "title 2"
    assert find_record(target, "https://x.example/news")["title"] == "title 1"


def test_an_empty_name_is_no_document(target: Any) -> None:
    with pytest.raises(CliError, match="Say which document"):
        find_record(target, " ")


def test_what_is_not_there_is_said(target: Any) -> None:
    with pytest.raises(CliError, match="no record"):
        find_record(target, "nothing.html")
    with pytest.raises(CliError, match="no record"):
        find_record(target, "ffffffff")


def test_a_page_goes_on_where_the_page_before_it_ended(target: Any) -> None:
    assert titles(page_of(target, Question(topic="sport"), 2, None, 2)[0]) == ["title 2", "title 1"]
    found, mark = page_of(target, Question(topic="sport"), 2, None, 3)
    assert (titles(found), mark) == (["title 0"], None)
    assert page_of(target, Question(topic="sport"), 2, None, 4) == ([], None)


def test_a_day_of_the_machines_zone_is_read_from_the_days_that_it_touches(target: Any) -> None:
    since = datetime(2026, 1, 2, 0, 0, 1, tzinfo=UTC)
    period = Period(since, since + timedelta(seconds=2))
    assert titles(page_of(target, Question(processed=period), 10, None)[0]) == ["title 2", "title 1"]
    assert titles(page_of(target, Question(topic="sport", processed=period), 10, None)[0]) == ["title 2", "title 1"]


def test_sites_are_known_from_the_index_or_from_the_newest_records(target: Any) -> None:
    target.table.items = [item(number, processed_on=f"{datetime.now(UTC):%Y-%m-%d}") for number in range(3)]
    assert known_sites(target, "The Courier") == {"The Courier"}
    assert known_sites(target, "the courier") == {"The Courier"}


def test_the_parts_of_what_needs_attention_are_what_enrich_writes() -> None:
    assert (Outcome.REJECTED, WRITTEN_BY_ENRICH) == (REJECTED, DOUBTFUL)
