"""The texts that the topic model learns from. Where they come from and under which licence: README.md beside this file."""

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
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
WRITTEN = Path(__file__).parent
EVENTS_A_TOPIC = 2500
NEVER_HELD_OUT = -1
FOLDS = 5
HOLD_OUT_ONE_IN = 10


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text. `fold` is the part of cross-validation that holds it out: pieces of one text share theirs."""

    title: str
    text: str
    topics: tuple[str, ...]
    source: str
    fold: int = NEVER_HELD_OUT


def read_public(folder: Path) -> list[Example]:
    """The public sets, from the folder where they were downloaded to; of the Current Events at most so many a topic."""
    examples = [example for name in SETS for example in _read_set(folder / f"{name}.jsonl.gz")]
    return thin(examples, "cep", EVENTS_A_TOPIC)


def _read_set(path: Path) -> Iterator[Example]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            topics = tuple(SPELLINGS.get(label, label) for label in row["labels"])
            fold = _checksum(row["title"] + row["text"]) % (FOLDS * HOLD_OUT_ONE_IN)
            yield Example(
                row["title"], row["text"], topics, row["src"].split(":")[0], fold if fold < FOLDS else NEVER_HELD_OUT
            )


def thin(examples: list[Example], source: str, at_most: int) -> list[Example]:
    """Keeps so many examples of one source a topic, chosen by checksum and so the same ones every time."""
    seen: Counter[tuple[str, ...]] = Counter()
    kept = []
    for _, index in sorted((_checksum(example.title + example.text), index) for index, example in enumerate(examples)):
        if examples[index].source == source:
            seen[examples[index].topics] += 1
            if seen[examples[index].topics] > at_most:
                continue
        kept.append(index)
    return [examples[index] for index in sorted(kept)]


def read_written(folder: Path = WRITTEN) -> list[Example]:
    """The project's own texts: paragraphs (whole, without headline, headline alone), headlines, lists of terms, articles of two topics."""
    paragraphs = [
        example
        for path in _files(folder / "written")
        for example in read_blocks(path.read_text(encoding="utf-8"), path.stem)
    ]
    return [
        *(piece for paragraph in paragraphs for piece in pieces(paragraph)),
        *read_several((folder / "several.txt").read_text(encoding="utf-8")),
        *_read_lines(folder / "headlines", "headline"),
        *_read_lines(folder / "lexicon", "lexicon"),
    ]


def read_blocks(text: str, topic: str) -> Iterator[Example]:
    """Blocks between blank lines: a headline, then the paragraph."""
    for block in text.strip().split("\n\n"):
        title, body = block.split("\n", 1)
        yield Example(title, body, (topic,), "paragraph", _checksum(title) % FOLDS)


def pieces(example: Example) -> tuple[Example, ...]:
    """The example as it is, without its headline, and its headline alone: articles come in all three forms."""
    return (
        example,
        Example("", example.text, example.topics, "headless", example.fold),
        Example(example.title, "", example.topics, "bodiless", example.fold),
    )


def read_several(text: str) -> Iterator[Example]:
    """Articles of two topics, the topics in brackets above the headline: for telling when a second topic applies, not for learning."""
    for block in text.strip().split("\n\n"):
        topics, title, body = block.split("\n", 2)
        yield Example(title, body, tuple(topics.strip("[]").split(", ")), "several", _checksum(title) % FOLDS)


def _read_lines(folder: Path, source: str) -> Iterator[Example]:
    for path in _files(folder):
        for line in path.read_text(encoding="utf-8").splitlines():
            if source == "headline":
                yield Example(line, "", (path.stem,), source, _checksum(line) % FOLDS)
            else:
                yield Example("", line, (path.stem,), source)


def _files(folder: Path) -> Iterable[Path]:
    return sorted(folder.glob("*.txt"))


def _checksum(text: str) -> int:
    return zlib.crc32(text.encode())
