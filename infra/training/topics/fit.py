"""The linear model: naive Bayes and logistic regression on the same terms, and regression on word vectors, added up.

Nothing is random.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, sparse

from functions.enrich.topics.model import IDF_STEP
from infra.training.topics.sources import SLUGS, Example
from infra.training.topics.vectors import DIMENSIONS

# How much an example of each source counts; the public sets count one.
BAYES_SHARE = {
    "paragraph": 10.0,
    "headless": 5.0,
    "bodiless": 5.0,
    "headline": 10.0,
    "lexicon": 40.0,
    "iptc": 6.0,
    "sib": 3.0,
    "several": 0.0,
}
REGRESSION_SHARE = {
    "paragraph": 20.0,
    "headless": 10.0,
    "bodiless": 10.0,
    "headline": 20.0,
    "lexicon": 20.0,
    "iptc": 6.0,
    "sib": 6.0,
    "several": 0.0,
}
MIN_DOCUMENTS = 2  # that hold a word, from which it is a term; words met once carried over badly
MIN_PAIR_DOCUMENTS = 4  # the same for pairs, of which there are far more; by judgement
MAX_TERMS = 30_000  # that ship; 40,000 came out within a part in a hundred on MIND and NYT blogs (decision 0020)
SMOOTHING = 1.0  # of naive Bayes, in mean cells of the table: 2 did as well, 0.5 less on MasakhaNEWS (decision 0020)
PENALTY = 4e-6  # of squared weights, per unit of log loss; chosen on held-out folds (decision 0004)
STEPS = 30  # of L-BFGS; a fixed number gives the same bytes every time, and later ones move nothing
VECTOR_PENALTY = 1e-5  # the same for the model on word vectors, which has a hundred inputs only
VECTOR_STEPS = 60  # the same for the model on word vectors
# Weights of naive Bayes and of the model on word vectors where regression has one, chosen on one half of MasakhaNEWS
# and MIND and confirmed on the other (decision 0020).
BAYES_TO_REGRESSION = 2.0
VECTORS_TO_REGRESSION = 1.25
GRID = (
    2.0**-20
)  # step that weights are rounded to: far below what a stored weight tells, far above a machine's last bits

# How many of a hundred stories in a general newsroom are about each topic, by our own estimate; it decides where the
# words do not.
NEWS_SHARE = {
    "arts": 11.0,
    "conflict": 6.0,
    "crime": 10.0,
    "disaster": 5.0,
    "economy": 15.0,
    "education": 4.0,
    "environment": 3.0,
    "health": 6.0,
    "human-interest": 4.0,
    "labour": 1.5,
    "lifestyle": 9.0,
    "politics": 13.0,
    "religion": 1.5,
    "science": 7.0,
    "society": 4.0,
    "sport": 14.0,
    "weather": 3.0,
}
PRIOR_STRENGTH = 4.0  # exponent of NEWS_SHARE; 3 to 5 moved news by a part in a hundred at most (decision 0020)


@dataclass(frozen=True)
class Vocabulary:
    """The terms in column order, with idf on the grid of the weights file, and word vectors (zero if there is none)."""

    terms: list[str]
    idf: np.ndarray
    vectors: np.ndarray


def choose_terms(documents: Sequence[Mapping[str, float]], vectors: Mapping[str, np.ndarray]) -> Vocabulary:
    """The terms that enough documents hold, in alphabetical order."""
    counts = Counter(term for document in documents for term in document)
    terms = sorted(
        term for term, count in counts.items() if count >= (MIN_PAIR_DOCUMENTS if " " in term else MIN_DOCUMENTS)
    )
    idf = 1 + np.log((1 + len(documents)) / (1 + np.array([counts[term] for term in terms])))
    none = np.zeros(DIMENSIONS)
    stacked = np.array([vectors.get(term, none) for term in terms])
    return Vocabulary(terms, np.clip(np.round(idf / IDF_STEP), 1, 255).astype(np.uint8), stacked)


def to_matrix(documents: Sequence[Mapping[str, float]], vocabulary: Vocabulary) -> sparse.csr_matrix:
    """Rows of unit length, as `TopicModel.present` makes them."""
    columns = {term: column for column, term in enumerate(vocabulary.terms)}
    indices, values, starts = [], [], [0]
    for document in documents:
        known = [(columns[term], weight) for term, weight in document.items() if term in columns]
        indices += [column for column, _ in known]
        values += [weight for _, weight in known]
        starts.append(len(indices))
    data = np.log1p(np.array(values)) * vocabulary.idf[np.array(indices, dtype=np.int64)]
    matrix = sparse.csr_matrix((data, np.array(indices), np.array(starts)), shape=(len(documents), len(columns)))
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    norms[norms == 0] = 1.0
    return sparse.csr_matrix(sparse.diags(1 / norms) @ matrix)


def to_targets(examples: Sequence[Example]) -> np.ndarray:
    """A row an example: its topics, adding up to one."""
    targets = np.zeros((len(examples), len(SLUGS)))
    for row, example in enumerate(examples):
        for topic in example.topics:
            targets[row, SLUGS.index(topic)] = 1 / len(example.topics)
    return targets


def learns(example: Example) -> bool:
    """Whether the example is for learning, and not only for telling how sure to be."""
    return BAYES_SHARE.get(example.source, 1.0) > 0


def balance(examples: Sequence[Example], targets: np.ndarray, share: Mapping[str, float], power: float) -> np.ndarray:
    """What each example counts: its source's share, times its topic's share of the whole to the minus `power`."""
    counts = np.array([share.get(example.source, 1.0) for example in examples])
    mass = (counts[:, None] * targets).sum(axis=0)
    return counts * (targets @ (mass / mass.mean()) ** -power)


def blend(
    x: sparse.csr_matrix, y: np.ndarray, examples: Sequence[Example], vocabulary: Vocabulary
) -> tuple[np.ndarray, np.ndarray]:
    """Weights (terms by topics) and biases of all three models added up.

    They are rounded, so that the last bits of a machine's arithmetic vanish.
    """
    counts = balance(examples, y, REGRESSION_SHARE, 0.9)
    bayes = bayes_weights(x, y, balance(examples, y, BAYES_SHARE, 1.0))
    weights, biases = regression(x, y, counts)
    averages = sparse.csr_matrix(x @ vocabulary.vectors)
    by_vector, vector_biases = regression(averages, y, counts, VECTOR_PENALTY, VECTOR_STEPS)
    blended = BAYES_TO_REGRESSION * bayes + weights + VECTORS_TO_REGRESSION * (vocabulary.vectors @ by_vector)
    biases = (
        biases + VECTORS_TO_REGRESSION * vector_biases + PRIOR_STRENGTH * np.log([NEWS_SHARE[slug] for slug in SLUGS])
    )
    return np.round(blended / GRID) * GRID, np.round((biases - biases.mean()) / GRID) * GRID


def prune(weights: np.ndarray, vocabulary: Vocabulary, max_terms: int = MAX_TERMS) -> tuple[np.ndarray, Vocabulary]:
    """Only the terms that pull hardest, which are the ones that ship."""
    pull = np.abs(weights).max(axis=1) * np.sqrt(vocabulary.idf)
    kept = np.sort(np.argsort(-pull, kind="stable")[:max_terms])
    return weights[kept], Vocabulary(
        [vocabulary.terms[row] for row in kept], vocabulary.idf[kept], vocabulary.vectors[kept]
    )


def bayes_weights(
    x: sparse.csr_matrix, y: np.ndarray, counts: np.ndarray, smoothing_cells: float = SMOOTHING
) -> np.ndarray:
    """Log odds of a term in a topic against all other topics, every topic having the same mass."""
    mass = x.T @ (counts[:, None] * y)
    mass *= mass.sum() / mass.sum(axis=0) / mass.shape[1]
    rest = mass.sum(axis=1, keepdims=True) - mass
    smoothing = smoothing_cells * mass.sum() / mass.size
    return log_share(mass + smoothing) - log_share(rest + smoothing)


def log_share(mass: np.ndarray) -> np.ndarray:
    return np.log(mass / mass.sum(axis=0))


def regression(
    x: sparse.csr_matrix, y: np.ndarray, counts: np.ndarray, penalty: float = PENALTY, steps: int = STEPS
) -> tuple[np.ndarray, np.ndarray]:
    """Multinomial logistic regression with an L2 penalty: full batch, fixed order, fixed number of steps."""
    rows, topics = x.shape[1], y.shape[1]
    counts = (counts / counts.sum())[:, None]
    transposed = x.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat[:-topics].reshape(rows, topics)
        log_p = log_softmax(x @ weights + flat[-topics:])
        error = counts * (np.exp(log_p) - y)
        value = -float((counts * y * log_p).sum()) + penalty / 2 * float((weights * weights).sum())
        return value, np.concatenate([(transposed @ error + penalty * weights).ravel(), error.sum(axis=0)])

    start = np.zeros(rows * topics + topics)
    options = {"maxiter": steps, "maxfun": steps * 2, "ftol": 0, "gtol": 0}
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    return found[:-topics].reshape(rows, topics), found[-topics:]


def log_softmax(logits: np.ndarray) -> np.ndarray:
    logits = logits - logits.max(axis=1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
