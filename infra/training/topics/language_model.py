"""The model of a language other than English: naive Bayes on texts of its own, with a little help from its neighbours.

Regression on top of it did not pay: there are too few texts, and SIB-200, which knows six topics only, bent the others
(decision 0020).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from functions.enrich.topics.model import IDF_STEP
from infra.training.topics.calibrate import HeldOut
from infra.training.topics.fit import (
    GRID,
    NEWS_SHARE,
    Vocabulary,
    balance,
    bayes_weights,
    to_matrix,
    to_targets,
)
from infra.training.topics.sources import FOLDS, NEVER_HELD_OUT, SLUGS, Example

# How much an example of each source counts in a language of its own; decision 0020 has what other shares did.
SHARES = {"paragraph": 10.0, "headless": 5.0, "headline": 10.0, "lexicon": 40.0, "sib": 3.0}
SMOOTHING = 2.0  # of naive Bayes, in mean cells of the table: 0.5 and 6 did no better (decision 0020)
BAYES_SCALE = 4.0  # of the weights beside the prior; by judgement: temperatures are fitted to what comes out
PRIOR_STRENGTH = 3.0  # exponent of NEWS_SHARE; 2 lost a part in a hundred on five languages of news (decision 0020)
NEIGHBOUR_SHARE = (
    0.2  # of a text in another language in Latin script, for what the languages share: names, Latin and Greek stems
)
ENGLISH_SHARE = (
    0.07  # of an English text; there are seven times as many. .03 to .1 moved news by one text in a hundred (0020)
)
MIN_NEIGHBOUR_DOCUMENTS = 4  # that hold a term, from which a neighbour's term is kept: a name or stem, and no chance
MAX_TERMS = 22_000  # that ship per language; decision 0020 has what fewer and more do
NEIGHBOUR_DOCUMENT_SHARE = 0.1  # that a neighbour's text counts when a term's documents are counted; by judgement


@dataclass(frozen=True)
class Text:
    """An example, its terms, how much it counts, and whether it is of the language itself or of a neighbour."""

    example: Example
    terms: Mapping[str, float]
    share: float = 1.0
    is_own: bool = True


def fit_language(texts: Sequence[Text], max_terms: int = MAX_TERMS) -> tuple[Vocabulary, np.ndarray, np.ndarray]:
    """Vocabulary, weights (terms by topics) and biases. Weights are rounded, so that every machine gives the same."""
    vocabulary = choose_language_terms(texts)
    examples = [text.example for text in texts]
    targets = to_targets(examples)
    counts = balance(examples, targets, SHARES, 0.0) * np.array([text.share for text in texts])
    mass = (counts[:, None] * targets).sum(axis=0)
    counts = counts * (targets @ (mass / mass.mean()) ** -1.0)
    x = to_matrix([text.terms for text in texts], vocabulary)
    weights = np.round(BAYES_SCALE * bayes_weights(x, targets, counts, SMOOTHING) / GRID) * GRID
    documents = (x > 0).T @ np.array([1.0 if text.is_own else NEIGHBOUR_DOCUMENT_SHARE for text in texts])
    kept = most_useful(weights, vocabulary, documents, max_terms)
    vocabulary = Vocabulary([vocabulary.terms[row] for row in kept], vocabulary.idf[kept], vocabulary.vectors[kept])
    biases = PRIOR_STRENGTH * np.log([NEWS_SHARE[slug] for slug in SLUGS])
    return vocabulary, weights[kept], np.round((biases - biases.mean()) / GRID) * GRID


def most_useful(weights: np.ndarray, vocabulary: Vocabulary, documents: np.ndarray, max_terms: int) -> np.ndarray:
    """The rows to keep: terms that many documents hold and that point to one topic far more than to most others.

    To keep what pulls hardest, as in English, would keep words that were met once: accuracy fell by ten parts in a
    hundred.
    """
    pull = (weights.max(axis=1) - np.median(weights, axis=1)) * vocabulary.idf * documents
    return np.sort(np.argsort(-np.round(pull, 6), kind="stable")[:max_terms])


def choose_language_terms(texts: Sequence[Text]) -> Vocabulary:
    """The terms of the language's own texts, and those that its neighbours use again and again."""
    own = Counter(term for text in texts if text.is_own for term in text.terms)
    neighbours = Counter(term for text in texts if not text.is_own for term in text.terms)
    terms = sorted(set(own) | {term for term, count in neighbours.items() if count >= MIN_NEIGHBOUR_DOCUMENTS})
    documents = sum(text.is_own for text in texts)
    idf = 1 + np.log((1 + documents) / (1 + np.array([max(1, own[term]) for term in terms])))
    idf = np.clip(np.round(idf / IDF_STEP), 1, 255).astype(np.uint8)
    return Vocabulary(terms, idf, np.zeros((len(terms), 0)))


def cross_validate_language(texts: Sequence[Text]) -> HeldOut:
    """Scores every text that has a fold by a model trained on all others."""
    logits, rows, sizes = [], [], []
    folds = np.array([text.example.fold if text.is_own else NEVER_HELD_OUT for text in texts])
    for fold in range(FOLDS):
        unseen = np.flatnonzero(folds == fold)
        vocabulary, weights, biases = fit_language([texts[row] for row in np.flatnonzero(folds != fold)])
        x = to_matrix([texts[row].terms for row in unseen], vocabulary)
        logits.append(x @ weights + biases)
        sizes.append(np.diff(x.indptr))
        rows.append(unseen)
    order = np.concatenate(rows)
    sources = np.array([text.example.source for text in texts])
    targets = to_targets([text.example for text in texts])
    return HeldOut(sources[order], np.concatenate(logits), targets[order], np.concatenate(sizes), folds[order])
