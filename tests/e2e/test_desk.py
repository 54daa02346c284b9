"""The desk on the deployed stack: under its own role, called by an analyst, and by `clipwire desk`."""

import http.client
import json
import os
import signal
import subprocess
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from infra.local.home import CLONE
from tests.e2e.roles import signed_in
from tests.e2e.support import eventually

PAGE = (CLONE / "tests/corpus/pages/flood-lowmarsh.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def title(stack) -> str:
    """The title of a page of its own, once its record is there."""
    word = f"Lowmarsh{uuid4().hex[:8]}"
    stack.outcome(stack.upload(f"desk/{word}.html", PAGE.replace("Lowmarsh", word)))
    return word


def call(client, outputs, **event):
    answer = client("lambda").invoke(FunctionName=outputs["DeskFunctionName"], Payload=json.dumps(event).encode())
    document = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, document
    return document


def test_an_analyst_asks_the_desk_every_question_and_may_call_nothing_else(stack, title):
    document = stack.id_of(f"desk/{title}.html")
    with signed_in(stack, "Analyst") as client:
        eventually(lambda: call(client, stack.outputs), lambda html: title in html, of="the page among the newest")
        assert title in call(client, stack.outputs, view="search", query=title)
        assert title in call(client, stack.outputs, view="topic", topic="disaster")
        assert title in call(client, stack.outputs, view="site", site="The Harrowfield Courier")
        assert "cw-mark-topic" in call(client, stack.outputs, view="record", document_id=document)
        for view in ("rules", "attention", "counts"):
            assert "clipwire-desk" in call(client, stack.outputs, view=view)
        assert "no-such-rule" in call(client, stack.outputs, view="rule", rule="no-such-rule")
        assert "markdown" in call(client, stack.outputs, describe=True)
        for other in ("Extract", "Enrich", "Notify", "Reconcile"):
            with pytest.raises(ClientError):
                client("lambda").invoke(FunctionName=stack.outputs[f"{other}FunctionName"], Payload=b"{}")


def test_the_desks_command_serves_the_deployed_function_until_it_is_interrupted(stack, title):
    environment = {"PATH": os.environ["PATH"], "CLIPWIRE_HOME": str(stack.home), "HOME": str(stack.home)}
    command = [CLONE / ".venv/bin/clipwire", "desk", "--json"]
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=listen_to_interrupts,  # noqa: PLW1509  # no other thread of the tests holds a lock meanwhile
    ) as desk:
        try:
            url = urlsplit(json.loads(desk.stdout.readline())["url"])
            connection = http.client.HTTPConnection(url.netloc, timeout=60)
            own = {"Content-Type": "application/json", "X-Desk-Token": url.fragment, "Origin": f"http://{url.netloc}"}
            connection.request("POST", "/call", json.dumps({"view": "search", "query": title}), own)
            assert title in json.load(connection.getresponse())["html"]
            connection.close()
            desk.send_signal(signal.SIGINT)
            assert desk.wait(20) == 0
        finally:
            desk.kill()


def listen_to_interrupts():
    """A shell that starts the tests in the background lets what they start ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_feed_of_a_topic_is_written_and_put_into_the_bucket_by_an_operator(stack, title, clipwire, clipwire_as):
    feed = clipwire("feed", "--topic", "disaster").stdout
    assert title in feed
    told = json.loads(clipwire_as("Operator")("feed", "--topic", "disaster", "--publish", "--json").stdout)
    bucket, _, key = told["feed"].removeprefix("s3://").partition("/")
    assert key == "feeds/topic-disaster.atom"
    kept = stack.client("s3").get_object(Bucket=bucket, Key=key)
    assert title in kept["Body"].read().decode()
    assert kept["ContentType"].startswith("application/atom+xml")
