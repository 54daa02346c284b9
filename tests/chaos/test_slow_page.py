"""A page that stalls extract until its time is up, and what that does to the pages beside it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from infra.operate.failures import Group, failures
from infra.operate.log_lines import SILENT
from infra.operate.redrive import redrive
from infra.operate.stages import STAGES
from infra.stack.records.documents import find_many
from infra.stack.target import Target
from shared.domain.documents import document_id
from tests.chaos.pages import small_page
from tests.chaos.storm import Stormy
from tests.e2e.support import eventually

TIME_OUT, TRIES = 7, 2
IN_WORK = "ApproximateNumberOfMessagesNotVisible"
FIRST = "incoming/slow/first.html"
SLOW = "incoming/slow/stalls.html"
OTHERS = [f"incoming/slow/{number}.html" for number in range(6)]


@contextmanager
def _impatient(target: Target) -> Iterator[None]:
    """Extract with a short time-out and two tries, so that nobody waits for an hour."""
    eventually(
        lambda: _depth(target) + _depth(target, IN_WORK),
        lambda left: left == 0,
        of="the end of what a new stack has to do",
    )
    functions, sqs = target.client("lambda"), target.client("sqs")
    queue, name = target.output("PagesQueueUrl"), target.output("ExtractFunctionName")
    names = ["VisibilityTimeout", "RedrivePolicy"]
    before = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
    policy = json.dumps({**json.loads(before["RedrivePolicy"]), "maxReceiveCount": TRIES})
    time_out = functions.get_function_configuration(FunctionName=name)["Timeout"]
    functions.update_function_configuration(FunctionName=name, Timeout=TIME_OUT)
    sqs.set_queue_attributes(
        QueueUrl=queue, Attributes={"VisibilityTimeout": str(TIME_OUT + 1), "RedrivePolicy": policy}
    )
    try:
        yield
    finally:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=before)
        functions.update_function_configuration(FunctionName=name, Timeout=time_out)


@pytest.mark.emulator
@pytest.mark.timeout(900)
def test_a_page_that_stalls_holds_nobody_back_and_ends_parked(stormy: Stormy):
    port, _, plan, _ = stormy
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
        eventually(lambda: _depth(target, IN_WORK), of="extract at work on the slow page")
        for key in OTHERS:
            put(key)
        eventually(lambda: recorded(*OTHERS), lambda count: count == len(OTHERS), of="the outcomes of the others")
        assert not _parked(target), "the others had to wait until the slow page was given up"
        parked = eventually(lambda: _parked(target), within=4 * TRIES * TIME_OUT, of="the slow page among the failures")
        assert [group.failure for group in parked] == [SILENT]
        plan.stalled = ""
        assert redrive(target, parked[0], 30, lambda _: None).verdict == "passed"


def _depth(target: Target, name: str = "ApproximateNumberOfMessages") -> int:
    attributes = target.client("sqs").get_queue_attributes(
        QueueUrl=target.output("PagesQueueUrl"), AttributeNames=[name]
    )["Attributes"]
    return int(attributes[name])


def _parked(target: Target) -> list[Group]:
    """The slow page as `clipwire failures extract` lists it, once it is parked."""
    return [group for group in failures(target, STAGES[:1]) if group.sample and group.sample.key == SLOW]
