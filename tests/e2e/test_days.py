"""The copy of the records by day on the deployed stack: exported under its role, asked in SQL."""

import json
from uuid import uuid4

from tests.e2e.support import Stack
from tests.e2e.test_whole_path import page


def export(stack: Stack) -> dict:
    """One turn of the function, as the clock would start it."""
    answer = stack.client("lambda").invoke(FunctionName=stack.outputs["ExportFunctionName"], Payload=b"{}")
    body = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, body
    return body


def test_a_deleted_page_vanishes_from_the_files_with_the_next_turn(stack):
    word, name = f"quill{uuid4().hex}", f"{uuid4().hex}.html"
    document = stack.upload(name, page(f"Harbourmaster {word} resigns", f"So says {word}."))
    published = stack.outcome(document)
    assert export(stack)["due"] == []
    key = f"days/texts/day={published['processed_on']}/texts.parquet"
    assert stack.client("s3").head_object(Bucket=stack.outputs["PagesBucketName"], Key=key)["ContentLength"] > 0
