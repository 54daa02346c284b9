"""Each subscriber to a rule gets its alert, however many rules match one page, in a message that SNS accepts."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from functions.notify.alert import alert_of
from functions.notify.telling.decide import within_message
from functions.notify.telling.decision import Tell
from infra.stack.readers.subscription_filters import policy
from shared.adapters.sns_alerts import SnsAlerts
from shared.domain.documents import Outcome, Record
from shared.domain.limits import MAX_ALERT_BYTES
from shared.domain.messages import Alert
from shared.domain.rules import MAX_LISTED_BYTES, MAX_LISTED_RULES, count_listed_rules
from shared.domain.told import Claim, Told, ToldDocument
from shared.domain.views import views_of
from shared.letters.letter import letter

CLAIM = Claim(alert_id="a" * 32, kind="new", until=2, since=1, contents=["c" * 16])
TELLING = Tell(Told(story_id="5" * 32), ToldDocument(), CLAIM)
FIELDS = ("title", "standfirst", "summary", "url", "site")


class Outbox:
    """Keeps the message that would go to SNS."""

    def publish(self, **message: Any) -> None:
        self.message = message

    @property
    def size(self) -> int:
        attributes = self.message["MessageAttributes"].items()
        beside = sum(len((name + said["DataType"] + said["StringValue"]).encode()) for name, said in attributes)
        return len(self.message["Message"].encode()) + beside


def alert(
    rules: list[str], sentence: str, filler: str = "a", unlisted: int | None = None, audience: Sequence[str] = ()
) -> Alert:
    listed = rules[: count_listed_rules(rules)]
    said = {field: filler * (200 if field == "site" else 1000) for field in FIELDS}
    record = Record(
        document_id="d" * 32, outcome=Outcome.PUBLISHED, sequencer="1", source_bucket="pages",
        source_key="incoming/a.html", processed_at="2026-11-24T12:00:00Z", pipeline_version="1",
        topics=["conflict"], topic_evidence={"conflict": "troops, missiles"},
        rules=listed, rule_sentences=dict.fromkeys(listed, sentence), rules_unlisted=unlisted, **said,
    )  # fmt: skip
    return alert_of(record, TELLING, [*audience, *views_of(record)])


def sent(told: Alert) -> Outbox:
    outbox = Outbox()
    SnsAlerts(outbox, "arn:aws:sns:eu-central-1:000000000000:alerts", 0).publish(told)  # type: ignore[arg-type]
    return outbox


def reaches(outbox: Outbox, rule: str) -> bool:
    """Whether SNS would deliver: one value of the subscriber's filter is among the values of the message."""
    message = outbox.message["MessageAttributes"]
    for every_copy in (True, False):
        wanted = policy(None, None, None, [rule], every_copy=every_copy)
        if not all(set(values) & set(json.loads(message[name]["StringValue"])) for name, values in wanted.items()):
            return False
    return True


def test_who_asked_for_the_last_of_hundreds_of_rules_gets_the_alert_with_its_sentence() -> None:
    rules = [f"rule {number:03}" for number in range(200)]
    told = alert(rules, "Northland fired two missiles on Monday, and its troops moved to the southern border.")
    assert all(reaches(sent(told), rule) for rule in rules)
    assert "Rule rule 199: Northland fired" in letter(told)


def test_who_asked_for_another_rule_gets_no_alert() -> None:
    assert not reaches(sent(alert(["oil", "gas"], "Oil rose.")), "coal")


def test_sentences_give_way_before_names_do() -> None:
    rules = [f"rule {number:04}" for number in range(MAX_LISTED_RULES)]
    told = alert(rules, "Oil rose sharply. " * 16)
    assert list(told.rules) == rules
    assert told.rules["rule 0000"]
    assert not told.rules["rule 1999"]
    assert "Rule rule 1999\n" in letter(told)


def test_where_even_names_have_no_room_everybody_who_asked_for_some_rule_gets_the_alert() -> None:
    rules = [f"rule {number:04}" for number in range(MAX_LISTED_RULES)]
    told = alert(rules, "Oil rose.", unlisted=7)
    assert reaches(sent(told), "rule 9999")
    assert "7 rules more matched" in letter(told)


@pytest.mark.parametrize("sentence", ["Oil rose. " * 30, '"' * 300, "規" * 300, "\U0001f6e2" * 300, "\\" * 300])
@pytest.mark.parametrize("name", ["rule", "x" * 59, "\U00010400" * 59])
@pytest.mark.parametrize("filler", ['"', "\U0001f6e2"])
def test_the_fullest_alert_is_one_message(sentence: str, name: str, filler: str) -> None:
    rules = [f"{number:04} {name}" for number in range(MAX_LISTED_RULES)]
    audience = within_message([f"rule:{name}@{filler * 76}{number:04}" for number in range(2_000)])
    assert sent(alert(rules, sentence, filler, unlisted=9, audience=audience)).size <= MAX_ALERT_BYTES


def test_names_fit_by_count_and_by_bytes() -> None:
    assert count_listed_rules([]) == 0
    assert count_listed_rules(["a"] * (MAX_LISTED_RULES + 1)) == MAX_LISTED_RULES
    assert count_listed_rules(["x" * 100] * 1000) == MAX_LISTED_BYTES // 100
