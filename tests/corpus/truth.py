"""Reads a corpus: the bytes of each page under `pages/`, and its truth under `expected/`."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent


@dataclass(frozen=True)
class CorpusPage:
    name: str
    body: bytes
    truth: dict[str, Any]

    @property
    def is_article(self) -> bool:
        return "reason" not in self.truth

    @property
    def reasons(self) -> set[str]:
        """The reasons that a careful person would accept for a rejected page; `reason` is the best one."""
        return {self.truth["reason"], *self.truth.get("also_accepted", [])}


def read_page(name: str, corpus: Path = CORPUS) -> CorpusPage:
    truth = json.loads((corpus / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    return CorpusPage(name, read_body(corpus / "pages" / f"{name}.html"), truth)


def read_body(path: Path) -> bytes:
    """The bytes of a page. A folder with many pages may keep them compressed, as `.html.gz`."""
    return path.read_bytes() if path.exists() else gzip.decompress(path.with_suffix(".html.gz").read_bytes())


def read_corpus(corpus: Path = CORPUS) -> list[CorpusPage]:
    """Every page that has a truth, in the order of names."""
    return [read_page(path.stem, corpus) for path in sorted((corpus / "expected").glob("*.json"))]


def sample_names() -> list[str]:
    """The names of the pages that `make run` uploads and shows."""
    names: list[str] = json.loads((CORPUS / "samples.json").read_text(encoding="utf-8"))
    return names
