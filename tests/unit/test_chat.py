"""Alerts in chat: messages of the documented schema, in which no page mentions anybody or forges a link."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.adapters.sns_chat import EveryChannel, SnsChat, views_listed
from shared.letters.chat import chat_message
from tests.fakes import FakeAlerts
from tests.unit.test_letters import SAID, alert

SAMPLE = Path(__file__).parents[1] / "events" / "chat.v1.json"

# "Custom notifications using Amazon Q Developer in chat applications": each field, and whether it has to be there.
SCHEMA = {
    "version": (str, True), "source": (str, True), "id": (str, False), "content": (dict, True), "metadata": (dict, False),
}  # fmt: skip
CONTENT = {
    "textType": (str, False), "title": (str, False), "description": (str, True), "nextSteps": (list, False), "keywords": (list, False),
}  # fmt: skip
METADATA = {
    "threadId": (str, False), "summary": (str, False), "eventType": (str, False), "relatedResources": (list, False),
    "additionalContext": (dict, False),
}  # fmt: skip
ATTACKS = st.sampled_from(
    [
        "<!channel> now",
        "<https://victim.example|our bank>",
        "[our bank](https://victim.example)",
        "*bold* `code`",
        "@everyone",
    ]
)


def faults(said: dict[str, Any], fields: dict[str, tuple[type, bool]]) -> list[str]:
    """What of a part does not keep to the schema."""
    missing = [name for name, (_, needed) in fields.items() if needed and not said.get(name)]
    unknown = [name for name in said if name not in fields]
    wrong = [name for name, (kind, _) in fields.items() if name in said and not isinstance(said[name], kind)]
    lists = [
        name for name, value in said.items() if isinstance(value, list) and not all(isinstance(v, str) for v in value)
    ]
    return [*missing, *unknown, *wrong, *lists]


def message(**said: Any) -> dict[str, Any]:
    return json.loads(chat_message(alert(**said)).model_dump_json(by_alias=True))


def test_the_committed_sample_is_what_is_sent_today():
    sent = message(
        summary="The council voted 7 to 2.", site="Harbour Post", published_at="2025-05-01T08:45:00+02:00",
        url="https://harbour.example/1", rules={"quay": "It voted."},
    )  # fmt: skip
    assert sent == json.loads(SAMPLE.read_text())


@given(
    title=st.one_of(SAID, ATTACKS),
    summary=st.one_of(SAID, ATTACKS),
    site=SAID,
    url=st.one_of(SAID, ATTACKS),
    sentence=SAID,
)
def test_whatever_a_page_says_the_message_keeps_to_the_schema_and_has_no_markup(title, summary, site, url, sentence):
    sent = message(title=title, summary=summary, site=site, url=url, rules={"quay": sentence})
    assert faults(sent, SCHEMA) + faults(sent["content"], CONTENT) + faults(sent["metadata"], METADATA) == []
    assert (sent["version"], sent["source"], sent["content"]["textType"]) == ("1.0", "custom", "client-markdown")
    assert 1 <= len(sent["content"]["title"]) <= 250
    assert 1 <= len(sent["content"]["description"]) <= 2_000
    assert len(json.dumps(sent)) < 30_000
    assert not re.search(r"[<>\[\]*`|@\\\\]", sent["content"]["title"] + sent["content"]["description"])
    assert not any(re.search(r"[<>\[\]*`|\\\\\s]", address) for address in sent["metadata"]["relatedResources"])


@pytest.mark.parametrize(
    ("kind", "opening"),
    [("new", ""), ("updated", "Updated: "), ("corrected", "Correction: "), ("withdrawn", "Withdrawn: ")],
)
def test_the_title_says_first_what_kind_of_alert_it_is(kind, opening):
    assert message(kind=kind)["content"]["title"] == f"{opening}Harbour votes to mend its breakwater"


def test_what_corrects_a_story_stands_in_its_thread():
    assert message(story_id="s" * 32)["metadata"]["threadId"] == "s" * 32


class Topic:
    """Keeps what would go to SNS."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    def publish(self, **message: Any) -> None:
        self.sent.append(message)


def test_a_channel_gets_what_one_of_its_views_is_told_and_the_alerts_topic_gets_all():
    chat, alerts = Topic(), FakeAlerts()
    channels = EveryChannel([SnsChat(chat, "arn:chat", views_listed("topic:politics; rule:north korea;")), alerts])
    for views in (["topic:politics"], ["topic:sport", "everything"], [], ["rule:north korea"]):
        channels.publish(alert(first_for=views))
    assert len(alerts.sent) == 4
    assert len(chat.sent) == 2
    assert json.loads(chat.sent[0]["Message"])["source"] == "custom"
