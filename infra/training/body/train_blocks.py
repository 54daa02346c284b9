"""Trains the block model: `python -m infra.training.body.train_blocks FOLDER…`, folders of pages with their true text.

Writes functions/extract/words/weights/body_blocks.json and prints, for folds by publisher, what each folder gets.
"""

import json
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from functions.extract.body.block_features import FEATURES
from functions.extract.body.selection import is_chosen, tidied
from infra.training.body.blocks import PageBlocks, read_folder, read_own_corpus
from infra.training.body.boosting import Settings, fit_trees, predict
from infra.training.body.measure import body_scores

SETTINGS = Settings(trees=70)
FOLDS = 3
WEIGHTS = Path("functions/extract/words/weights/body_blocks.json")


def main(folders: Sequence[str]) -> None:
    pages = [page for folder in folders for page in read_folder(Path(folder))]
    pages += read_own_corpus()
    for fold in range(FOLDS):
        judged = [page for page in pages if fold_of(page) == fold]
        choose_blocks(judged, fit([page for page in pages if fold_of(page) != fold]))
    for folder in [*(Path(folder).name for folder in folders), "corpus"]:
        own = [page for page in pages if page.name.startswith(f"{folder}/")]
        print(folder, len(own), body_scores([(page.truth, chosen_text(page)) for page in own]))
    write(fit(pages))


def fit(pages: Sequence[PageBlocks]) -> dict[str, Any]:
    """The model of all the pages' candidate blocks."""
    rows = np.array([row for page in pages for row in page.rows])
    labels = np.array([label for page in pages for label in page.labels], dtype=float)
    weights = np.array([weight for page in pages for weight in page.weights])
    return fit_trees(rows, labels, weights, SETTINGS)


def choose_blocks(pages: Sequence[PageBlocks], model: dict[str, Any]) -> None:
    """Sets which blocks of each page are article by the model, with all that the shipped code does beside it."""
    for page in pages:
        if page.region and page.rows:
            chances = zip(page.candidates, predict(model, np.array(page.rows)), strict=True)
            chosen = [
                index for index, chance in chances if is_chosen(page.region, index, chance, ruled=page.kept[index])
            ]
            article = set(tidied(page.region, chosen))
            page.kept = [index in article for index in range(len(page.kept))]


def chosen_text(page: PageBlocks) -> str:
    return "\n".join(text for text, kept in zip(page.texts, page.kept, strict=True) if kept)


def fold_of(page: PageBlocks) -> int:
    """The fold of the page's publisher, the same on any machine."""
    return int(sha256(page.host.encode()).hexdigest(), 16) % FOLDS


def write(model: dict[str, Any]) -> None:
    WEIGHTS.write_text(json.dumps({"features": FEATURES, **model}, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
