"""The linear model: complement naive Bayes and logistic regression on the same sparse terms, added up. Nothing here is random."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import optimize, sparse

from functions.enrich.topic_model import IDF_STEP
from infra.training.topics.sources import SLUGS, Example

# How much an example of each source counts; the public sets count one.
BAYES_SHARE = {"paragraph": 10.0, "headless": 5.0, "bodiless": 5.0, "headline": 10.0, "lexicon": 40.0, "iptc": 6.0, "mixed": 0.0}
REGRESSION_SHARE = {"paragraph": 20.0, "headless": 10.0, "bodiless": 10.0, "headline": 20.0, "lexicon": 20.0, "iptc": 6.0, "mixed": 0.0}
AT_LEAST, AT_LEAST_PAIRS = 2, 4
SMOOTHING = 2.0
PENALTY = 4e-6
STEPS = 30
BAYES_TO_REGRESSION = 4.0
GRID = 2.0**-20


def choose_terms(documents: Sequence[Mapping[str, float]]) -> tuple[list[str], np.ndarray]:
    """The terms that enough documents hold, in alphabetical order, and the idf of each on the grid that the weights file stores."""
    counts = Counter(term for document in documents for term in document)
    terms = sorted(term for term, count in counts.items() if count >= (AT_LEAST_PAIRS if " " in term else AT_LEAST))
    idf = 1 + np.log((1 + len(documents)) / (1 + np.array([counts[term] for term in terms])))
    return terms, np.clip(np.round(idf / IDF_STEP), 1, 255).astype(np.uint8)


def to_matrix(documents: Sequence[Mapping[str, float]], terms: Sequence[str], idf: np.ndarray) -> sparse.csr_matrix:
    """Rows of unit length, as `TopicModel.present` makes them."""
    columns = {term: column for column, term in enumerate(terms)}
    indices, values, starts = [], [], [0]
    for document in documents:
        known = [(columns[term], weight) for term, weight in document.items() if term in columns]
        indices += [column for column, _ in known]
        values += [weight for _, weight in known]
        starts.append(len(indices))
    data = np.log1p(np.array(values)) * idf[np.array(indices, dtype=np.int64)]
    matrix = sparse.csr_matrix((data, np.array(indices), np.array(starts)), shape=(len(documents), len(terms)))
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


def blend(x: sparse.csr_matrix, y: np.ndarray, examples: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    """Weights (terms by topics) and biases of both models added up, rounded so that the last bits of a machine's arithmetic vanish."""
    bayes = bayes_weights(x, y, balance(examples, y, BAYES_SHARE, 1.0))
    weights, biases = regression(x, y, balance(examples, y, REGRESSION_SHARE, 0.9))
    blended = BAYES_TO_REGRESSION * bayes + weights
    return np.round(blended / GRID) * GRID, np.round(biases / GRID) * GRID


def bayes_weights(x: sparse.csr_matrix, y: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Log odds of a term in a topic against all other topics, every topic having the same mass."""
    mass = x.T @ (counts[:, None] * y)
    mass *= mass.sum() / mass.sum(axis=0) / mass.shape[1]
    rest = mass.sum(axis=1, keepdims=True) - mass
    smoothing = SMOOTHING * mass.sum() / mass.size
    return _log_share(mass + smoothing) - _log_share(rest + smoothing)


def _log_share(mass: np.ndarray) -> np.ndarray:
    return np.log(mass / mass.sum(axis=0))


def regression(x: sparse.csr_matrix, y: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Multinomial logistic regression with an L2 penalty: full batch, fixed order, fixed number of steps."""
    rows, topics = x.shape[1], y.shape[1]
    counts = (counts / counts.sum())[:, None]
    transposed = x.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat[:-topics].reshape(rows, topics)
        log_p = log_softmax(x @ weights + flat[-topics:])
        error = counts * (np.exp(log_p) - y)
        value = -float((counts * y * log_p).sum()) + PENALTY / 2 * float((weights * weights).sum())
        return value, np.concatenate([(transposed @ error + PENALTY * weights).ravel(), error.sum(axis=0)])

    start = np.zeros(rows * topics + topics)
    options = {"maxiter": STEPS, "maxfun": STEPS * 2, "ftol": 0, "gtol": 0}
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    return found[:-topics].reshape(rows, topics), found[-topics:]


def log_softmax(logits: np.ndarray) -> np.ndarray:
    logits = logits - logits.max(axis=1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
