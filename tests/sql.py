"""The questions in SQL of `infra/queries/athena`, asked of files of the days as Athena would: by DuckDB."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from functions.export.parquet_tables import SOURCES, create_source, query_of
from shared.domain.day_files import TABLES
from tests.template.cfn import ROOT

QUESTIONS = {path.stem: path for path in sorted((ROOT / "infra/queries/athena").glob("*.sql"))}


def sql_of(name: str, today: str) -> str:
    """The question as if it were asked on a day."""
    return re.sub(r"\bcurrent_date\b", f"DATE '{today}'", QUESTIONS[name].read_text(encoding="utf-8"))


def database_of(files: Mapping[tuple[str, str], bytes], folder: Path) -> duckdb.DuckDBPyConnection:
    """The tables over files by day and table, as the emulator reads them; a table without a file is empty."""
    database = duckdb.connect()
    for source, columns in SOURCES.items():
        create_source(database, folder, source, columns, [])
    for table in TABLES:
        kept = {day: body for (day, name), body in files.items() if name == table}
        for day, body in kept.items():
            path = folder / table / f"day={day}" / f"{table}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        found = (
            f"read_parquet('{folder}/{table}/*/*.parquet', hive_partitioning = true, hive_types = {{'day': VARCHAR}})"
        )
        empty = f"(SELECT *, CAST(NULL AS VARCHAR) AS day FROM ({query_of(table)}) WHERE FALSE)"  # noqa: S608  # our own
        database.execute(f'CREATE VIEW "{table}" AS SELECT * FROM {found if kept else empty}')  # noqa: S608  # our own
    return database


def answer(database: duckdb.DuckDBPyConnection, name: str, today: str) -> list[dict[str, Any]]:
    """The rows of a question's answer by column, with times as text."""
    asked = database.execute(sql_of(name, today))
    columns = [column[0] for column in asked.description or []]
    return [dict(zip(columns, map(plain, row), strict=True)) for row in asked.fetchall()]


def plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
