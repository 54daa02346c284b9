"""The copy of the texts by day: Parquet files in the bucket, which DuckDB searches for the terms that a query needs.

A document that lacks them cannot match, so only the others have to be read from the records table.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from functions.desk.ports import DayCandidates
from shared.adapters.aws_errors import CODES_OF_A_MISSING_OBJECT, error_code, translated
from shared.domain.day_files import ROOT, day_of_key, key_of
from shared.rules.parser import parse
from shared.rules.search_terms import needed_terms

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from mypy_boto3_s3 import S3Client

TABLE = "texts"
FETCHED_AHEAD = 8  # files at once, by judgement; a day of a thousand articles has some 2 MB
MAX_MEMORY = "400MB"  # of DuckDB; the function has 1,024 MB
CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": MAX_MEMORY,
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class DuckDbDayTexts:
    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def days(self) -> Sequence[str]:
        with translated("list the days"):
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=f"{ROOT}/{TABLE}/"
            )
            found = {day_of_key(item["Key"]) for page in pages for item in page.get("Contents", [])}
        return sorted(found - {""}, reverse=True)

    def candidates(self, days: Sequence[str], query: str, topic: str) -> Iterator[DayCandidates]:
        condition, values = condition_of(query, topic)
        with TemporaryDirectory() as folder, ThreadPoolExecutor(FETCHED_AHEAD) as pool:
            for start in range(0, len(days), FETCHED_AHEAD):
                part = days[start : start + FETCHED_AHEAD]
                for day, path in zip(part, pool.map(lambda day: self.fetch(day, Path(folder)), part), strict=True):
                    yield self.search_file(day, path, condition, values) if path else DayCandidates(day, [], 0)

    def fetch(self, day: str, folder: Path) -> Path | None:
        """The day's file in the folder; None where it was removed meanwhile."""
        path = folder / f"{day}.parquet"
        try:
            with translated("read a day"):
                body = self._client.get_object(Bucket=self._bucket, Key=key_of(TABLE, day))["Body"]
                path.write_bytes(body.read())
        except Exception as error:
            if not is_missing(error):
                raise
            return None
        return path

    def search_file(self, day: str, path: Path, condition: str, values: Sequence[str]) -> DayCandidates:
        asked = (
            "SELECT strftime(processed_at, '%Y-%m-%dT%H:%M:%SZ') AS moment, document_id"  # noqa: S608  # values are bound
            f" FROM read_parquet(?) WHERE {condition} ORDER BY moment DESC, document_id DESC"
        )
        found = self.database.execute(asked, [str(path), *values]).fetchall()
        counted = self.database.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
        path.unlink()
        return DayCandidates(day, [(at, document_id) for at, document_id in found], counted[0] if counted else 0)

    @cached_property
    def database(self) -> "DuckDBPyConnection":
        """In memory, without extensions; made at the first search, since DuckDB takes a tenth of a second to load."""
        import duckdb  # noqa: PLC0415  # see above

        return duckdb.connect(config=CONFIGURATION)


def is_missing(error: Exception) -> bool:
    cause = error.__cause__
    return isinstance(cause, ClientError) and error_code(cause) in CODES_OF_A_MISSING_OBJECT


def condition_of(query: str, topic: str) -> tuple[str, list[str]]:
    """What a document has to meet before it is read whole, and the values that are bound to it."""
    alternatives = needed_terms(parse(query))
    parts = [" AND ".join(["contains(terms, ?)"] * len(terms)) or "TRUE" for terms in alternatives]
    values = [term for terms in alternatives for term in terms]
    condition = f"({' OR '.join(f'({part})' for part in parts)})"
    return (f"{condition} AND topic = ?", [*values, topic]) if topic else (condition, values)
