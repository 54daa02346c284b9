"""What the deployed stack does with hostile uploads, poison and queries: real queues, roles and conditional writes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from infra.local.home import CLONE
from tests.corpus.hostile import hostile_pages
from tests.e2e.support import Stack, alert_of, eventually, own_week, story

QUERIES = sorted((CLONE / "infra" / "queries").glob("*.sql"))
KEYS = ["with space+plus%25.html", "Ελλάδα/日本語.html", "100%.html", "a&b=c;d.html", "no-ending", "..//..html"]

SENTENCES = (
    "The harbour council voted on Tuesday to rebuild the northern breakwater, which storms had broken in three places.",
    "The work will cost nine million crowns and take two summers, and fishing boats keep their berths meanwhile.",
    "A third of the money comes from the region, which asked for a lighthouse in return once the wall is built.",
    "Ferries will leave from the southern quay until then, and the fish market moves to the old customs house.",
)


def page(title: str, words: str = "") -> str:
    paragraphs = "".join(
        f"<p>{sentence}</p>" for sentence in (*SENTENCES, f"{words} The council's paper is numbered {uuid4().hex}.")
    )
    return (
        f'<html><head><title>{title}</title><meta property="article:published_time" content="{own_week()}"></head>'
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


@pytest.fixture(scope="module", autouse=True)
def _quick_retries(stack: Stack) -> Iterator[None]:
    """Failed messages come back in a second, as a test can wait for; tests/template holds the template's own times."""
    queues = [stack.outputs[f"{stage}QueueUrl"] for stage in ("Pages", "Articles", "Announcements")]
    sqs = stack.client("sqs")
    before = {
        url: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
        for url in queues
    }
    for url in queues:
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "20"})
    yield
    for url, attributes in before.items():
        sqs.set_queue_attributes(QueueUrl=url, Attributes=attributes)


def test_every_hostile_upload_ends_in_one_explained_outcome(stack):
    wanted = {stack.upload(f"{uuid4().hex}/{hostile.name}", hostile.body): hostile for hostile in hostile_pages()}
    for document, hostile in wanted.items():
        record = stack.outcome(document, within=240)
        end = record["reason"] if record["outcome"] == "rejected" else record["outcome"]
        assert end in hostile.ends, f"{hostile.name}: {end}: {record.get('detail')}"
        assert record["outcome"] == "published" or record["detail"]


@pytest.mark.parametrize("key", KEYS)
def test_any_key_is_found_again_under_its_own_name(stack, key):
    name = f"{uuid4().hex}/{key}"
    record = stack.outcome(stack.upload(name, page("Breakwater to be rebuilt")))
    assert record["source_key"] == f"incoming/{name}"


def test_a_title_full_of_header_tricks_reaches_subscribers_as_plain_text(stack, subscriber):
    box = subscriber()
    document = stack.upload(
        f"{uuid4().hex}.html", page("Harbour vote&#13;&#10;Bcc: all@example.test&#8238;&#0; tonight")
    )
    assert not re.search(r"[\x00-\x1f\u202e]", alert_of(box, document)["title"])


def test_an_unchanged_page_is_silent_a_changed_one_corrected_and_a_deleted_one_withdrawn(stack, subscriber):
    """For who asked for a view, by the filter that `clipwire subscribe` writes."""
    box, name, first = subscriber(first_for=["everything"]), f"{uuid4().hex}.html", story("Breakwater to be rebuilt")
    document = stack.upload(name, first)
    assert alert_of(box, document)["kind"] == "new"
    for body in (first, first.replace(b"Breakwater to be rebuilt", b"Breakwater will stay broken")):
        before = stack.record(document)["sequencer"]
        stack.upload(name, body)
        stack.outcome(document, after=before)
    alert = alert_of(box, document)
    assert alert["kind"] == "corrected"
    [change] = [change for change in alert["changes"] if change["what"] == "headline"]
    assert (change["before"], change["after"]) == ("Breakwater to be rebuilt", "Breakwater will stay broken")
    stack.client("s3").delete_object(Bucket=stack.outputs["PagesBucketName"], Key=f"incoming/{name}")
    withdrawn = alert_of(box, document)
    assert (withdrawn["kind"], withdrawn["title"]) == ("withdrawn", "Breakwater will stay broken")


def test_two_papers_with_one_report_are_one_story_that_is_told_once(stack, subscriber, clipwire):
    box, body = subscriber(first_for=["everything"]), page("Breakwater to be rebuilt")
    first = stack.upload(f"{uuid4().hex}.html", body)
    assert alert_of(box, first)["kind"] == "new"
    copy = stack.upload(
        f"{uuid4().hex}.html", body.replace("Breakwater to be rebuilt", "Velden to rebuild its breakwater")
    )
    assert stack.outcome(copy)["story_id"] == stack.outcome(first)["story_id"]
    stack.at_rest()
    assert copy not in {alert["document_id"] for alert in box.receive(1)}
    members = json.loads(clipwire("story", copy, "--json").stdout)["members"]
    assert [(member["document_id"], member["opened"]) for member in members] == [(first, True), (copy, False)]
    assert "everything" in members[0]["told_views"]
    assert set(members[1]["told_views"]).isdisjoint(members[0]["told_views"])  # its headline may have a topic more


def test_a_deleted_page_leaves_a_tombstone_without_content(stack):
    name = f"{uuid4().hex}.html"
    document = stack.upload(name, page("Breakwater to be rebuilt"))
    published = stack.outcome(document)
    stack.client("s3").delete_object(Bucket=stack.outputs["PagesBucketName"], Key=f"incoming/{name}")
    buried = stack.outcome(document, after=published["sequencer"])
    assert buried["outcome"] == "deleted"
    assert buried["expires_at"] > 0
    assert not {"title", "text", "summary", "topic"} & buried.keys()


def test_no_word_of_a_deleted_page_is_left_in_the_stack(stack):
    """Deleted once it was recorded, and at once, wherever it was on its way then."""
    word, folder = f"quill{uuid4().hex}", uuid4().hex
    names = [f"{folder}/{number}.html" for number in range(4)]
    documents = [stack.upload(name, page(f"Harbourmaster {word} resigns", f"So says {word}.")) for name in names]
    stack.outcome(documents[0])
    assert stack.traces_of(word)
    for name in names:
        stack.client("s3").delete_object(Bucket=stack.outputs["PagesBucketName"], Key=f"incoming/{name}")
    for document in documents:
        eventually(
            lambda found=document: stack.record(found), lambda item: item.get("outcome") == "deleted", of="a tombstone"
        )
    stack.at_rest()
    assert stack.traces_of(word) == []


@pytest.mark.parametrize("stage", ["Pages", "Articles", "Announcements"])
def test_poison_is_parked_where_an_alarm_watches(stack, stage):
    sqs = stack.client("sqs")
    queue, parked = stack.outputs[f"{stage}QueueUrl"], stack.outputs[f"{stage}DeadLetterQueueUrl"]
    before = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout"])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "1"})
    marker = f"poison {uuid4().hex}"
    sqs.send_message(QueueUrl=queue, MessageBody=marker)
    try:
        eventually(
            lambda: _bodies(sqs, parked),
            lambda bodies: marker in bodies,
            within=60,
            of=f"{marker!r} among the dead letters",
        )
    finally:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=before)
    watched = {
        dimension["Value"]
        for alarm in stack.client("cloudwatch").describe_alarms()["MetricAlarms"]
        if alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"
        for dimension in alarm["Dimensions"]
    }
    assert parked.rsplit("/", 1)[1] in watched


def _bodies(sqs, queue: str) -> list[str]:
    messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=0).get("Messages", [])
    return [message["Body"] for message in messages]


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_query_for_the_console_runs(stack, path: Path):
    stack.client("dynamodb").execute_statement(Statement=statement(path))


def test_the_queries_find_what_was_published_and_what_was_rejected(stack):
    name = f"{uuid4().hex}.html"
    published = stack.outcome(
        stack.upload(name, page("Breakwater to be rebuilt", "Ministers and voters argued about the election."))
    )
    rejected = stack.outcome(stack.upload(f"{uuid4().hex}.html", b""))
    dynamodb = stack.client("dynamodb")
    by_topic = statement(CLONE / "infra/queries/by_topic.sql").replace("'disaster'", f"'{published['topic']}'")
    assert _has(dynamodb.execute_statement(Statement=by_topic), published)
    assert _has(dynamodb.execute_statement(Statement=statement(CLONE / "infra/queries/needs_attention.sql")), rejected)


def statement(path: Path) -> str:
    """The query as a person pastes it, without its comments."""
    return "\n".join(line for line in path.read_text().splitlines() if not line.startswith("--"))


def _has(answer: dict, record: dict) -> bool:
    return record["document_id"] in {item["document_id"]["S"] for item in answer["Items"]}
