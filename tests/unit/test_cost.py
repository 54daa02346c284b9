"""What one document costs: its calls and units counted on its way, and the README held to the sum."""

import json
import math
import random
import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.enrich.rule_cache import RuleCache
from functions.enrich.stories.joiner import JoinStories, joiner_over
from functions.enrich.stories.lookup import MAX_CANDIDATES
from functions.enrich.stories.reading.document import StoryText
from functions.enrich.stories.reading.term_counts import CELLS
from functions.enrich.stories.stream_counts import MAX_WAITING
from functions.enrich.usecase import EnrichArticles
from functions.extract.s3_events import S3Notification
from functions.extract.usecase import ExtractPages
from functions.notify.asked_views import AskedViews
from functions.notify.telling.decide import decide
from functions.notify.telling.notes import note_sent
from functions.notify.usecase import NotifyReaders
from infra.prices import (
    PER_ALARM_AND_MONTH,
    PER_CUSTOM_METRIC_AND_MONTH,
    PER_DASHBOARD_AND_MONTH,
    PER_EMAIL,
    cost_of,
    idle_polling_a_month,
    reconciling_a_month,
    units_of_the_functions,
)
from shared.adapters.dynamodb_history import DynamoDbHistory
from shared.adapters.dynamodb_matches import DynamoDbMatches
from shared.adapters.dynamodb_records import DynamoDbRecords
from shared.adapters.dynamodb_stories import DynamoDbStories
from shared.adapters.dynamodb_told import DynamoDbTold, item_of
from shared.adapters.s3_pages import S3Pages
from shared.adapters.sns_alerts import SnsAlerts
from shared.adapters.sqs_handoff import SqsHandoff
from shared.domain.documents import Outcome, Record
from shared.domain.messages import Announcement, ArticleMessage
from shared.domain.stories import StoryDecision
from shared.domain.told import Told
from shared.telemetry import Telemetry
from tests.fakes import FakeRules, FakeViews
from tests.pipeline import TOMBSTONE_DAYS
from tests.template.cfn import load, of_type

README = Path(__file__).parents[2] / "README.md"
MAX_CALLS = 10  # of AWS for a new article without rules (decisions 0019 and 0027)
MAX_STORY_CALLS = 21  # of AWS for joining an article to its story, beside those (decision 0023)
MAX_STORY_DOLLARS = 0.012  # per 1,000 articles, with the entry in the index by story (decision 0023)
MAX_DOLLARS_A_THOUSAND = 0.032  # per 1,000 articles; 0.019 without stories (decision 0027), and theirs (0023)
WORDS = 700  # of an ordinary article, as in decision 0009
CANDIDATES = [f"{number:032x}" for number in range(MAX_CANDIDATES)]
# Units of an article's share in reading and writing back the counts of terms, 32 KB.
COUNTS_WRITTEN = math.ceil(CELLS / 1_024 + 0.1) / MAX_WAITING
COUNTS_READ = math.ceil(CELLS / 4_096 + 0.1) / MAX_WAITING
SENTENCES = (
    (
        "The harbour council of Port Cassel voted on Tuesday to rebuild the northern breakwater, which "
        "winter storms had broken."
    ),
    (
        "The minister for transport told parliament that the government would pay a third of the work, "
        "and the region another."
    ),
    (
        "Union leaders said that dock workers would strike on Friday unless the company withdrew its "
        "plan to cut four hundred jobs."
    ),
    "Doctor Anna Lindqvist of the hospital in Karlsby said that eleven patients were treated for smoke after the fire.",
    (
        "Oil prices rose to eighty dollars a barrel, and the central bank said that it would raise "
        "interest rates in March."
    ),
)


class Account:
    """S3, DynamoDB, SQS and SNS for one document: keeps what is written, and counts each call with its units."""

    def __init__(self, page: bytes) -> None:
        self._page = page
        self.calls: list[str] = []
        self.units: Counter[str] = Counter()
        self.items: dict[str, dict[str, Any]] = {}
        self.largest: Counter[str] = Counter()  # bytes of an item as it ever was, by table
        self.messages: list[str] = []
        self.story_calls: list[str] = []
        self.story_units: Counter[str] = Counter()

    def get_object(self, **_: Any) -> Any:
        self._count("s3 get")
        body = SimpleNamespace(read=lambda: self._page)
        return {"Body": body, "ContentLength": len(self._page), "ETag": '"etag"', "Metadata": {}}

    def send_message(self, **message: Any) -> Any:
        self._count("sqs request", math.ceil(len(message["MessageBody"].encode()) / 65_536))
        self.messages.append(message["MessageBody"])

    def publish(self, **_: Any) -> Any:
        self._count("sns publish")

    def get_item(self, **asked: Any) -> Any:
        if asked["Key"].get("key", {}).get("S", "").startswith("counts#"):
            return {}  # read once by each worker: counted with the writing back
        item = self.items.get(asked["TableName"])
        self._count("dynamodb read unit", max(1, math.ceil(item_bytes(item or {}) / 4_096)))
        return {"Item": item} if item else {}

    def update_item(self, **asked: Any) -> Any:
        before = self.items.get(asked["TableName"], {})
        self._write(asked["TableName"], {**before, **asked["Key"], **sets_of(asked)})
        return {"Attributes": before} if before else {}

    def put_item(self, **asked: Any) -> Any:
        self._write(asked["TableName"], asked["Item"])
        return {}

    def _write(self, table: str, item: dict[str, Any]) -> None:
        size = max(item_bytes(item), item_bytes(self.items.get(table, {})))
        self.items[table] = item
        self.largest[table] = max(self.largest[table], size)
        self._count("dynamodb write unit", math.ceil(size / 1_024))
        self.units["dynamodb write unit"] += sum(math.ceil(size / 1_024) for size in entry_sizes(table, item))

    def query(self, **asked: Any) -> Any:
        """Each key of a story has as many documents as joining compares: the dearest case."""
        self._count("dynamodb read unit")
        day = asked["ExpressionAttributeValues"][":first"]["S"]
        return {"Items": [{"at": {"S": f"{day}#{name}"}} for name in CANDIDATES]}

    def batch_get_item(self, **asked: Any) -> Any:
        [(table, keys)] = asked["RequestItems"].items()
        row = self.items[table]
        self._count("dynamodb read unit", len(keys["Keys"]) * math.ceil(item_bytes(row) / 4_096))
        return {"Responses": {table: [{**row, **key} for key in keys["Keys"]]}}

    def batch_write_item(self, **asked: Any) -> Any:
        [changes] = asked["RequestItems"].values()
        rows = [change["PutRequest"]["Item"] for change in changes]
        self._count("dynamodb write unit", sum(math.ceil(item_bytes(row) / 1_024) for row in rows))
        return {}

    def _count(self, unit: str, number: int = 1) -> None:
        self.calls.append(unit)
        self.units[unit] += number


class CountingJoiner:
    """The joiner of stories, with the calls and units that are its own."""

    def __init__(self, joiner: JoinStories, account: Account) -> None:
        self._joiner, self._account = joiner, account

    def join(self, text: StoryText, sequencer: str) -> StoryDecision:
        calls, units = len(self._account.calls), Counter(self._account.units)
        decision = self._joiner.join(text, sequencer)
        self._account.story_calls = self._account.calls[calls:]
        self._account.story_units = self._account.units - units
        del self._account.calls[calls:]
        self._account.units["dynamodb write unit"] += COUNTS_WRITTEN  # type: ignore[assignment]
        self._account.units["dynamodb read unit"] += COUNTS_READ  # type: ignore[assignment]
        self._account.story_units["dynamodb write unit"] += COUNTS_WRITTEN  # type: ignore[assignment]
        self._account.story_units["dynamodb read unit"] += COUNTS_READ  # type: ignore[assignment]
        return decision


def sets_of(asked: dict[str, Any]) -> dict[str, Any]:
    """The attributes that an update sets, as `SET name = :value`."""
    names, values = asked.get("ExpressionAttributeNames", {}), asked["ExpressionAttributeValues"]
    pairs = re.findall(r"([#\w]+) = (:\w+)", asked["UpdateExpression"])
    return {names.get(name, name): values[value] for name, value in pairs}


def item_bytes(item: dict[str, Any]) -> int:
    """As DynamoDB counts: names and values in UTF-8, and a few bytes for each value in a list or map."""
    return sum(len(name.encode()) + value_bytes(value) for name, value in item.items())


def value_bytes(value: dict[str, Any]) -> int:
    [(kind, held)] = value.items()
    if kind == "M":
        return 3 + sum(1 + len(name.encode()) + value_bytes(inner) for name, inner in held.items())
    if kind == "L":
        return 3 + sum(1 + value_bytes(inner) for inner in held)
    return len(held) if isinstance(held, bytes) else len(str(held).encode())


def entry_sizes(table: str, item: dict[str, Any]) -> list[int]:
    """Of each index that holds the item, the bytes of its entry; the template says what they project."""
    tables = of_type(load()["Resources"], "DynamoDB::Table")
    resource = next(
        t["Properties"] for t in tables.values() if t["Properties"]["TableName"]["Fn::Sub"].endswith(f"-{table}")
    )
    sizes = []
    for index in resource.get("GlobalSecondaryIndexes", []):
        keys = [key["AttributeName"] for key in index["KeySchema"]]
        shown = {*keys, "document_id", *index["Projection"].get("NonKeyAttributes", item)}
        if keys[0] in item:
            sizes.append(item_bytes({name: value for name, value in item.items() if name in shown}))
    return sizes


def article_page() -> bytes:
    """Each paragraph in other words, since an article says nothing twice."""
    chance, known = random.Random(1), " ".join(SENTENCES).split()
    paragraphs = [f"<p>{' '.join(chance.choices(known, k=50))}.</p>" for _ in range(WORDS // 50)]
    head = '<title>Breakwater to be rebuilt</title><meta property="og:site_name" content="The Harrowfield Courier">'
    body = f"<article><h1>Breakwater to be rebuilt</h1>{''.join(paragraphs)}</article>"
    return f'<html lang="en"><head>{head}</head><body>{body}</body></html>'.encode()


@pytest.fixture(scope="module")
def account() -> Account:
    """After one new document without a rule went all its way."""
    account: Any = Account(article_page())
    told, records = DynamoDbTold(account, "told"), DynamoDbRecords(account, "records")
    common: Any = {
        "pages": S3Pages(account, "pages"),
        "ledger": records,
        "alert_ledger": told,
        "handoff": SqsHandoff(account, "articles", "announcements"),
        "matches": DynamoDbMatches(account, "matches"),
        "stories": DynamoDbStories(account, "stories"),
        "history": DynamoDbHistory(account, "history"),
        "tombstone_days": TOMBSTONE_DAYS,
    }
    event = json.loads((Path(__file__).parents[1] / "events" / "s3.put.json").read_text())
    extract = ExtractPages(**common, telemetry=Telemetry("extract"))
    extract.handle(S3Notification.model_validate(event).changes[0])
    joiner = CountingJoiner(joiner_over(common["stories"]), account)
    enrich = EnrichArticles(
        **{**common, "stories": joiner}, telemetry=Telemetry("enrich"), rules=RuleCache(FakeRules())
    )
    enrich.handle(ArticleMessage.model_validate_json(account.messages[0]))
    views, alerts = FakeViews(), SnsAlerts(account, "topic", 0)
    notify = NotifyReaders(
        records, told, alerts, views, AskedViews(views), DynamoDbHistory(account, "history"), Telemetry("notify")
    )
    notify.handle(Announcement.model_validate_json(account.messages[1]))
    return account


def test_a_document_costs_ten_calls_at_most(account):
    assert account.items["told"]["documents"]
    assert len(account.calls) <= MAX_CALLS, account.calls


def test_joining_a_story_costs_twenty_one_calls_and_little_more_than_a_cent_for_a_thousand_articles(account):
    assert len(account.story_calls) <= MAX_STORY_CALLS, account.story_calls
    units = account.story_units + Counter({"dynamodb write unit": 1})  # of the entry in the index
    assert 1_000 * cost_of(units) <= MAX_STORY_DOLLARS, units


def test_the_row_of_a_document_in_the_stories_table_is_one_write_unit(account):
    row = account.items["stories"]
    assert row["story_id"]
    assert row["evidence"]
    assert item_bytes(row) <= 1_024


def test_claiming_and_noting_an_alert_are_one_write_unit_each(account):
    assert account.largest["told"] < 1_024


def test_the_line_of_a_version_in_the_history_is_one_write_unit(account):
    assert item_bytes(account.items["history"]) < 1_024


def test_a_thousand_articles_of_700_words_cost_three_cents_at_most(account):
    assert int(account.items["records"]["word_count"]["N"]) == WORDS
    assert dollars_a_thousand(account) <= MAX_DOLLARS_A_THOUSAND


def dollars_a_thousand(account: Account) -> float:
    return 1_000 * (cost_of(account.units) + cost_of(units_of_the_functions()))


def test_readme_says_what_it_costs(account):
    told = " ".join(README.read_text(encoding="utf-8").split())
    resources = load()["Resources"]
    alarms = PER_ALARM_AND_MONTH * len(of_type(resources, "CloudWatch::Alarm"))
    functions = of_type(resources, "Serverless::Function").values()
    events = [event for function in functions for event in function["Properties"].get("Events", {}).values()]
    queues = sum(event["Type"] == "SQS" for event in events)
    size = item_bytes(account.items["records"])
    for fact in (
        f"${math.ceil(1_000 * dollars_a_thousand(account)) / 1_000:.3f} per 1,000 articles",  # rounded up
        f"${1_000 * PER_EMAIL:.2f} per 1,000 e-mails and subscriber",
        f"alarms ${alarms:.1f}0",
        f"dashboard ${PER_DASHBOARD_AND_MONTH:.0f}",
        f"${PER_CUSTOM_METRIC_AND_MONTH:.2f} a custom metric",
        f"asking empty queues ${idle_polling_a_month(queues):.2f}",
        f"${reconciling_a_month(1_000_000, size):.0f} a month per million stored pages",
    ):
        assert fact in told, fact


def test_what_was_told_of_an_article_with_four_rules_is_one_write_unit():
    """A story of one page with a site, two topics, names and numbers."""
    record = Record(
        document_id="d" * 32, story_id="5" * 32, outcome=Outcome.PUBLISHED, sequencer="0055AED6DCD90281E5",
        source_bucket="pages", source_key="incoming/a.html", processed_at="2026-11-26T07:00:00Z", pipeline_version="1",
        content_hash="c" * 64, language="en", title="Breakwater to be rebuilt after three winters of storms",
        site="The Harrowfield Courier", url="https://www.harrowfield-courier.example/2026/11/26/breakwater-to-be-rebuilt",
        topics=["disaster", "politics"], rules=[f"harbours and coasts {number}" for number in range(4)],
        people=["Anna Lindqvist", "Per Holm"], organisations=["Port Cassel Council", "Harbour Union"],
        places=["Port Cassel", "Karlsby"], numbers=["9 million crowns", "2 summers", "400 jobs", "11 patients"],
    )  # fmt: skip
    telling = decide(record, Told(story_id="5" * 32), 1_750_000_000)
    noted = note_sent(telling.told, record, telling, telling.claim.fresh, [], "2026-11-26T07:00:01Z")
    assert max(item_bytes(item_of(told)) for told in (telling.told, noted)) <= 1_024
