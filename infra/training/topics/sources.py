"""The texts that the topic model learns from. Where they come from and under which licence: README.md beside this file."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SLUGS = (
    "arts",
    "conflict",
    "crime",
    "disaster",
    "economy",
    "education",
    "environment",
    "health",
    "human-interest",
    "labour",
    "lifestyle",
    "politics",
    "religion",
    "science",
    "society",
    "sport",
    "weather",
)
SETS = ("train_huffpost", "train_cep_pre2019", "iptc_taxonomy")
SPELLINGS = {"human": "human-interest"}
WRITTEN = Path(__file__).with_name("written")


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text; `source` says which set it is of."""

    title: str
    text: str
    topics: tuple[str, ...]
    source: str


def read_public(folder: Path) -> list[Example]:
    """The public sets, from the folder where they were downloaded to."""
    return [example for name in SETS for example in _read_set(folder / f"{name}.jsonl.gz")]


def _read_set(path: Path) -> Iterator[Example]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            topics = tuple(SPELLINGS.get(label, label) for label in row["labels"])
            yield Example(row["title"], row["text"], topics, row["src"])
