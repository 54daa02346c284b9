"""The files of the days, read on this machine by DuckDB: searches and counts that no index of the table answers."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from infra.stack.target import Target
from shared.domain.day_files import ROOT, day_of_key, key_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MAX_FETCHES = 8  # files fetched at once, by judgement: more are no faster on one connection to S3
GONE = {"NoSuchKey", "404"}


@dataclass(frozen=True)
class StoredDay:
    """One day's file of a table."""

    table: str
    day: str
    written_at: datetime
    size: int


@dataclass(frozen=True)
class DayFileReader:
    """Fetches files into a folder that goes with the command: what is deleted in the stack is not kept here."""

    target: Target
    folder: Path

    def days(self, table: str, wanted: Sequence[str] | None = None) -> list[StoredDay]:
        """The days that the table has files of, newest first; those among `wanted`, where days are named."""
        pages = self.target.client("s3").get_paginator("list_objects_v2")
        found = [
            StoredDay(table, day_of_key(item["Key"]), item["LastModified"], item["Size"])
            for page in pages.paginate(Bucket=self.target.output("PagesBucketName"), Prefix=f"{ROOT}/{table}/")
            for item in page.get("Contents", [])
        ]
        kept = [stored for stored in found if stored.day and (wanted is None or stored.day in wanted)]
        return sorted(kept, key=lambda stored: stored.day, reverse=True)

    def fetch(self, stored: StoredDay) -> Path | None:
        """The day's file in the folder; None where it was removed meanwhile."""
        path = self.folder / stored.table / f"day={stored.day}" / f"{stored.table}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        asked = {"Bucket": self.target.output("PagesBucketName"), "Key": key_of(stored.table, stored.day)}
        try:
            path.write_bytes(self.target.client("s3").get_object(**asked)["Body"].read())
        except ClientError as error:
            if error.response["Error"]["Code"] in GONE:
                return None
            raise
        return path

    def fetch_in_order(self, days: Sequence[StoredDay]) -> Iterator[tuple[StoredDay, Path]]:
        """Each day with its file, in the order given; the next ones are on their way meanwhile."""
        with ThreadPoolExecutor(MAX_FETCHES) as pool:
            for start in range(0, len(days), MAX_FETCHES):
                part = days[start : start + MAX_FETCHES]
                for stored, path in zip(part, pool.map(self.fetch, part), strict=True):
                    if path is not None:
                        yield stored, path


@contextmanager
def day_files(target: Target) -> Iterator[DayFileReader]:
    """A reader of the days' files. Of the local stack it is always fresh: the export runs first."""
    if target.is_local:
        run_export(target)
    with TemporaryDirectory(prefix="clipwire-days-") as folder:
        yield DayFileReader(target, Path(folder))


def run_export(target: Target) -> None:
    """One turn of the export, as the clock would start it."""
    name = target.output("ExportFunctionName")
    target.client("lambda").invoke(FunctionName=name, Payload=json.dumps({}).encode())


def connect() -> "DuckDBPyConnection":
    """A database in memory that loads no extension."""
    import duckdb  # noqa: PLC0415  # takes a tenth of a second, and only commands that read day files need it

    return duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
