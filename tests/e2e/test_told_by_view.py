"""Who asked for what: on the deployed stack, with the command line's own filters and the rights of an operator."""

import json
from collections.abc import Callable
from uuid import uuid4

from infra.stack.readers.inbox import Inbox
from tests.e2e.support import Stack, alert_of, eventually, story


def test_what_is_over_the_hours_limit_of_a_site_is_held_and_every_copy_comes_all_the_same(
    stack: Stack, subscriber, clipwire_as: Callable
) -> None:
    site, operator = f"Post {uuid4().hex[:8]}", clipwire_as("Operator")
    queue = f"{stack.outputs['PagesQueueUrl'].rsplit('/', 1)[1].removesuffix('-pages')}-inbox-{uuid4().hex[:8]}"
    asked = ("subscribe", queue, "--create", "--site", site, "--most", "1", "--aws", "--json")
    assert json.loads(operator(*asked).stdout)["filter"] == {"first_for": [f"everything@{site}"]}
    every_copy = subscriber(site=[site])

    def held_after_one_more() -> list:
        """Notify knows what is asked within half a minute; from then on the second alert of an hour is held."""
        head = f'<meta property="og:site_name" content="{site}">'
        document = stack.upload(f"{uuid4().hex}.html", story(f"Breakwater {uuid4().hex[:6]} to be rebuilt", head))
        alert_of(every_copy, document)
        return held_rows(stack, f"everything@{site}")

    [held] = eventually(held_after_one_more, of="a held alert")
    box = Inbox(stack.target, stack.client("sqs").get_queue_url(QueueName=queue)["QueueUrl"])
    singly = {json.loads(alert["Message"])["document_id"] for alert in box.follow(count=None, timeout=3)}
    assert singly
    assert held["document_id"]["S"] not in singly
    operator("unsubscribe", queue, "--aws", "--json")
    assert (
        not stack.client("dynamodb")
        .get_item(
            TableName=stack.outputs["ViewsTableName"],
            Key={"view": {"S": "#asked"}, "entry": {"S": f"everything@{site}"}},
        )
        .get("Item")
    )


def held_rows(stack: Stack, view: str) -> list:
    return stack.client("dynamodb").query(
        TableName=stack.outputs["ViewsTableName"],
        KeyConditionExpression="#view = :view AND begins_with(entry, :held)",
        ExpressionAttributeNames={"#view": "view"},
        ExpressionAttributeValues={":view": {"S": view}, ":held": {"S": "held#"}},
    )["Items"]
