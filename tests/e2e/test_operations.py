"""The operator's tools on the deployed stack: events are lost, messages parked, functions run under their own roles."""

import json
from uuid import uuid4

import pytest

from infra.stack.records.told_documents import is_told
from tests.e2e.support import Stack, alert_of, eventually
from tests.e2e.test_whole_path import page


def alerted(box, documents: set[str]) -> set[str]:
    """Which of these were alerted, as soon as all were; alerts of other tests' documents are passed over."""
    told = set()
    for alert in box.follow(count=None, timeout=60):
        told |= {alert["document_id"]} & documents
        if told == documents:
            break
    return told


def answer_of(done):
    return json.loads(done.stdout.strip().splitlines()[-1])


@pytest.fixture
def deaf_bucket(stack: Stack):
    """The bucket tells nobody what happens in it."""
    s3, bucket = stack.client("s3"), stack.outputs["PagesBucketName"]
    told = s3.get_bucket_notification_configuration(Bucket=bucket)
    told.pop("ResponseMetadata")
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})
    yield
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=told)


def test_pages_whose_events_were_lost_are_found_recorded_and_alerted(stack, clipwire, subscriber, deaf_bucket):
    box, folder = subscriber(), uuid4().hex
    (broken,) = [one for one in answer_of(clipwire("check", "--json", code=1))["findings"] if one["part"] == "events"]
    assert broken["verdict"] == "mend"
    lost = [stack.upload(f"{folder}/{number}.html", page(f"Breakwater vote {number}")) for number in range(3)]
    words = ("reconcile", "--prefix", f"incoming/{folder}/", "--grace", "0", "--json")
    assert answer_of(clipwire(*words))["found"] == {"missing": 3, "stale": 0, "orphaned": 0}
    assert {stack.outcome(document)["outcome"] for document in lost} == {"published"}
    assert alerted(box, set(lost)) == set(lost)
    stack.client("s3").delete_object(Bucket=stack.outputs["PagesBucketName"], Key=f"incoming/{folder}/0.html")
    assert answer_of(clipwire(*words))["found"] == {"missing": 0, "stale": 0, "orphaned": 1}
    eventually(lambda: stack.record(lost[0]), lambda item: item["outcome"] == "deleted", of="a tombstone")
    assert answer_of(clipwire(*words))["found"] == {"missing": 0, "stale": 0, "orphaned": 0}
    settings = json.loads(broken["todo"].split("--notification-configuration ")[1].strip("'"))  # as a person pastes it
    s3, bucket = stack.client("s3"), stack.outputs["PagesBucketName"]
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=settings)
    findings = answer_of(clipwire("check", "--json", code=None))["findings"]
    assert [one["verdict"] for one in findings if one["part"] == "events"] == ["well"]


def test_the_reconciler_runs_under_its_own_role(stack):
    stack.outcome(stack.upload(f"{uuid4().hex}.html", page("Breakwater to be rebuilt")))
    stack.client("s3").delete_object(Bucket=stack.outputs["PagesBucketName"], Key="operations/reconcile.json")
    called = stack.client("lambda").invoke(FunctionName=stack.outputs["ReconcileFunctionName"], Payload=b"{}")
    run = json.loads(called["Payload"].read())
    assert "FunctionError" not in called, run
    assert run["seen"] >= 2
    assert run["position"] is None


def test_a_parked_message_is_told_with_its_error_and_goes_back_behind_its_canary(stack, clipwire):
    folder = uuid4().hex
    documents = [stack.upload(f"{folder}/{number}.html", page(f"Breakwater vote {number}")) for number in range(2)]
    items = [stack.outcome(document) for document in documents]
    sqs = stack.client("sqs")
    for item in items:
        stored = {"key": item["source_key"], "eTag": item["etag"], "sequencer": item["sequencer"]}
        entity = {"bucket": {"name": item["source_bucket"]}, "object": stored}
        body = json.dumps({"Records": [{"eventName": "ObjectCreated:Put", "s3": entity}]})
        sqs.send_message(QueueUrl=stack.outputs["PagesDeadLetterQueueUrl"], MessageBody=body)
    groups = answer_of(clipwire("failures", "extract", "--json"))
    ours = next(group for group in groups if group["sample"].startswith(f"incoming/{folder}"))
    assert (ours["messages"], ours["documents"], ours["error"]) == (2, 2, "Silent")
    done = answer_of(clipwire("redrive", "--group", ours["group"], "--json"))
    assert [(one["verdict"], one["sent"]) for one in done] == [("passed", 2)]
    left = answer_of(clipwire("failures", "extract", "--json"))
    assert ours["group"] not in {group["group"] for group in left}


def test_the_error_of_a_parked_message_is_found_in_the_stages_log(stack, clipwire):
    name = uuid4().hex
    source = {
        "bucket": stack.outputs["PagesBucketName"],
        "key": f"incoming/{name}.html",
        "sequencer": "0055AED6DCD90281E5",
    }
    location = {"bucket": stack.outputs["PagesBucketName"], "key": f"forbidden-to-enrich/{name}.json"}
    body = json.dumps({"version": 1, "correlation_id": f"{name}:1", "source": source, "article_location": location})
    sqs = stack.client("sqs")
    for output in ("ArticlesDeadLetterQueueUrl", "ArticlesQueueUrl"):  # parked, and seen to fail just now
        sqs.send_message(QueueUrl=stack.outputs[output], MessageBody=body)
    try:
        eventually(
            lambda: answer_of(clipwire("failures", "enrich", "--json")),
            lambda groups: any(
                group["error"] != "Silent" and "fetch the article" in group["message"] for group in groups
            ),
            of="the error in the group",
        )
    finally:
        for output in ("ArticlesDeadLetterQueueUrl", "ArticlesQueueUrl"):
            sqs.purge_queue(QueueUrl=stack.outputs[output])


def test_a_document_run_again_is_rewritten_and_nobody_hears_of_it(stack, clipwire, subscriber):
    box, name = subscriber(), f"{uuid4().hex}.html"
    document = stack.upload(name, page("Breakwater to be rebuilt"))
    alert_of(box, document)
    alerted = eventually(lambda: stack.alerted(document), lambda item: item and is_told(item))
    before = stack.record(document)
    stack.client("dynamodb").update_item(
        TableName=stack.outputs["RecordsTableName"],
        Key={"document_id": {"S": document}},
        UpdateExpression="SET title = :old",
        ExpressionAttributeValues={":old": {"S": "The title of older code"}},
    )
    done = answer_of(clipwire("reprocess", "--prefix", f"incoming/{name}", "--yes", "--json"))
    assert (done["tried"], done["fields"], done["sent"]) == (1, {"title": 1}, 1)
    rewritten = eventually(
        lambda: stack.record(document), lambda item: item["title"] == "Breakwater to be rebuilt", of="the better title"
    )
    stack.at_rest()
    assert rewritten["sequencer"] == before["sequencer"]
    assert stack.alerted(document)["alerted_at"] == alerted["alerted_at"]
    assert document not in {alert["document_id"] for alert in box.receive(2)}
