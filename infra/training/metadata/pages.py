"""Pages with known titles and authors as training examples: the features of each candidate, and which ones are right.

A folder of a set holds `truth.json` (by key: `url`, `title`, `authors`, any of them null) and `pages/KEY.html.gz`.
"""

import gzip
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from functions.extract.metadata.authors.authors import AuthorEvidence
from functions.extract.metadata.authors.byline_parser import folded_name
from functions.extract.metadata.authors.features import author_features
from functions.extract.metadata.titles.candidates import folded_title
from functions.extract.metadata.titles.features import TitlePage, title_features
from functions.extract.page_text import ReadPage, read_page, select_body
from shared.domain.errors import Rejected


@dataclass(frozen=True, slots=True)
class Example:
    """One page: where it is from, the features of each candidate, and whether each is right."""

    source: str
    publisher: str
    features: list[frozenset[str]]
    right: list[bool]

    @property
    def half(self) -> int:
        """0 or 1, the same for all pages of a publisher."""
        return int(hashlib.sha1(self.publisher.encode(), usedforsecurity=False).hexdigest(), 16) % 2


def read_examples(folders: list[Path], field: str) -> list[Example]:
    """The examples of all folders for "title" or "authors"; pages without the field's truth are left out."""
    make = {"title": title_example, "authors": author_example}[field]
    return [example for folder in folders for example in examples_of_folder(folder, field, make)]


def examples_of_folder(
    folder: Path, field: str, make: Callable[[ReadPage, object], tuple[list[frozenset[str]], list[bool]]]
) -> Iterator[Example]:
    """The examples of one set. Pages that are refused teach nothing."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    for key, known in sorted(truth.items()):
        if known.get(field) is None:
            continue
        try:
            page = read_page(gzip.decompress((folder / "pages" / f"{key}.html.gz").read_bytes()), known["url"] or "")
        except Rejected:
            continue
        features, right = make(page, known[field])
        yield Example(folder.name, (urlsplit(known["url"] or "").hostname or key).removeprefix("www."), features, right)


def title_example(page: ReadPage, truth: object) -> tuple[list[frozenset[str]], list[bool]]:
    """Features of the candidates for the headline, and which of them are it."""
    known = frozenset(folded_title(site) for site in page.sites if site)
    seen = TitlePage(page.declared, page.reading.blocks, known)
    features = [frozenset(title_features(candidate, seen)) for candidate in seen.candidates]
    return features, [plain(candidate.text) == plain(str(truth)) for candidate in seen.candidates]


def author_example(page: ReadPage, truth: object) -> tuple[list[frozenset[str]], list[bool]]:
    """Features of the candidates for authors, and which of them are authors."""
    body = select_body(page)
    if body is None or not isinstance(truth, list):
        return [], []
    sites = frozenset(folded_name(site) for site in page.sites) - {""}
    seen = AuthorEvidence(page.declared, sites, body.region, body.byline).page
    names = {plain(name) for name in truth}
    features = [frozenset(author_features(candidate, seen)) for candidate in seen.candidates]
    return features, [plain(candidate.name) in names for candidate in seen.candidates]


def plain(text: str) -> str:
    """A text for comparing: case, quotation marks, dashes, spaces and invisible characters folded."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = re.sub("[‘’‚‛`´'\"“”„‟«»‹›]", "'", folded)
    folded = re.sub("[‐-―−]", "-", folded)
    folded = re.sub("[\u00ad\u200b-\u200f\ufeff]", "", folded)
    return re.sub(r"\s+", " ", folded).strip(" .'|")
