"""What every source of the desk's lists promises."""

import uuid

import pytest

from functions.desk.dynamodb_desk_records import DynamoDbDeskRecords
from shared.adapters.dynamodb_matches import DynamoDbMatches
from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.domain.documents import Outcome, Record, RuleMatch
from tests.fakes import FakeDeskRecords, FakeLedger, FakeMatches
from tests.template.cfn import load

TABLES = ("RecordsTable", "MatchesTable")


@pytest.fixture(scope="session")
def tables(clients) -> dict[str, str]:
    """The two tables as the template has them, under names of their own."""
    made = {}
    for logical in TABLES:
        properties = load()["Resources"][logical]["Properties"]
        kept = ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "BillingMode")
        made[logical] = f"{logical.lower()}-{uuid.uuid4().hex[:8]}"
        asked = {name: properties[name] for name in kept if name in properties}
        clients("dynamodb").create_table(TableName=made[logical], **asked)
    return made


@pytest.fixture(params=["fake", "dynamodb"])
def source(request):
    """A desk's records, and the ledger and matches that fill them."""
    if request.param == "fake":
        ledger, matches = FakeLedger(), FakeMatches()
        return FakeDeskRecords(ledger, matches), ledger, matches
    client = request.getfixturevalue("clients")("dynamodb")
    tables = request.getfixturevalue("tables")
    return (
        DynamoDbDeskRecords(client, tables["RecordsTable"], tables["MatchesTable"]),
        DynamoDbRecords(client, tables["RecordsTable"]),
        DynamoDbMatches(client, tables["MatchesTable"]),
    )


@pytest.fixture
def mine() -> str:
    """A topic, site, day and rule that no other test uses."""
    return uuid.uuid4().hex[:10]


def record(mine: str, number: int, **more) -> Record:
    at = f"2025-11-26T07:{number:02d}:00Z"
    return Record.model_validate(
        {
            "document_id": f"{mine}{number:022x}",
            "outcome": Outcome.PUBLISHED,
            "sequencer": "1",
            "source_bucket": "pages",
            "source_key": f"incoming/{number}.html",
            "processed_at": at,
            "processed_on": mine,
            "timeline_at": at,
            "pipeline_version": "1",
            "title": f"Title {number}",
            "topic": mine,
            "topics": [mine, "sport"],
            "site": mine,
            "attention": mine,
            "story_id": mine,
            "text": f"Text {number}.",
            **more,
        }
    )


@pytest.mark.parametrize("name", ["day", "topic", "site", "attention", "rule", "story"])
def test_a_list_is_given_newest_first_page_by_page_until_it_ends(source, mine, name):
    records, ledger, matches = source
    for number in range(7):
        ledger.write(record(mine, number))
        matches.replace(record(mine, number), [RuleMatch(rule=mine, sentence=f"Sentence {number}.")])
    seen, after = [], None
    for _ in range(4):
        page = records.page(name, mine, after, 3)
        seen += [line.document_id for line in page.lines]
        after = page.after
        if after is None:
            break
    assert seen == [f"{mine}{number:022x}" for number in reversed(range(7))]
    assert after is None


def test_a_line_has_what_a_list_shows(source, mine):
    records, ledger, matches = source
    ledger.write(record(mine, 1, url="https://example.org/a", rules=["oil"], language="en"))
    matches.replace(record(mine, 1), [RuleMatch(rule=mine, sentence="Why.")])
    (line,) = records.page("topic", mine, None, 5).lines
    assert (line.title, line.topics, line.rules, line.site) == ("Title 1", [mine, "sport"], ["oil"], mine)
    (line,) = records.page("rule", mine, None, 5).lines
    assert (line.title, line.sentence, line.timeline_at) == ("Title 1", "Why.", "2025-11-26T07:01:00Z")


@pytest.mark.parametrize("after", [{"topic": "other", "timeline_at": "x", "document_id": "y"}, {"site": "x"}, {}])
def test_a_mark_of_another_list_counts_as_none(source, mine, after):
    records, ledger, _ = source
    ledger.write(record(mine, 1))
    assert len(records.page("topic", mine, after, 5).lines) == 1


def test_records_are_found_alone_and_together(source, mine):
    records, ledger, _ = source
    for number in (1, 2):
        ledger.write(record(mine, number))
    names = [record(mine, number).document_id for number in (1, 2, 3)]
    assert records.find(names[0]).text == "Text 1."
    assert records.find(names[2]) is None
    assert {name: found.text for name, found in records.find_many(names).items()} == {
        names[0]: "Text 1.",
        names[1]: "Text 2.",
    }
    assert records.find_many([]) == {}
