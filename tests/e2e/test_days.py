"""The copy of the records by day on the deployed stack: exported under its role, searched, and asked in SQL as an analyst."""

import json
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from infra.stack.questions.athena import ask
from infra.stack.questions.saved_questions import saved_questions
from tests.e2e.roles import signed_in
from tests.e2e.support import Stack, eventually
from tests.e2e.test_whole_path import page


def export(stack: Stack) -> None:
    """One turn of the function, as the clock would start it."""
    answer = stack.client("lambda").invoke(FunctionName=stack.outputs["ExportFunctionName"], Payload=b"{}")
    body = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, body
    assert body["due"] == []


@pytest.fixture(scope="module")
def word() -> str:
    return f"quill{uuid4().hex[:12]}"


@pytest.fixture(scope="module")
def document(stack: Stack, word: str) -> str:
    """A page that only this test's word finds, published and exported."""
    found = stack.upload(f"{word}.html", page(f"Harbourmaster {word} resigns", f"So says {word}."))
    stack.outcome(found)
    export(stack)
    return found


def test_a_record_is_searched_counted_and_shown_with_its_history(clipwire, document, word):
    told = json.loads(clipwire("search", f"{word} AND harbourmaster", "--from", "yesterday", "--json").stdout)
    assert [(one["document_id"], word in one["sentence"]) for one in told["matches"]] == [(document, True)]
    assert json.loads(clipwire("stats", "--by", "day", "--json").stdout)["counts"]
    versions = json.loads(clipwire("show", document, "--history", "--json").stdout)["history"]
    assert [version["outcome"] for version in versions] == ["published"]


def test_every_saved_question_is_answered_and_full_text_finds_the_page(stack, clipwire, document, word):
    rows = json.loads(clipwire("ask", "full_text", "--about", word, "--json").stdout)["rows"]
    assert [row["document_id"] for row in rows] == [document]
    answers = {question.name: ask(stack.target, question.sql) for question in saved_questions()}
    assert [name for name, answer in answers.items() if not answer.columns] == []


def test_an_analyst_searches_and_asks_in_the_stacks_own_workgroup_alone(stack, clipwire_as, document, word):
    found = json.loads(clipwire_as("Analyst")("search", word, "--json").stdout)["matches"]
    assert [one["document_id"] for one in found] == [document]
    with signed_in(stack, "Analyst") as client:  # on the emulator nobody but root may ask what became of a question
        athena, question = client("athena"), {"QueryString": "SELECT 1"}
        athena.start_query_execution(**question, WorkGroup=stack.outputs["QuestionsWorkGroupName"])
        with pytest.raises(ClientError, match="AccessDenied"):
            athena.start_query_execution(**question, WorkGroup="primary")


def test_a_deleted_page_vanishes_from_the_files_with_the_next_turn(stack, document, word):
    assert stack.traces_of(document)
    stack.client("s3").delete_object(Bucket=stack.outputs["PagesBucketName"], Key=f"incoming/{word}.html")
    eventually(lambda: stack.record(document), lambda item: item.get("outcome") == "deleted", of="a tombstone")
    export(stack)
    days = stack.client("s3").list_objects_v2(Bucket=stack.outputs["PagesBucketName"], Prefix="days/texts/")
    files = [
        stack.client("s3").get_object(Bucket=stack.outputs["PagesBucketName"], Key=item["Key"])["Body"].read()
        for item in days.get("Contents", [])
    ]
    assert not any(document.encode() in body for body in files)
