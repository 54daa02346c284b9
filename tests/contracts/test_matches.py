"""What every store of matches promises."""

import uuid

import pytest

from shared.adapters.aws_errors import translated
from shared.adapters.dynamodb_matches import DynamoDbMatches
from shared.domain.documents import Outcome, Record, RuleMatch
from shared.domain.errors import Misconfigured, Transient
from tests.fakes import FakeMatches


@pytest.fixture(scope="session")
def table(clients) -> str:
    name = f"matches-{uuid.uuid4().hex[:8]}"
    clients("dynamodb").create_table(
        TableName=name,
        KeySchema=[
            {"AttributeName": "rule", "KeyType": "HASH"},
            {"AttributeName": "matched_at_document", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": n, "AttributeType": "S"} for n in ("rule", "matched_at_document", "document_id")
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-document",
                "KeySchema": [{"AttributeName": "document_id", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


@pytest.fixture
def dynamodb(clients, table) -> DynamoDbMatches:
    return DynamoDbMatches(clients("dynamodb"), table)


@pytest.fixture(params=["fake", "dynamodb"])
def matches(request):
    return FakeMatches() if request.param == "fake" else request.getfixturevalue("dynamodb")


@pytest.fixture
def document() -> str:
    return uuid.uuid4().hex


@pytest.fixture
def standing(request, matches, document):
    """The matches of the document as they stand, by rule."""
    if isinstance(matches, FakeMatches):
        return lambda: {match.rule: match.sentence for match in matches.matches.get(document, ("", ()))[1]}
    return lambda: {item["rule"]["S"]: item["sentence"]["S"] for item in rows(request, document)}


def rows(request, document: str) -> list[dict]:
    """Rows of the document, without its manifest."""
    client, table = request.getfixturevalue("clients")("dynamodb"), request.getfixturevalue("table")
    pages = client.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return [item for page in pages for item in page["Items"] if item.get("document_id", {}).get("S") == document]


def record(document: str, sequencer: str, timeline_at: str = "2026-01-01T00:00:00Z", **fields) -> Record:
    return Record(
        document_id=document, outcome=Outcome.PUBLISHED, sequencer=sequencer, source_bucket="pages", source_key="incoming/a.html",
        processed_at="2026-01-02T00:00:00Z", timeline_at=timeline_at, pipeline_version="1", title="A title", site="A site", **fields,
    )  # fmt: skip


def match(rule: str, sentence: str = "A sentence.") -> RuleMatch:
    return RuleMatch(rule=rule, sentence=sentence)


def test_matches_stand_as_they_were_given(matches, document, standing):
    matches.replace(record(document, "0A"), [match("oil", "Oil rose."), match("gas", "Gas fell.")])
    assert standing() == {"oil": "Oil rose.", "gas": "Gas fell."}


def test_the_same_again_changes_nothing(matches, document, standing):
    for _ in range(3):
        matches.replace(record(document, "0A"), [match("oil")])
    assert standing() == {"oil": "A sentence."}


def test_a_newer_version_takes_the_place_of_the_older_whatever_its_day(matches, document, standing):
    matches.replace(record(document, "0A"), [match("oil"), match("gas")])
    matches.replace(record(document, "0B", "2026-03-03T00:00:00Z"), [match("gas", "Gas rose."), match("coal")])
    assert standing() == {"gas": "Gas rose.", "coal": "A sentence."}


def test_an_older_version_that_comes_late_changes_nothing(matches, document, standing):
    matches.replace(record(document, "0B"), [])
    matches.replace(record(document, "0A"), [match("oil")])
    assert standing() == {}


def test_the_same_version_matched_again_after_the_rules_changed_is_replaced(matches, document, standing):
    matches.replace(record(document, "0A"), [match("oil"), match("gas")])
    matches.replace(record(document, "0A"), [match("coal")])
    assert standing() == {"coal": "A sentence."}


def test_deleting_removes_all_and_holds_against_a_late_version(matches, document, standing):
    matches.replace(record(document, "0A"), [match("oil")])
    matches.remove(document, "0C")
    matches.replace(record(document, "0B"), [match("gas")])
    assert standing() == {}


def test_deleting_an_older_version_leaves_a_newer_one(matches, document, standing):
    matches.replace(record(document, "0B"), [match("oil")])
    matches.remove(document, "0A")
    assert standing() == {"oil": "A sentence."}


def test_more_matches_than_one_transaction_takes_are_kept_and_replaced(matches, document, standing):
    many = [match(f"rule {number}") for number in range(250)]
    matches.replace(record(document, "0A"), many)
    assert len(standing()) == 250
    matches.replace(record(document, "0B"), many[:3])
    assert set(standing()) == {"rule 0", "rule 1", "rule 2"}


def test_a_row_says_what_a_list_in_the_console_shows(dynamodb, request, document):
    dynamodb.replace(
        record(document, "0A", url="https://a.example", expires_at=2_000_000_000), [match("oil", "Oil rose.")]
    )
    [row] = rows(request, document)
    assert {name: next(iter(value.values())) for name, value in row.items()} == {
        "rule": "oil", "matched_at_document": f"2026-01-01T00:00:00Z#{document}", "document_id": document, "title": "A title",
        "site": "A site",
        "url": "https://a.example", "sentence": "Oil rose.", "sequencer": "0A", "expires_at": "2000000000",
    }  # fmt: skip


class Interrupting:
    """The DynamoDB client, that lets another worker act just before a transaction."""

    def __init__(self, client, meanwhile) -> None:
        self._client = client
        self._meanwhile = meanwhile

    def __getattr__(self, name):
        if name == "transact_write_items" and self._meanwhile:
            meanwhile, self._meanwhile = self._meanwhile, None
            meanwhile()
        return getattr(self._client, name)


def test_a_worker_overtaken_between_its_steps_leaves_nothing_behind(clients, table, dynamodb, request, document):
    overtaking = Interrupting(clients("dynamodb"), lambda: dynamodb.replace(record(document, "0B"), [match("coal")]))
    DynamoDbMatches(overtaking, table).replace(record(document, "0A"), [match("oil")])
    assert [row["rule"]["S"] for row in rows(request, document)] == ["coal"]


def test_a_worker_that_died_between_its_steps_is_made_good_by_the_next(clients, table, dynamodb, request, document):
    dynamodb.replace(record(document, "0A"), [match("oil")])

    def die():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        DynamoDbMatches(Interrupting(clients("dynamodb"), die), table).replace(record(document, "0B"), [match("gas")])
    dynamodb.replace(record(document, "0C"), [match("coal")])
    assert [row["rule"]["S"] for row in rows(request, document)] == ["coal"]


def test_a_manifest_that_others_keep_changing_is_tried_again_later(clients, table, document):
    class Restless(DynamoDbMatches):
        def write_manifest(self, *_):
            return False

    with pytest.raises(Transient, match="keep changing"):
        Restless(clients("dynamodb"), table).replace(record(document, "0A"), [])


def test_a_missing_table_is_for_a_person_to_mend(clients, document):
    with pytest.raises(Misconfigured):
        DynamoDbMatches(clients("dynamodb"), "nowhere").remove(document, "0A")
    with pytest.raises(Misconfigured), translated("reach it"):
        clients("dynamodb").describe_table(TableName="nowhere")
