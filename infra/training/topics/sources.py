"""The texts that the topic model learns from.

Where they come from and under which licence: README.md beside this file.
"""

import gzip
import json
import re
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
LANGUAGES = WRITTEN / "languages"
MAX_EVENTS_PER_TOPIC = 2500  # of the Current Events: of war they hold ten times as many; by judgement
NEVER_HELD_OUT = -1  # the fold of what always trains
FOLDS = 5  # of cross-validation
HOLD_OUT_ONE_IN = 10  # of the public examples of a fold: there are enough to measure by
TERMS_PER_EXAMPLE = 10  # of a lexicon: as many as a line of the English one has; by judgement
_SECTION = re.compile(r"^\[([a-z-]+)\]$")
_BETWEEN_TERMS = re.compile(r"[,;、，،]\s*")  # a comma, and those of Japanese, Chinese and Arabic


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
    examples = [example for name in SETS for example in read_set(folder / f"{name}.jsonl.gz")]
    return thin(examples, "cep", MAX_EVENTS_PER_TOPIC)


def read_set(path: Path) -> Iterator[Example]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            topics = tuple(SPELLINGS.get(label, label) for label in row["labels"])
            fold = checksum(row["title"] + row["text"]) % (FOLDS * HOLD_OUT_ONE_IN)
            yield Example(
                row["title"], row["text"], topics, row["src"].split(":")[0], fold if fold < FOLDS else NEVER_HELD_OUT
            )


def thin(examples: list[Example], source: str, at_most: int) -> list[Example]:
    """Keeps so many examples of one source a topic, chosen by checksum and so the same ones every time."""
    seen: Counter[tuple[str, ...]] = Counter()
    kept = []
    for _, index in sorted((checksum(example.title + example.text), index) for index, example in enumerate(examples)):
        if examples[index].source == source:
            seen[examples[index].topics] += 1
            if seen[examples[index].topics] > at_most:
                continue
        kept.append(index)
    return [examples[index] for index in sorted(kept)]


def read_written(folder: Path = WRITTEN) -> list[Example]:
    """The project's own texts: paragraphs, headlines, lists of terms, and articles of two topics.

    A paragraph comes whole, without its headline, and as its headline alone.
    """
    paragraphs = [
        example
        for path in topic_files(folder / "written")
        for example in read_blocks(path.read_text(encoding="utf-8"), path.stem)
    ]
    return [
        *(piece for paragraph in paragraphs for piece in pieces(paragraph)),
        *read_several((folder / "several.txt").read_text(encoding="utf-8")),
        *read_lines(folder / "headlines", "headline"),
        *read_lines(folder / "lexicon", "lexicon"),
    ]


def read_blocks(text: str, topic: str) -> Iterator[Example]:
    """Blocks between blank lines: a headline, then the paragraph."""
    for block in text.strip().split("\n\n"):
        title, body = block.split("\n", 1)
        yield Example(title, body, (topic,), "paragraph", checksum(title) % FOLDS)


def pieces(example: Example) -> tuple[Example, ...]:
    """The example as it is, without its headline, and its headline alone: articles come in all three forms."""
    return (
        example,
        Example("", example.text, example.topics, "headless", example.fold),
        Example(example.title, "", example.topics, "bodiless", example.fold),
    )


def read_several(text: str) -> Iterator[Example]:
    """Articles of two topics, which stand in brackets above the headline.

    They tell when a second topic applies, and are not learned from.
    """
    for block in text.strip().split("\n\n"):
        topics, title, body = block.split("\n", 2)
        yield Example(title, body, tuple(topics.strip("[]").split(", ")), "several", checksum(title) % FOLDS)


def read_lines(folder: Path, source: str) -> Iterator[Example]:
    for path in topic_files(folder):
        for line in path.read_text(encoding="utf-8").splitlines():
            if source == "headline":
                yield Example(line, "", (path.stem,), source, checksum(line) % FOLDS)
            else:
                yield Example("", line, (path.stem,), source)


def topic_files(folder: Path) -> Iterable[Path]:
    return sorted(folder.glob("*.txt"))


def checksum(text: str) -> int:
    return zlib.crc32(text.encode())


def read_language(language: str, folder: Path = LANGUAGES) -> list[Example]:
    """The project's own texts of another language than English.

    Lists of terms, headlines, and paragraphs if there are any.
    """
    home = folder / language
    examples = [*read_lexicon(home / "lexicon.txt"), *read_headlines(home / "headlines.txt")]
    return [*examples, *read_paragraphs(home / "written.txt")] if (home / "written.txt").exists() else examples


def read_sections(path: Path) -> dict[str, list[str]]:
    """The lines under each `[topic]` of a file."""
    sections: dict[str, list[str]] = {slug: [] for slug in SLUGS}
    topic = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := _SECTION.match(line.strip()):
            topic = match[1]
        else:
            sections[topic].append(line.strip())
    return sections


def lexicon_terms(path: Path) -> dict[str, list[str]]:
    """The terms of each topic, without repeats."""
    return {
        topic: list(dict.fromkeys(term for line in lines for term in _BETWEEN_TERMS.split(line) if term))
        for topic, lines in read_sections(path).items()
    }


def read_lexicon(path: Path) -> Iterator[Example]:
    """A few terms at a time, apart by full stops so that no pair of neighbours is formed of two terms."""
    for topic, terms in lexicon_terms(path).items():
        for start in range(0, len(terms), TERMS_PER_EXAMPLE):
            yield Example("", " . ".join(terms[start : start + TERMS_PER_EXAMPLE]), (topic,), "lexicon")


def read_headlines(path: Path) -> Iterator[Example]:
    for topic, lines in read_sections(path).items():
        for line in filter(None, lines):
            yield Example(line, "", (topic,), "headline", checksum(line) % FOLDS)


def read_paragraphs(path: Path) -> Iterator[Example]:
    """Each paragraph under its headline, and without it."""
    for topic, lines in read_sections(path).items():
        for block in "\n".join(lines).strip().split("\n\n"):
            if block.strip():
                title, body = block.strip().split("\n", 1)
                yield from pieces(Example(title, body, (topic,), "paragraph", checksum(title) % FOLDS))[:2]


def read_sib(folder: Path, language: str) -> list[Example]:
    """Sentences of SIB-200 in the language, labelled by the six topics that the set knows."""
    with gzip.open(folder / f"sib_{language}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Example("", row["text"], (row["labels"][0],), "sib", number % FOLDS) for number, row in enumerate(rows)]
