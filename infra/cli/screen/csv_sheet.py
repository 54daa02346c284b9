"""Records as CSV for a spreadsheet, which would run what a page's title says, were it to begin like a formula."""

import csv
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from infra.cli.screen.output import plain

COLUMNS = (
    "document_id", "outcome", "reason", "topic", "topics", "site", "published_at", "processed_at", "language", "title",
    "summary", "url", "rules", "detail", "source_key", "authors", "people", "organisations", "places",
    "story_id", "story_size",
)  # fmt: skip
_STARTS = "=+-@\t\r\n＝＋－＠"  # the last four are folded to the first by some programs
# Where a semicolon separates cells (much of Europe), one inside quotation marks begins a new cell: commas then separate
# nothing.
_NEXT_CELL = re.compile(rf";[\s'\"]*(?=[{re.escape(_STARTS)}])")


def write_sheet(items: Iterable[Mapping[str, Any]]) -> None:
    """Every cell in quotation marks, and none of them a formula."""
    sheet = csv.writer(sys.stdout, quoting=csv.QUOTE_ALL, lineterminator="\n")
    sheet.writerow(COLUMNS)
    sheet.writerows([harmless(item.get(column)) for column in COLUMNS] for item in items)


def harmless(value: object) -> str:
    """A cell as text on one line; an apostrophe stands before whatever a spreadsheet would take for a formula."""
    text = "; ".join(map(str, value)) if isinstance(value, list | set | tuple) else "" if value is None else str(value)
    seen = plain(text).strip()
    begins = any(start and start in _STARTS for start in (text[:1], seen.lstrip(" \"'")[:1]))
    return ("'" if begins else "") + _NEXT_CELL.sub(lambda end: f"{end.group()}'", seen)
