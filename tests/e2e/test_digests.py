"""Digests, mutes and quiet uploads on the deployed stack, under the roles of its functions."""

import json
from collections.abc import Callable, Mapping
from subprocess import CompletedProcess
from typing import Any
from uuid import uuid4

from infra.stack.readers.inbox import Inbox
from shared.adapters.dynamodb_views import HELD
from shared.domain.digests import partition_of
from tests.e2e.support import Stack, alert_of, eventually
from tests.e2e.test_first_run import page

Clipwire = Callable[..., CompletedProcess[str]]
DIGEST = "topic:disaster hourly"
AN_HOUR_AGO = "2026-01-01T00:00:00Z"


def waiting(stack: Stack, partition: str) -> list[Mapping[str, Any]]:
    """What waits for a digest, or for a view's next full hour."""
    asked: Any = {
        "TableName": stack.outputs["ViewsTableName"],
        "KeyConditionExpression": "#view = :view AND begins_with(entry, :held)",
        "ExpressionAttributeNames": {"#view": "view"},
        "ExpressionAttributeValues": {":view": {"S": partition}, ":held": {"S": HELD}},
    }
    return stack.client("dynamodb").query(**asked)["Items"]


def let_an_hour_pass(stack: Stack, partition: str) -> None:
    """Dates back what waits, so that its window is over."""
    for row in waiting(stack, partition):
        stack.client("dynamodb").update_item(
            TableName=stack.outputs["ViewsTableName"],
            Key={name: row[name] for name in ("view", "entry")},
            UpdateExpression="SET held_at = :then",
            ExpressionAttributeValues={":then": {"S": AN_HOUR_AGO}},
        )


def tick(stack: Stack) -> None:
    """What the schedule does every five minutes."""
    answer = stack.client("lambda").invoke(FunctionName=stack.outputs["DigestFunctionName"], Payload=b"{}")
    assert "FunctionError" not in answer, answer["Payload"].read()


def letters(stack: Stack, queue: str) -> list[Mapping[str, Any]]:
    client = stack.client("sqs")
    url = client.get_queue_url(QueueName=queue)["QueueUrl"]
    found = client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    return [json.loads(json.loads(message["Body"])["Message"]) for message in found]


def test_a_digest_tells_a_story_in_one_letter_and_ends_with_its_subscription(stack: Stack, clipwire: Clipwire) -> None:
    queue = f"clipwire-inbox-{uuid4().hex[:8]}"
    clipwire("subscribe", queue, "--create", "--topic", "disaster", "--digest", "hourly")
    listed = json.loads(clipwire("subscriptions", "--json").stdout)["subscriptions"]
    assert {"digest": [DIGEST]} in [one["filter"] for one in listed]

    def send_another() -> list[Any]:
        """Notify knows of a new digest after half a minute at most; a page that was told before then does not wait."""
        stack.outcome(stack.upload(f"digest-{uuid4().hex}.html", page()))
        stack.at_rest()
        return waiting(stack, partition_of(DIGEST))

    document = eventually(send_another, of="what waits for the digest")[0]["document_id"]["S"]
    let_an_hour_pass(stack, partition_of(DIGEST))
    tick(stack)
    tick(stack)
    [letter] = eventually(lambda: letters(stack, queue), of="the digest")
    assert (letter["kind"], letter["digest"]) == ("digest", DIGEST)
    assert document in {story["document_id"] for story in letter["stories"]}
    assert waiting(stack, partition_of(DIGEST)) == []
    clipwire("unsubscribe", queue)
    assert not [place for place in stack.traces_of(DIGEST) if place == stack.outputs["ViewsTableName"]]


def test_a_muted_view_is_not_alerted_of_and_its_mute_is_listed_until_it_ends(
    stack: Stack, clipwire: Clipwire, subscriber: Callable[..., Inbox]
) -> None:
    site = f"Courier {uuid4().hex[:8]}"
    view, box = f"everything@{site}", subscriber()

    def next_alert() -> Mapping[str, Any]:
        text = page().replace("The Harrowfield Courier", site)
        return alert_of(box, stack.upload(f"muted-{uuid4().hex}.html", text))

    assert view in next_alert()["first_for"]
    clipwire("mute", view, "--until", "1h")
    assert view in json.loads(clipwire("subscriptions", "--json").stdout)["muted"]
    silent = eventually(next_alert, lambda alert: view not in alert["first_for"], of="a mute within half a minute")
    assert "everything" in silent["first_for"]
    clipwire("mute", view, "--off")
    assert view not in json.loads(clipwire("subscriptions", "--json").stdout)["muted"]


def test_a_quiet_upload_is_recorded_and_nobody_hears_of_it(
    stack: Stack, clipwire: Clipwire, subscriber: Callable[..., Inbox]
) -> None:
    box, name = subscriber(), f"quiet-{uuid4().hex}.html"
    (stack.home / name).write_text(page())
    clipwire("upload", str(stack.home / name), "--quiet", "--wait")
    assert stack.record(stack.id_of(name))["alerts_off"] is True
    loud = stack.upload(f"loud-{uuid4().hex}.html", page("cricket-visible-date"))
    assert alert_of(box, loud)["document_id"] == loud
    stack.at_rest()
    assert stack.id_of(name) not in {alert["document_id"] for alert in box.receive(1)}


def test_a_dry_run_says_what_a_subscription_would_have_brought(stack: Stack, clipwire: Clipwire) -> None:
    document = stack.upload(f"dry-{uuid4().hex}.html", page())
    stack.outcome(document)
    found = json.loads(clipwire("subscribe", "you@example.org", "--topic", "disaster", "--dry-run", "--json").stdout)
    assert 1 <= found["messages"] <= found["one_alert_a_page"]
    assert "you@example.org" not in clipwire("subscriptions", "--json").stdout
