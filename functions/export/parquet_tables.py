"""The rows of a day as Parquet files, one for each table: DuckDB runs the queries in `tables/`.

The rows wait in files of the function's own folder, so that a day needs no more memory than DuckDB's bound.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from shared.domain.day_files import TABLES

MAX_MEMORY = "600MB"  # of DuckDB; what does not fit waits on the disk. The function has 1,024 MB, and Python needs 200
MAX_ROW_BYTES = 2_000_000  # of JSON; an item has 400 KB, and a character of it takes six bytes at most when escaped
RECORD_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "document_id", "outcome", "reason", "detail", "title", "standfirst", "summary", "site", "url", "language",
            "topic", "published_at_source", "source_key", "pipeline_version", "story_id", "text", "terms", "alert_id",
        ),
        "VARCHAR",
    ),
    **dict.fromkeys(("processed_at", "published_at", "modified_at", "timeline_at", "alerted_at"), "TIMESTAMP"),
    **dict.fromkeys(("extraction_confidence", "story_probability"), "DOUBLE"),
    "word_count": "INTEGER",
    **dict.fromkeys(("authors", "topic_slugs", "people", "organisations", "places", "first_for"), "VARCHAR[]"),
    "topics": "STRUCT(topic VARCHAR, score DOUBLE, is_first BOOLEAN)[]",
    "names": "STRUCT(name VARCHAR, kind VARCHAR)[]",
    "matches": "STRUCT(rule VARCHAR, sentence VARCHAR)[]",
}  # fmt: skip
HISTORY_COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(
        ("document_id", "outcome", "reason", "changed", "pipeline_version", "alert_id", "alert_kind"), "VARCHAR"
    ),
    **dict.fromkeys(("ended_at", "noted_at", "alerted_at"), "TIMESTAMP"),
    "is_first": "BOOLEAN",
}
RULE_COLUMNS: Mapping[str, str] = dict.fromkeys(("name", "owner", "query", "error"), "VARCHAR")
SOURCES: Mapping[str, Mapping[str, str]] = {
    "record_rows": RECORD_COLUMNS,
    "history_rows": HISTORY_COLUMNS,
    "rule_rows": RULE_COLUMNS,
}


def write_tables(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Mapping[str, bytes]:
    """The bytes of each table's file, for each table that has rows. `rows` are those of each source, read once."""
    with TemporaryDirectory() as named, closing(connect(named)) as database:
        folder = Path(named)
        for name, columns in SOURCES.items():
            create_source(database, folder, name, columns, rows.get(name, ()))
        return {table: body for table in TABLES if (body := write_table(database, folder, table))}


def connect(folder: str) -> duckdb.DuckDBPyConnection:
    """A database in memory that reads and writes nothing outside the folder, and loads no extension."""
    return duckdb.connect(
        config={
            "threads": 1,
            "memory_limit": MAX_MEMORY,
            "temp_directory": folder,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )


def create_source(
    database: duckdb.DuckDBPyConnection,
    folder: Path,
    name: str,
    columns: Mapping[str, str],
    rows: Iterable[Mapping[str, Any]],
) -> None:
    """A view of the rows, which wait in the folder as lines of JSON."""
    path = folder / f"{name}.json"
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    typed = ", ".join(f"{column}: '{kind}'" for column, kind in columns.items())
    database.execute(
        f"CREATE VIEW {name} AS SELECT * FROM read_json('{path}', columns = {{{typed}}},"  # noqa: S608  # our own names
        f" format = 'newline_delimited', maximum_object_size = {MAX_ROW_BYTES})"
    )


def write_table(database: duckdb.DuckDBPyConnection, folder: Path, table: str) -> bytes:
    """The table's file, empty where it has no rows."""
    path = folder / f"{table}.parquet"
    database.execute(f"COPY ({query_of(table)}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    counted = database.execute(f"SELECT num_rows FROM parquet_file_metadata('{path}')").fetchone()  # noqa: S608
    return path.read_bytes() if counted and counted[0] else b""


@cache
def query_of(table: str) -> str:
    """The query that makes a table of the sources."""
    return files("functions.export.tables").joinpath(f"{table}.sql").read_text(encoding="utf-8")
