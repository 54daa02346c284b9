"""The files of each day on S3: `days/<table>/day=<day>/<table>.parquet`, and how far the export came.

Athena finds a day's files by this path, without anybody registering them. Nothing else may stand under `days/`.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from functions.export.ports import ExportState
from shared.adapters.aws_errors import CODES_OF_A_MISSING_OBJECT, error_code, translated
from shared.domain.day_files import ROOT, TABLES, day_of_key, key_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

STATE = "operations/export.json"


class S3DayFiles:
    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def load_state(self) -> ExportState:
        with translated("read the export's state"):
            try:
                body = self._client.get_object(Bucket=self._bucket, Key=STATE)["Body"].read()
            except ClientError as error:
                if error_code(error) in CODES_OF_A_MISSING_OBJECT:
                    return ExportState()
                raise
        return ExportState.model_validate_json(body)

    def save_state(self, state: ExportState) -> None:
        with translated("save the export's state"):
            self._client.put_object(
                Bucket=self._bucket, Key=STATE, Body=state.model_dump_json().encode(), ContentType="application/json"
            )

    def days(self) -> set[str]:
        with translated("list the days"):
            return {day for key in self._keys() if (day := day_of_key(key))}

    def replace(self, day: str, files: Mapping[str, bytes]) -> None:
        for table in TABLES:
            with translated("write the day's files"):
                if table in files:
                    self._client.put_object(
                        Bucket=self._bucket,
                        Key=key_of(table, day),
                        Body=files[table],
                        ContentType="application/vnd.apache.parquet",
                    )
                else:
                    self._client.delete_object(Bucket=self._bucket, Key=key_of(table, day))

    def _keys(self) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=f"{ROOT}/")
        for page in pages:
            yield from (item["Key"] for item in page.get("Contents", []))
