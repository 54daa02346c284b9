"""Where the copy of the records by day stands in the bucket, and which tables it has."""

import re

ROOT = "days"
TABLES = (
    "records",
    "texts",
    "topics",
    "names",
    "authors",
    "matches",
    "rejections",
    "stories",
    "alerts",
    "history",
    "rules",
)
DAY_OF_KEY = re.compile(r"/day=(\d{4}-\d\d-\d\d)/")


def key_of(table: str, day: str) -> str:
    """`days/records/day=2026-05-01/records.parquet`."""
    return f"{ROOT}/{table}/day={day}/{table}.parquet"


def day_of_key(key: str) -> str:
    """The day of a file; empty for a key that is none."""
    found = DAY_OF_KEY.search(key)
    return found[1] if found else ""
