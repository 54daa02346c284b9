"""`clipwire rules` as a person types it, on tables of an emulator."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from functions.enrich.rule_cache import RuleCache
from infra.cli import command
from infra.cli.commands import rules
from infra.errors import CliError
from infra.stack.target import Target
from shared.adapters.dynamodb_matches import DynamoDbMatches
from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.adapters.dynamodb_rules import DynamoDbRules
from shared.adapters.dynamodb_values import from_item
from shared.adapters.s3_pages import S3Pages
from shared.domain.documents import Article, Enrichment, Outcome, Record, RuleMatch, Source
from shared.domain.rules import Rule

QUERIES = Path(__file__).parents[2] / "infra/queries"


@dataclass(frozen=True)
class Tables(Target):
    named: dict[str, str] = field(default_factory=dict)

    @cached_property
    def outputs(self) -> dict[str, str]:
        return self.named

    @cached_property
    def description(self) -> dict[str, list[str]]:
        return {"Parameters": []}


def make_table(clients, name: str, keys: list[str], index: tuple[str, list[str]] | None = None) -> str:
    made = f"{name}-{uuid.uuid4().hex[:8]}"
    indexes = (
        [{"IndexName": index[0], "KeySchema": schema(index[1]), "Projection": {"ProjectionType": "ALL"}}]
        if index
        else None
    )
    names = [*keys, *(index[1] if index else [])]
    clients("dynamodb").create_table(
        TableName=made,
        KeySchema=schema(keys),
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in names],
        BillingMode="PAY_PER_REQUEST",
        **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
    )
    return made


def schema(keys: list[str]) -> list[dict[str, str]]:
    return [{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)]


@pytest.fixture
def target(clients) -> Tables:
    named = {
        "RulesTableName": make_table(clients, "rules", ["name"]),
        "RecordsTableName": make_table(
            clients, "records", ["document_id"], ("by-day", ["processed_on", "processed_at"])
        ),
        "MatchesTableName": make_table(clients, "matches", ["rule", "matched_at_document"]),
    }
    return Tables(clients.port, named=named)


@pytest.fixture
def store(clients, target) -> DynamoDbRules:
    return DynamoDbRules(clients("dynamodb"), target.output("RulesTableName"))


@pytest.fixture
def clipwire(target, monkeypatch):
    """Runs a command; gives what it printed, or its JSON."""
    monkeypatch.setattr(command, "choose", lambda **_: target)
    app = typer.Typer()
    rules.register(app)
    app.callback()(lambda: None)

    def run(*words: str):
        result = CliRunner().invoke(app, ["rules", *words], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout) if "--json" in words else result.stdout

    return run


def put_record(clients, target, title: str, text: str, days_ago: int = 0, **fields) -> Record:
    processed = f"{datetime.now(UTC) - timedelta(days=days_ago):%Y-%m-%dT%H:%M:%SZ}"
    record = Record(
        document_id=uuid.uuid4().hex, outcome=Outcome.PUBLISHED, sequencer="0A", source_bucket="b", source_key="k",
        processed_at=processed, processed_on=processed[:10], timeline_at=processed, pipeline_version="1", title=title,
        text=text, **fields,
    )  # fmt: skip
    DynamoDbRecords(clients("dynamodb"), target.output("RecordsTableName")).write(record)
    return record


def test_a_rule_is_added_listed_switched_and_removed(clipwire, store):
    added = clipwire("add", "oil", '"oil price" opec', "--owner", "desk", "--note", "for the call", "--json")
    assert (added["read_as"], added["enabled"]) == ('"oil price" AND opec', True)
    clipwire("disable", "oil")
    assert store.find("oil").enabled is False
    clipwire("enable", "oil")
    [listed] = clipwire("list", "--json")["rules"]
    assert (listed["name"], listed["enabled"], listed["owner"], listed["error"]) == ("oil", True, "desk", None)
    clipwire("remove", "oil")
    assert clipwire("list", "--json")["rules"] == []


def catch(clients, target, rule: str, documents: int) -> None:
    matches = DynamoDbMatches(clients("dynamodb"), target.output("MatchesTableName"))
    for number in range(documents):
        matches.replace(
            put_record(clients, target, f"Oil {number}", "Oil rose."), [RuleMatch(rule=rule, sentence="Oil rose.")]
        )


def caught(clients, target, rule: str) -> int:
    rows = clients("dynamodb").scan(TableName=target.output("MatchesTableName"))["Items"]
    return sum(row["rule"]["S"] == rule for row in rows)


def test_what_a_rule_caught_goes_with_it_and_another_rules_stays(clients, target, clipwire):
    clipwire("add", "oil", "oil")
    catch(clients, target, "oil", 30)
    catch(clients, target, "oil price", 1)
    clipwire("disable", "oil")
    assert caught(clients, target, "oil") == 30
    assert clipwire("remove", "oil", "--json") == {"removed": "oil", "rows_removed": 30}
    assert (caught(clients, target, "oil"), caught(clients, target, "oil price")) == (0, 1)


def test_what_a_rule_caught_is_listed_newest_first(clients, target, clipwire):
    clipwire("add", "oil", "oil")
    assert clipwire("caught", "oil", "--json")["caught"] == []
    catch(clients, target, "oil", 3)
    listed = clipwire("caught", "oil", "--limit", "2", "--json")["caught"]
    assert [row["sentence"] for row in listed] == ["Oil rose."] * 2
    assert listed == sorted(listed, key=lambda row: row["matched_at_document"], reverse=True)
    assert "because of: Oil rose." in clipwire("caught", "oil")
    with pytest.raises(CliError, match="no rule"):
        clipwire("caught", "nope")


def test_a_name_used_again_begins_without_what_it_caught_before(clients, target, clipwire, store):
    catch(clients, target, "oil", 2)
    clipwire("add", "oil", "petrol")
    assert caught(clients, target, "oil") == 0
    catch(clients, target, "oil", 2)
    clipwire("add", "oil", "diesel", "--replace")
    assert caught(clients, target, "oil") == 2
    store.remove("oil")
    clipwire("add", "oil", "oil", "--keep-matches")
    clipwire("remove", "oil", "--keep-matches")
    assert caught(clients, target, "oil") == 2
    clipwire("remove", "oil")
    assert caught(clients, target, "oil") == 0


def test_a_bad_query_is_refused_with_a_caret_and_nothing_is_written(clipwire, store):
    with pytest.raises(CliError, match="column 4") as trouble:
        clipwire("add", "oil", "oil~")
    assert trouble.value.what.splitlines()[1:3] == ["oil~", "   ^"]
    assert store.find("oil") is None


def test_a_rule_of_the_same_name_is_written_over_only_on_request(clipwire, store):
    clipwire("add", "oil", "oil")
    with pytest.raises(CliError, match="already"):
        clipwire("add", "oil", "petrol")
    clipwire("add", "oil", "petrol", "--replace", "--disabled")
    assert (store.find("oil").query, store.find("oil").enabled) == ("petrol", False)


@pytest.mark.parametrize(
    "words", [("remove", "nope"), ("enable", "nope"), ("test", "--rule", "nope"), ("test",), ("add", "#1", "oil")]
)
def test_what_cannot_be_done_is_said(clipwire, words):
    with pytest.raises(CliError):
        clipwire(*words)


def test_a_query_may_begin_with_what_it_takes_away(clipwire):
    assert clipwire("add", "oil", "-sport oil", "--json")["read_as"] == "NOT sport AND oil"
    assert clipwire("test", "-sport oil", "--json")["read_as"] == "NOT sport AND oil"


def test_a_row_of_any_length_written_by_hand_leaves_the_list_readable(clipwire, store):
    store.save(Rule(name="n" * 500, query="oil " * 9000, owner="o" * 500))
    clipwire("add", "gas", "gas price", "--note", "for the call")
    shown = clipwire("list")
    assert any(line.startswith("gas") and "gas price (for the" in line for line in shown.splitlines())
    assert len(shown) < 6000


def test_a_rule_written_by_hand_is_listed_with_what_is_wrong(clipwire, store):
    store.save(Rule(name="by hand", query="oil AND"))
    assert clipwire("list", "--json")["rules"][0]["error"] == "column 8: something is missing at the end"
    assert "by hand is skipped" in clipwire("list")


def test_a_rule_tried_on_the_records_says_what_it_would_have_alerted_a_day(clients, target, clipwire):
    old = put_record(clients, target, "Old news", "Oil rose. Opec met.", days_ago=2)
    new = put_record(clients, target, "Opec meets", "Crude oil fell. Gas did not.", topics=["economy"])
    put_record(clients, target, "Cats", "No fuel at all.")
    put_record(clients, target, "Too old", "Oil and opec.", days_ago=30)
    tried = clipwire("test", "oil opec", "--days", "7", "--json")
    assert [match["document_id"] for match in tried["matches"]] == [new.document_id, old.document_id]
    assert tried["matches"][0]["sentence"] == "Crude oil fell."
    assert (tried["records"], sum(tried["days"].values()), len(tried["days"])) == (3, 2, 7)
    clipwire("add", "markets", "topic:economy")
    shown = clipwire("test", "--rule", "markets")
    assert "1 of 3 records match." in shown
    assert "In 7 days: 1 alert (1 new)." in shown
    assert "topic: economy" in shown


def test_a_text_too_long_for_its_record_is_tried_whole(clients, target, clipwire):
    clients("s3").create_bucket(Bucket="texts-of-the-trial")
    source = Source(bucket="texts-of-the-trial", key="incoming/long.html", sequencer="0A")
    kept = S3Pages(clients("s3"), "texts-of-the-trial").keep_article(
        source, Article(text="A lead.\n\nThe zeppelin landed at last.")
    )
    put_record(clients, target, "Long", "A lead.", text_location=kept)
    put_record(clients, target, "Gone", "A lead.", text_location="s3://texts-of-the-trial/texts/gone.json")
    tried = clipwire("test", "zeppelin", "--json")
    assert [match["sentence"] for match in tried["matches"]] == ["The zeppelin landed at last."]
    assert tried["by_lead_only"] == 1


def test_a_rule_added_by_command_is_in_force_in_the_function_and_a_bad_one_marked_and_mended(clipwire, store):
    clipwire("add", "oil", "oil")
    store.save(Rule(name="bad", query="oil)"))
    seconds = iter(range(0, 1000, 40))
    book = RuleCache(store, lambda: next(seconds))
    article = Article(title="Oil", text="Oil rose.")
    assert [match.rule for match in book.add_matches(article, Enrichment()).rules] == ["oil"]
    assert store.find("bad").error == "column 4: this parenthesis was never opened"
    store.save(Rule(name="bad", query="rose", error="column 4: this parenthesis was never opened"))
    assert [match.rule for match in book.add_matches(article, Enrichment()).rules] == ["bad", "oil"]
    assert store.find("bad").error is None


def ask(clients, target, name: str) -> list[dict]:
    lines = (QUERIES / f"{name}.sql").read_text().splitlines()
    statement = " ".join(line for line in lines if not line.startswith("--"))
    for kind in ("Rules", "Matches"):
        statement = statement.replace(f"clipwire-{kind.lower()}", target.output(f"{kind}TableName"))
    return [from_item(item) for item in clients("dynamodb").execute_statement(Statement=statement)["Items"]]


def test_the_consoles_queries_answer_by_rule_and_which_rules_to_mend(clients, target, store):
    matches = DynamoDbMatches(clients("dynamodb"), target.output("MatchesTableName"))
    for day in (1, 3, 2):
        record = put_record(clients, target, f"Day {day}", "Text.", days_ago=day)
        matches.replace(
            record, [RuleMatch(rule="north-korea", sentence="Text."), RuleMatch(rule="other", sentence="Text.")]
        )
    assert [item["title"] for item in ask(clients, target, "by_rule")] == ["Day 1", "Day 2", "Day 3"]
    store.save(Rule(name="good", query="oil"))
    store.save(Rule(name="bad", query="oil)", error="column 4: no"))
    assert [item["name"] for item in ask(clients, target, "rules_to_mend")] == ["bad"]
