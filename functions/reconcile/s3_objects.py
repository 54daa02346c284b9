"""The pages bucket on S3: what lies under `incoming/`, and the note of the latest run."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from functions.reconcile.ports import Run
from functions.reconcile.record_states import StoredObject
from shared.adapters.aws_errors import CODES_OF_A_MISSING_OBJECT, error_code, translated

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

RUN_KEY = "operations/reconcile.json"


class S3Objects:
    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def pages(self, prefix: str, after: str | None) -> Iterator[Sequence[StoredObject]]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=prefix, StartAfter=after or ""
        )
        with translated("list the bucket"):
            for page in pages:
                listed = [
                    StoredObject(
                        key=item["Key"],
                        etag=item["ETag"].strip('"'),
                        size=item["Size"],
                        modified_at=item["LastModified"].timestamp(),
                    )
                    for item in page.get("Contents", [])
                ]
                if listed:
                    yield listed

    def find(self, key: str) -> StoredObject | None:
        with translated("look for the object"):
            try:
                head = self._client.head_object(Bucket=self._bucket, Key=key)
            except ClientError as error:
                if error_code(error) in CODES_OF_A_MISSING_OBJECT:
                    return None
                raise
        return StoredObject(
            key=key,
            etag=head["ETag"].strip('"'),
            size=head["ContentLength"],
            modified_at=head["LastModified"].timestamp(),
        )


class S3Runs:
    """In the bucket itself: nothing else has to be there for it, and it goes with the stack."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def load(self) -> Run | None:
        with translated("read the note of the run"):
            try:
                body = self._client.get_object(Bucket=self._bucket, Key=RUN_KEY)["Body"].read()
            except ClientError as error:
                if error_code(error) in CODES_OF_A_MISSING_OBJECT:
                    return None
                raise
        return Run.model_validate_json(body)

    def save(self, run: Run) -> None:
        with translated("note the run"):
            self._client.put_object(
                Bucket=self._bucket, Key=RUN_KEY, Body=run.model_dump_json().encode(), ContentType="application/json"
            )
