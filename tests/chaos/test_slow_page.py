"""A page that stalls extract until its time is up, and what that does to the pages beside it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from infra.cli.documents import find_many
from infra.cli.target import Target
from infra.operate.failures import failures
from infra.operate.log_lines import SILENT
from infra.operate.stages import STAGES
from shared.domain.documents import document_id
from tests.chaos.conftest import Stormy
from tests.chaos.pages import small_page
from tests.e2e.support import eventually

TIME_OUT, TRIES = 7, 2
FIRST = "incoming/slow/first.html"
SLOW = "incoming/slow/stalls.html"
OTHERS = [f"incoming/slow/{number}.html" for number in range(6)]


@contextmanager
def _impatient(target: Target) -> Iterator[None]:
    """Extract with a short time-out and two tries, so that nobody waits for an hour."""
    functions, sqs = target.client("lambda"), target.client("sqs")
    queue, name = target.output("PagesQueueUrl"), target.output("ExtractFunctionName")
    names = ["VisibilityTimeout", "RedrivePolicy"]
    before = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
    policy = json.dumps({**json.loads(before["RedrivePolicy"]), "maxReceiveCount": TRIES})
    time_out = functions.get_function_configuration(FunctionName=name)["Timeout"]
    functions.update_function_configuration(FunctionName=name, Timeout=TIME_OUT)
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": str(TIME_OUT + 1), "RedrivePolicy": policy})
    try:
        yield
    finally:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=before)
        functions.update_function_configuration(FunctionName=name, Timeout=time_out)


@pytest.mark.emulator
@pytest.mark.timeout(300)
def test_a_page_that_stalls_holds_nobody_back_and_ends_parked(stormy: Stormy):
    port, _, plan = stormy
    plan.rate, plan.stalled = 0.0, "slow/stalls"
    target = Target(port)
    bucket = target.output("PagesBucketName")

    def put(key: str) -> None:
        target.client("s3").put_object(Bucket=bucket, Key=key, Body=small_page(f"Harbour report {key}"))

    def recorded(*keys: str) -> int:
        items = find_many(target, [document_id(bucket, key) for key in keys], ("outcome",))
        return sum(item["outcome"] == "published" for item in items.values())

    with _impatient(target):
        put(FIRST)
        eventually(lambda: recorded(FIRST), of="a page before the slow one")
        put(SLOW)
        eventually(lambda: _depth(target, "ApproximateNumberOfMessagesNotVisible"), of="extract at work on the slow page")
        for key in OTHERS:
            put(key)
        eventually(lambda: recorded(*OTHERS), lambda count: count == len(OTHERS), of="the outcomes of the others")
        assert not _parked(target), "the others had to wait until the slow page was given up"
        parked = eventually(lambda: _parked(target), within=4 * TRIES * TIME_OUT, of="the slow page among the failures")
        assert parked == [SILENT]
        plan.stalled = ""


def _depth(target: Target, name: str) -> int:
    attributes = target.client("sqs").get_queue_attributes(QueueUrl=target.output("PagesQueueUrl"), AttributeNames=[name])["Attributes"]
    return int(attributes[name])


def _parked(target: Target) -> list[object]:
    """Why the slow page is parked, as `clipwire failures extract` lists it."""
    groups = failures(target, STAGES[:1])
    return [group.failure for group in groups if group.sample and group.sample.key == SLOW]
