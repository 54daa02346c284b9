"""Searching the stored records with the query language of rules, in the files of the days, newest first.

DuckDB passes over documents that lack the query's terms; the rules' own matcher decides about the others and finds the
sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.errors import CliError
from infra.stack.periods import Period
from infra.stack.questions.day_files import DayFileReader, StoredDay, connect
from shared.domain.rules import Rule
from shared.rules.document import SearchableDocument, join_standfirst
from shared.rules.matcher import RuleSet
from shared.rules.parser import parse
from shared.rules.search_terms import needed_terms

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLE = "texts"
ROWS_A_READ = 50  # candidates taken at once, by judgement: a search of twenty findings reads few of a day with many
COLUMNS = (
    "document_id", "processed_at", "timeline_at", "site", "topic", "language", "url", "title", "standfirst", "text",
    "topics", "people", "organisations", "places",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """A record that the query matches, with the sentence that did it. Times in UTC, as ISO text with a `Z`."""

    document_id: str
    processed_at: str
    published_at: str
    site: str
    topic: str
    language: str
    title: str
    url: str
    sentence: str


@dataclass(frozen=True)
class SearchTerms:
    """What a search asks for beside its query: each None where anything will do."""

    site: str | None = None
    topic: str | None = None
    language: str | None = None
    processed: Period | None = None


@dataclass
class RecordSearch:
    """One search. `searched` counts the days that were read. Raises `BadQuery` for a query that cannot be read."""

    reader: DayFileReader
    query: str
    terms: SearchTerms = SearchTerms()
    searched: int = 0
    rules: RuleSet = field(init=False)

    def __post_init__(self) -> None:
        self.needed = needed_terms(parse(self.query))
        self.rules = RuleSet([Rule(name="search", query=self.query)])

    def findings(self) -> Iterator[Finding]:
        """What matches, newest processed first. A day's file is fetched only when it is come to."""
        database = connect()
        for _, path in self.reader.fetch_in_order(self.days()):
            self.searched += 1
            for row in self.candidates(database, path):
                yield from self.finding_of_row(row)
            path.unlink()

    def days(self) -> Sequence[StoredDay]:
        period = self.terms.processed
        return self.reader.days(TABLE, period.utc_days if period else None)

    def candidates(self, database: "DuckDBPyConnection", path: Path) -> Iterator[Mapping[str, Any]]:
        """The day's documents that may match, newest first."""
        condition, values = self.condition()
        query = f"SELECT {', '.join(COLUMNS)} FROM read_parquet(?) WHERE {condition} ORDER BY processed_at DESC"  # noqa: S608  # values are bound
        asked = execute(database, query, [str(path), *values])
        while rows := asked.fetchmany(ROWS_A_READ):
            yield from (dict(zip(COLUMNS, row, strict=True)) for row in rows)

    def condition(self) -> tuple[str, list[object]]:
        """What a document has to meet before the matcher reads it, with the values that are bound to it."""
        parts = [" AND ".join(["contains(terms, ?)"] * len(texts)) or "TRUE" for texts in self.needed]
        conditions = [f"({' OR '.join(f'({part})' for part in parts)})"]
        values: list[object] = [text for texts in self.needed for text in texts]
        for name in ("site", "topic", "language"):
            if wanted := getattr(self.terms, name):
                conditions.append("list_contains(topics, ?)" if name == "topic" else f"{name} = ?")
                values.append(wanted)
        if period := self.terms.processed:
            conditions.append("processed_at >= ? AND processed_at < ?")
            values += [moment.astimezone(UTC).replace(tzinfo=None) for moment in (period.since, period.until)]
        return " AND ".join(conditions), values

    def finding_of_row(self, row: Mapping[str, Any]) -> Iterator[Finding]:
        for match in self.rules.match(searchable(row)):
            yield Finding(
                document_id=row["document_id"],
                processed_at=utc_text(row["processed_at"]),
                published_at=utc_text(row["timeline_at"]),
                sentence=match.sentence,
                **{name: row[name] or "" for name in ("site", "topic", "language", "title", "url")},
            )


def execute(database: "DuckDBPyConnection", query: str, values: Sequence[object]) -> "DuckDBPyConnection":
    """The answer to come; raises `CliError` for a file that another version of Clipwire wrote, with other columns."""
    from duckdb import BinderException  # noqa: PLC0415  # it takes time, and only a search asks

    try:
        return database.execute(query, values)
    except BinderException:
        raise CliError(
            "A day's file was written by another version of Clipwire.",
            "`clipwire reprocess --prefix incoming/` has the files written anew within the hour.",
        ) from None


def searchable(row: Mapping[str, Any]) -> SearchableDocument:
    """The document as rules search it, from a row of the texts."""
    return SearchableDocument(
        title=row["title"] or "",
        text=join_standfirst(row["standfirst"] or "", row["text"] or ""),
        site=row["site"] or "",
        url=row["url"] or "",
        language=row["language"] or "",
        topics=tuple(row["topics"] or ()),
        people=tuple(row["people"] or ()),
        organisations=tuple(row["organisations"] or ()),
        places=tuple(row["places"] or ()),
    )


def utc_text(moment: Any) -> str:  # noqa: ANN401  # a datetime of DuckDB, or None
    return f"{moment.isoformat()}Z" if moment else ""
