"""The functions log neither what a page says, nor whom it names, nor a secret: every line of a failing run is read."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest

from infra.local.environment import SECRET_KEY
from infra.local.home import CLONE, Home
from tests.corpus.hostile import PARAGRAPHS, page, tiny_png
from tests.e2e.support import Stack, eventually

pytestmark = pytest.mark.timeout(600)  # poison is tried five times in each stage
STAGES = ("Pages", "Articles", "Announcements")
FUNCTIONS = ("Extract", "Enrich", "Notify", "Reconcile")
SECRETS = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|(?:X-Amz-)?(?:Signature|Security-Token)=|aws_?secret|aws4-hmac|Authorization"
    r"|BEGIN [A-Z ]*PRIVATE KEY"
    rf"|{re.escape(SECRET_KEY)}",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def marker() -> str:
    """A word that no code, library or emulator says by itself; it begins with a capital, as names do."""
    return f"Quorvex{uuid4().hex[:10]}"


@pytest.fixture(scope="module")
def lines(stack: Stack, marker: str) -> Iterator[dict[str, list[str]]]:
    """Every line of the four logs once documents full of the marker went through, or could not."""
    documents = [stack.upload(f"{marker}-{name}", body, **more) for name, body, more in pages(marker)]
    seen = [stack.outcome(document, within=180) for document in documents]
    assert {record["outcome"] for record in seen} == {"published", "rejected"}
    assert any(marker in str(record.get("people")) for record in seen), (
        "the marker was not taken for a name: the test would prove less"
    )
    stack.client("s3").delete_object(Bucket=stack.outputs["PagesBucketName"], Key=seen[0]["source_key"])
    stack.outcome(documents[0], after=seen[0]["sequencer"])
    with impatient_queues(stack):
        for stage, body in poison(marker, stack.outputs["PagesBucketName"]):
            stack.client("sqs").send_message(QueueUrl=stack.outputs[f"{stage}QueueUrl"], MessageBody=body)
        stack.at_rest(within=180)
    stack.client("lambda").invoke(FunctionName=stack.outputs["ReconcileFunctionName"], Payload=b"{}")
    yield eventually(lambda: logged(stack), lambda found: all(found.values()), of="lines in each of the logs")
    for stage in STAGES:
        unpark(stack, stack.outputs[f"{stage}DeadLetterQueueUrl"], marker)


def pages(marker: str) -> Iterator[tuple[str, bytes, dict]]:
    named = (
        f"<p>The minister, Oswin {marker}, told the council about it on Tuesday. "
        f"Mr {marker} voted for the breakwater.</p>"
    )
    said = named + "".join(f"<p>{paragraph} So said Oswin {marker}.</p>" for paragraph in PARAGRAPHS)
    head = f'<meta name="author" content="Oswin {marker}"><meta name="description" content="{marker} standfirst">'
    yield (
        "published.html",
        page(f"{marker} harbour vote", said, head),
        {"Metadata": {"url": f"https://{marker.lower()}.example/{marker}"}},
    )
    header = page(f"&#13;&#10;Bcc: all@victim.example&#8238; {marker}", said, head)
    yield "header.html", header, {"ContentType": f"text/html; charset={marker}"}
    yield "picture.html", tiny_png() + marker.encode(), {"ContentType": "text/html"}
    yield "plain.html", f"{marker} {{}} %s ${{jndi:ldap://victim.example/{marker}}}".encode(), {}
    yield (
        "entities.html",
        f'<!DOCTYPE html [<!ENTITY e SYSTEM "file:///{marker}">]><html><title>{marker}</title>&e;'.encode(),
        {},
    )
    yield "undecodable.html", marker.encode("utf-16-le")[:-1] + b"\xff\xfe\xfd" * 50, {}
    yield "empty.html", b"", {}


def poison(marker: str, bucket: str) -> Iterator[tuple[str, str]]:
    """Messages that no stage can use: no JSON, wrong types in every field, an article that is not there."""
    for stage in STAGES:
        yield stage, f"{marker} is no JSON"
        yield (
            stage,
            json.dumps(
                {
                    "version": marker,
                    "correlation_id": [marker],
                    "document_id": {"x": marker},
                    "Records": marker,
                    "article": marker,
                }
            ),
        )
    source = {"bucket": bucket, "key": f"incoming/{marker}", "etag": marker, "sequencer": "0055AED6DCD90281"}
    forbidden = {
        "correlation_id": "forbidden:1",
        "source": source,
        "article_location": {"bucket": bucket, "key": f"forbidden-to-enrich/{marker}.json"},
    }
    yield "Articles", json.dumps(forbidden)


@contextmanager
def impatient_queues(stack: Stack) -> Iterator[None]:
    """Poison is tried again after a second, not after minutes."""
    sqs, before = stack.client("sqs"), {}
    for stage in STAGES:
        url = stack.outputs[f"{stage}QueueUrl"]
        before[url] = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "1"})
    try:
        yield
    finally:
        for url, attributes in before.items():
            sqs.set_queue_attributes(QueueUrl=url, Attributes=attributes)


def unpark(stack: Stack, queue: str, marker: str) -> None:
    """Takes our poison away, so that others find the dead letters that they left."""
    sqs = stack.client("sqs")
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=5).get("Messages"):
        for message in messages:
            if marker in message["Body"]:
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])


def logged(stack: Stack) -> dict[str, list[str]]:
    pages = stack.client("logs").get_paginator("filter_log_events")
    groups = {function: f"/aws/lambda/{stack.outputs[f'{function}FunctionName']}" for function in FUNCTIONS}
    return {
        function: [event["message"] for page in pages.paginate(logGroupName=group) for event in page["events"]]
        for function, group in groups.items()
    }


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_line_says_what_a_page_says_or_whom_it_names(lines, marker, function):
    told = [line for line in lines[function] if marker.lower() in line.lower()]
    assert told == []


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_line_holds_a_secret(lines, function):
    assert [line for line in lines[function] if SECRETS.search(line)] == []


def test_the_lines_tell_all_the_same_what_became_of_each_document(lines):
    outcomes = [
        json.loads(line)
        for text in lines.values()
        for line in text
        if '"outcome"' in line and line.lstrip().startswith("{")
    ]
    reasons = {line.get("reason") for line in outcomes if line.get("message") == "outcome"}
    assert {"empty", "not-html"} <= reasons
    assert any("could not fetch the article" in line for line in lines["Enrich"])


def test_what_the_emulator_shows_of_the_functions_output_is_as_silent(stack, lines, marker):
    """The emulator's own notes of a delivery quote the alert; the functions' lines are those that are not its notes."""
    log = Home(CLONE, stack.home).log.read_text(encoding="utf-8", errors="replace").splitlines()
    of_the_emulator = re.compile(r"^\d{4}-\d\d-\d\d [\d:]+ [A-Z]+ \[(?:sns|s3|sqs)\] ")
    told = [line for line in log if not of_the_emulator.match(line)]
    assert told
    assert [line for line in told if marker.lower() in line.lower() or SECRETS.search(line)] == []
