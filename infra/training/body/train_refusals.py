"""Trains what is refused: `python -m infra.training.body.train_refusals ARTICLES… --others OTHERS…`, folders of pages.

`OTHERS` are pages that are no articles, their truth.json with a `type`; the corpus's own pages are added to both.
Writes functions/extract/words/weights/articles.json and prints, for folds by publisher, what each bound of the
probability refuses.
"""

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from functions.extract.article_likelihood import FEATURES, page_features, text_weight
from functions.extract.page_text import findings, read_page, select_body
from functions.extract.rejection import MIN_TEXT, SUSPICIONS
from infra.training.body.blocks import site_of
from infra.training.body.boosting import Settings, fit_trees, predict
from shared.domain.errors import Rejected
from tests.corpus.truth import read_corpus

SETTINGS = Settings(trees=80, depth=4, rate=0.08, min_rows=12, ridge=10.0)
FOLDS = 5
BOUNDS = (0.05, 0.1, 0.15, 0.2, 0.22, 0.3, 0.4, 0.5)
WEIGHTS = Path("functions/extract/words/weights/articles.json")
ARTICLE = "article"
# Each page is learned once more as if it were saved without its head and its address, as reader views and mails are.
DECLARED = (
    "says_article", "is_dated", "open_graph_article", "open_graph_website", "other_kind", "list_kind", "path_depth",
    "slug_words", "digits_in_path", "front_path", "list_path",
)  # fmt: skip
WEIGHT_OF_BARE = 0.1
SHARE_OF_OTHERS = 0.3  # of the weight: others are rarer in what people save, and an article lost costs more
WEIGHTS_OF_KINDS = {"product": 0.5, "service": 0.35}  # "should be refused" where lists "must be"


@dataclass(frozen=True)
class JudgedPage:
    """A page's kind ("article", "listing", "stub" and the like), its publisher and its features."""

    name: str
    kind: str
    host: str
    row: list[float]
    suspected: bool


def main(arguments: Sequence[str]) -> None:
    at = arguments.index("--others")
    pages = [page for folder in arguments[:at] for page in read_folder(Path(folder), ARTICLE)]
    pages += [page for folder in arguments[at + 1 :] for page in read_folder(Path(folder), "")]
    pages += read_own_corpus()
    report(pages)
    write(fit(pages))


def report(pages: Sequence[JudgedPage]) -> None:
    """Prints what each bound would refuse, each page judged by the folds that it is not in."""
    chances: dict[str, float] = {}
    for fold in range(FOLDS):
        judged = [page for page in pages if fold_of(page) == fold]
        model = fit([page for page in pages if fold_of(page) != fold])
        rows = np.array([page.row for page in judged])
        chances.update(zip([page.name for page in judged], predict(model, rows).tolist(), strict=True))
    kinds = sorted({page.kind for page in pages})
    for bound in BOUNDS:
        refused = [sum(chances[page.name] < bound for page in pages if page.kind == kind) for kind in kinds]
        sizes = [sum(page.kind == kind for page in pages) for kind in kinds]
        shares = (f"{kind} {n}/{size} {n / size:.3f}" for kind, n, size in zip(kinds, refused, sizes, strict=True))
        print(f"below {bound}:", "  ".join(shares))
    worst = sorted((page for page in pages if page.kind == ARTICLE), key=lambda page: chances[page.name])[:20]
    print("least likely articles:", *(f"{page.name} {chances[page.name]:.2f}" for page in worst), sep="\n  ")


def fit(pages: Sequence[JudgedPage]) -> dict[str, Any]:
    """The model of all the pages; articles weigh what they are to others in `SHARE_OF_OTHERS`."""
    labels = np.array([page.kind == ARTICLE for page in pages], dtype=float)
    weights = np.array([WEIGHTS_OF_KINDS.get(page.kind, 1.0) for page in pages])
    weights[labels == 0] *= SHARE_OF_OTHERS / (1 - SHARE_OF_OTHERS) * labels.sum() / weights[labels == 0].sum()
    rows = np.array([page.row for page in pages])
    bare = rows.copy()
    bare[:, [FEATURES.index(name) for name in DECLARED]] = 0
    both = np.concatenate([rows, bare])
    return fit_trees(both, np.tile(labels, 2), np.concatenate([weights, weights * WEIGHT_OF_BARE]), SETTINGS)


def read_folder(folder: Path, kind: str) -> Iterator[JudgedPage]:
    for name, truth in sorted(json.loads((folder / "truth.json").read_text()).items()):
        body = gzip.decompress((folder / "pages" / f"{name}.html.gz").read_bytes())
        yield from judged_page(f"{folder.name}/{name}", body, truth["url"] or "", kind or truth["type"])


def read_own_corpus() -> Iterator[JudgedPage]:
    for page in read_corpus():
        kind = ARTICLE if page.is_article else "own corpus"
        yield from judged_page(f"corpus/{page.name}", page.body, page.truth.get("url", ""), kind)


def judged_page(name: str, body: bytes, url: str, kind: str) -> Iterator[JudgedPage]:
    """The page, unless it is refused by its bytes or for having no text, which no model is asked about."""
    try:
        read = read_page(body, url)
    except Rejected:
        return
    found = findings(read, select_body(read))
    spoken = [rule.sign for rule in SUSPICIONS if rule.speaks(found)]
    if text_weight(found.text) < MIN_TEXT:
        return
    row = [float(value) for value in page_features(found, dict.fromkeys(spoken, True))]
    yield JudgedPage(name, kind, site_of(read.declared.address) or name, row, bool(spoken))


def fold_of(page: JudgedPage) -> int:
    """The fold of the page's publisher, the same on any machine."""
    return int(sha256(page.host.encode()).hexdigest(), 16) % FOLDS


def write(model: dict[str, Any]) -> None:
    WEIGHTS.write_text(json.dumps({"features": FEATURES, **model}, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
