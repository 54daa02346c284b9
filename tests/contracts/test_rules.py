"""What every rules store promises."""

import uuid

import pytest

from shared.adapters.dynamodb_rules import DynamoDbRules
from shared.domain.errors import Misconfigured
from shared.domain.rules import Rule
from tests.fakes import FakeRules


@pytest.fixture
def table(clients) -> str:
    name = f"rules-{uuid.uuid4().hex[:8]}"
    clients("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "name", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "name", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


@pytest.fixture(params=["fake", "dynamodb"])
def rules(request):
    if request.param == "fake":
        return FakeRules()
    return DynamoDbRules(request.getfixturevalue("clients")("dynamodb"), request.getfixturevalue("table"))


OIL = Rule(
    name="oil",
    query='"crude oil" AND opec',
    owner="energy desk",
    note="for the morning call",
    updated_at="2026-01-01T00:00:00Z",
)


def test_a_rule_is_found_as_it_was_saved(rules):
    rules.save(OIL)
    assert rules.find("oil") == OIL
    assert list(rules.every()) == [OIL]


def test_an_unknown_rule_is_not_found(rules):
    assert rules.find("oil") is None


def test_only_rules_that_are_on_are_enabled(rules):
    rules.save(OIL)
    rules.save(Rule(name="gas", query="gas", enabled=False))
    assert [rule.name for rule in rules.enabled()] == ["oil"]
    assert {rule.name for rule in rules.every()} == {"oil", "gas"}


def test_rules_that_are_off_exist_and_removed_ones_do_not(rules):
    rules.save(OIL)
    rules.save(Rule(name="gas", query="gas", enabled=False))
    rules.save(Rule(name="coal", query="coal"))
    rules.remove("coal")
    assert rules.existing({"oil", "gas", "coal", *(f"rule {number}" for number in range(250))}) == {"oil", "gas"}
    assert rules.existing([]) == set()


def test_saving_again_replaces(rules):
    rules.save(OIL)
    rules.save(Rule(name="oil", query="petrol"))
    assert rules.find("oil") == Rule(name="oil", query="petrol")


def test_removing_says_whether_there_was_one(rules):
    rules.save(OIL)
    assert rules.remove("oil") is True
    assert rules.remove("oil") is False
    assert list(rules.every()) == []


def test_a_mark_is_written_beside_the_rule_and_taken_away(rules):
    rules.save(OIL)
    rules.mark(OIL, "column 3: no")
    assert rules.find("oil") == OIL.model_copy(update={"error": "column 3: no"})
    rules.mark(OIL, None)
    assert rules.find("oil") == OIL


def test_a_rule_that_changed_or_went_since_is_not_marked(rules):
    rules.save(Rule(name="oil", query="mended"))
    rules.mark(OIL, "column 3: no")
    assert rules.find("oil").error is None
    rules.remove("oil")
    rules.mark(OIL, "column 3: no")
    assert rules.find("oil") is None


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"query": {"S": "oil"}}, Rule(name="n", query="oil")),
        ({"query": {"S": "oil"}, "enabled": {"S": "off"}}, Rule(name="n", query="oil", enabled=False)),
        ({"query": {"S": "oil"}, "enabled": {"S": "Yes"}}, Rule(name="n", query="oil")),
        ({"query": {"S": "oil"}, "enabled": {"N": "0"}}, Rule(name="n", query="oil", enabled=False)),
        ({"query": {"N": "5"}, "note": {"L": []}, "colour": {"S": "red"}}, Rule(name="n", query="")),
        ({}, Rule(name="n", query="")),
    ],
)
def test_a_row_that_a_person_wrote_by_hand_is_read_as_far_as_it_goes(clients, table, item, expected):
    clients("dynamodb").put_item(TableName=table, Item={"name": {"S": "n"}, **item})
    store = DynamoDbRules(clients("dynamodb"), table)
    assert list(store.every()) == [expected]
    store.mark(expected, "column 1: the query is empty")
    assert store.find("n").error == "column 1: the query is empty"


def test_more_rules_than_one_answer_holds_are_all_read(clients, table):
    store = DynamoDbRules(clients("dynamodb"), table)
    for number in range(40):
        store.save(Rule(name=f"rule {number}", query="oil", note="x" * 40_000))
    assert len(store.enabled()) == 40


def test_a_missing_table_is_for_a_person_to_mend(clients):
    with pytest.raises(Misconfigured, match="read the rules: ResourceNotFoundException"):
        DynamoDbRules(clients("dynamodb"), "nowhere").enabled()
