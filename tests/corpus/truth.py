"""Reads the corpus: the bytes of each page and the truth beside them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGES = HERE / "pages"
EXPECTED = HERE / "expected"


@dataclass(frozen=True)
class CorpusPage:
    name: str
    body: bytes
    truth: dict[str, Any]

    @property
    def is_article(self) -> bool:
        return self.truth["outcome"] == "published"

    @property
    def reasons(self) -> set[str]:
        """The reasons that a careful person would accept for a rejected page; `reason` is the best one."""
        return {self.truth["reason"], *self.truth.get("also_accepted", [])}


def read_page(name: str) -> CorpusPage:
    truth = json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))
    return CorpusPage(name, (PAGES / f"{name}.html").read_bytes(), truth)


def read_corpus() -> list[CorpusPage]:
    """Every page, by name."""
    return [read_page(path.stem) for path in sorted(EXPECTED.glob("*.json"))]


def sample_names() -> list[str]:
    """The pages that `make run` shows."""
    names: list[str] = json.loads((HERE / "samples.json").read_text(encoding="utf-8"))
    return names
