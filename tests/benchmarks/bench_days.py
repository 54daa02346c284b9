"""The copy by day at a size: its files, what each question reads, and searches. DOCUMENTS=100000 takes some minutes.

Texts are sentences of random words, which compress worse than news does.
"""

import os
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

from functions.export.parquet_tables import write_tables
from functions.export.rows import record_row
from infra.stack.questions.day_files import StoredDay
from infra.stack.questions.record_search import RecordSearch, SearchTerms
from shared.domain.day_files import TABLES
from shared.domain.documents import Outcome, Record
from tests.sql import QUESTIONS, answer, database_of

DOCUMENTS = int(os.environ.get("DOCUMENTS", "10000"))
DAYS = 28
WORDS_A_TEXT = 700  # of an ordinary article, as in decision 0009
DOLLARS_A_BYTE = 5 / 1e12  # Athena's list price, us-east-1
MIN_BILLED = 10_000_000  # bytes of a question that Athena bills at least
TOPICS = ("arts", "conflict", "crime", "disaster", "economy", "health", "politics", "science", "sport")


def record(chance: random.Random, words: list[str], weights: list[float], number: int) -> Record:
    day = f"2026-05-{1 + number * DAYS // DOCUMENTS:02}"
    body = chance.choices(words, cum_weights=weights, k=WORDS_A_TEXT)
    sentences = [" ".join(body[start : start + 20]).capitalize() + "." for start in range(0, WORDS_A_TEXT, 20)]
    text = "\n\n".join(" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3))
    at = f"{day}T{chance.randrange(24):02}:{chance.randrange(60):02}:00Z"
    topics = chance.sample(TOPICS, 2)
    return Record(
        document_id=f"{chance.getrandbits(128):032x}", outcome=Outcome.PUBLISHED, sequencer="01", source_bucket="pages",
        source_key=f"incoming/{day}/{number}.html", processed_at=at, processed_on=day, pipeline_version="0.1.0",
        timeline_at=at, published_at=at, published_at_source="declared", title=" ".join(body[:9]).capitalize(),
        standfirst=sentences[0], summary=" ".join(sentences[:2]), text=text, language=chance.choice(("en", "de", "fr")),
        site=f"Site {chance.randrange(400)}", url=f"https://site{number % 400}.example/{number}", topic=topics[0],
        topics=topics, topic_scores=dict.fromkeys(topics, 0.4), word_count=WORDS_A_TEXT, story_id=f"{number % 9_000:032x}",
        authors=[f"Author {chance.randrange(3_000)}"], people=[f"Person {chance.randrange(20_000)}" for _ in range(4)],
        organisations=[f"Organisation {chance.randrange(5_000)}" for _ in range(3)], places=["Lowmarsh", "Ember"],
        rules=["floods"] if number % 20 == 0 else None, rule_sentences={"floods": sentences[1]} if number % 20 == 0 else None,
    )  # fmt: skip


def vocabulary() -> tuple[list[str], list[float]]:
    """40,000 made-up words; the n-th is used as often as 1/n, as in a language."""
    chance = random.Random(2)
    words = ["".join(chance.choices("aeioulnrstmdkp", k=chance.randint(2, 9))) for _ in range(40_000)]
    total, weights = 0.0, []
    for rank in range(1, len(words) + 1):
        total += 1 / rank
        weights.append(total)
    return words, weights


def make_files(words: list[str], weights: list[float]) -> tuple[dict[tuple[str, str], bytes], float, float]:
    """The files of all days, the CPU seconds that they took, and those of the longest day."""
    chance, files, spent = random.Random(1), {}, []
    numbers = iter(range(DOCUMENTS))
    waiting: list[Record] = []
    for day in range(1, DAYS + 1):
        name = f"2026-05-{day:02}"
        waiting = waiting or []
        while len(waiting) < DOCUMENTS and (number := next(numbers, None)) is not None:
            waiting.append(record(chance, words, weights, number))
            if waiting[-1].processed_on != name:
                break
        today, waiting = [r for r in waiting if r.processed_on == name], [r for r in waiting if r.processed_on != name]
        begun = time.process_time()
        made = write_tables({"record_rows": (record_row(one, with_text=True) for one in today)})
        spent.append(time.process_time() - begun)
        files |= {(name, table): body for table, body in made.items()}
    return files, sum(spent), max(spent)


class FolderReader:
    """The days' files as `DayFileReader` gives them, without S3."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def days(self, table: str, _wanted: Any = None) -> list[StoredDay]:
        found = sorted((path.name.removeprefix("day=") for path in (self.folder / table).iterdir()), reverse=True)
        return [SimpleNamespace(table=table, day=day) for day in found]  # type: ignore[misc]

    def fetch_in_order(self, days: list[StoredDay]) -> Iterator[tuple[StoredDay, Any]]:
        for stored in days:
            path = self.folder / stored.table / f"day={stored.day}" / f"{stored.table}.parquet"
            yield stored, type("Kept", (type(path),), {"unlink": lambda _self: None})(path)


def bytes_read(database: Any, folder: Path, question: str) -> int:
    """The compressed bytes of the columns that a question names, in the tables that it names, over all days."""
    named = set(re.findall(r"\w+", QUESTIONS[question].read_text(encoding="utf-8").partition("\n")[2]))
    tables = [table for table in TABLES if table in named and any((folder / table).glob("*/*.parquet"))]
    total = 0
    for table in tables:
        asked = "SELECT path_in_schema, sum(total_compressed_size) FROM parquet_metadata(?) GROUP BY 1"
        sizes = database.execute(asked, [f"{folder}/{table}/*/*.parquet"]).fetchall()
        total += sum(size for column, size in sizes if column.split(",")[0] in named)
    return int(total)


def main() -> None:
    words, weights = vocabulary()
    files, spent, longest = make_files(words, weights)
    print(f"{DOCUMENTS:,} records in {DAYS} days: {spent:.1f} s of CPU to write, {longest:.2f} s the longest day")
    for table in TABLES:
        size = sum(len(body) for (_, name), body in files.items() if name == table)
        print(f"  {table:12} {size / 1e6:8.1f} MB  {size / DOCUMENTS:7.0f} bytes a record")
    with TemporaryDirectory() as named:
        folder = Path(named)
        database = database_of(files, folder)
        database.execute("SET threads = 1")
        for name in QUESTIONS:
            begun = time.perf_counter()
            rows = answer(database, name, "2026-05-28")
            taken, read = time.perf_counter() - begun, bytes_read(database, folder, name) * 1_000_000 / DOCUMENTS
            dollars = max(read, MIN_BILLED) * DOLLARS_A_BYTE
            print(
                f"  {name:26} {taken:6.2f} s  {len(rows):6} rows; of a million records {read / 1e6:7.1f} MB, ${dollars:.5f}"
            )
        rare, common = words[20_000], words[40]
        for query in (
            rare,
            f'"{words[200]} {words[300]}"',
            f"{words[5000]} AND {words[6000]}",
            f"{rare[:4]}*",
            "topic:sport AND " + rare,
            common,
        ):
            for limit in (20, 10_000_000):
                begun, count = time.perf_counter(), 0
                for _ in RecordSearch(FolderReader(folder), query, SearchTerms()).findings():  # type: ignore[arg-type]
                    count += 1
                    if count == limit:
                        break
                print(f"  search {query:28} first {limit:8}: {time.perf_counter() - begun:6.2f} s  {count:6} found")
                if time.perf_counter() - begun > 60:
                    break


if __name__ == "__main__":
    main()
