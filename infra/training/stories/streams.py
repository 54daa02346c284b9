"""Labelled articles as streams in order of time, and the pairs that a stack would compare in each."""

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from functions.enrich.stories.features import FEATURES, features_of
from functions.enrich.stories.in_memory import StoriesInMemory, story_text
from functions.enrich.stories.joining import is_judged
from functions.enrich.stories.lookup import written_keys
from functions.enrich.stories.pair import Pair
from functions.enrich.stories.reading.document import StoryText, prepare_document
from functions.enrich.stories.reading.term_counts import starting_counts

FOLDS = 8  # of the stories: weights are judged on two, and know the other six
CROWDED_MONTH = 28  # days into which all stories are moved, so that many that look alike meet
FIRST_DAY = date(2015, 1, 5)


@dataclass(frozen=True)
class Labelled:
    """An article and the story that people found it to be of."""

    story: str
    text: StoryText

    @property
    def fold(self) -> int:
        return number_of(f"fold {self.story}") % FOLDS


@dataclass(frozen=True)
class Pairs:
    """The compared pairs of a stream, as one row each: places of both articles in it, features, truth."""

    stream: Sequence[Labelled]
    new: np.ndarray
    old: np.ndarray
    features: np.ndarray
    same: np.ndarray

    def folds_of(self, places: np.ndarray) -> np.ndarray:
        return np.array([article.fold for article in self.stream])[places]


def read_articles(path: Path) -> list[Labelled]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Labelled(row["story"], story_text(row)) for row in rows]


def crowded(articles: Sequence[Labelled], days: int = CROWDED_MONTH) -> list[Labelled]:
    """The same articles with each story moved, as a whole, to begin on one of so many days."""
    first: dict[str, date] = {}
    for article in articles:
        first.setdefault(article.story, article.text.published_on)
    moved = [moved_to_month(article, first[article.story], days) for article in articles]
    return sorted(moved, key=lambda a: (a.text.published_on, hashlib.sha256(a.text.document_id.encode()).hexdigest()))


def moved_to_month(article: Labelled, first: date, days: int) -> Labelled:
    begin = FIRST_DAY + timedelta(number_of(f"day{article.story}") % days)
    return replace(article, text=replace(article.text, published_on=begin + (article.text.published_on - first)))


def number_of(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)


def collect_pairs(stream: Sequence[Labelled]) -> Pairs:
    """Each article with the candidates that the stack's keys find for it."""
    table, place = (
        StoriesInMemory(starting_counts("en")),
        {article.text.document_id: at for at, article in enumerate(stream)},
    )
    new, old, rows = [], [], []
    for at, article in enumerate(stream):
        document = prepare_document(article.text, table.counts)
        for candidate in table.candidates(document):
            if not is_judged(document.sketch, candidate.sketch):
                continue
            new.append(at)
            old.append(place[candidate.document_id])
            rows.append(vector(features_of(Pair(document.sketch, candidate.sketch, table.counts))))
        table.rows[article.text.document_id] = (article.story, document.sketch)
        for key in written_keys(document, table.counts):
            table.found_by[key].append(article.text.document_id)
        table.counts.add(document.sketch.terms)
    same = [stream[a].story == stream[b].story for a, b in zip(new, old, strict=True)]
    return Pairs(stream, np.array(new), np.array(old), np.array(rows), np.array(same, float))


def vector(features: Mapping[str, float]) -> list[float]:
    return [features[feature.__name__] for feature in FEATURES]
