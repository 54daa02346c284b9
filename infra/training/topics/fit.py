"""Multinomial logistic regression on sparse terms, deterministic: full batch, fixed order, fixed number of steps."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import optimize, sparse

from functions.enrich.topic_model import IDF_STEP


def choose_terms(documents: Sequence[Mapping[str, float]], at_least: int, at_least_pairs: int) -> list[str]:
    """The terms that enough documents hold, in alphabetical order."""
    counts = Counter(term for document in documents for term in document)
    return sorted(term for term, count in counts.items() if count >= (at_least_pairs if " " in term else at_least))


def inverse_frequencies(documents: Sequence[Mapping[str, float]], terms: Sequence[str]) -> np.ndarray:
    """One a term, on the grid that the weights file stores."""
    counts = Counter(term for document in documents for term in document)
    idf = 1 + np.log((1 + len(documents)) / (1 + np.array([counts[term] for term in terms])))
    return np.clip(np.round(idf / IDF_STEP), 1, 255).astype(np.uint8)


def to_matrix(documents: Sequence[Mapping[str, float]], terms: Sequence[str], idf: np.ndarray) -> sparse.csr_matrix:
    """Rows of unit length, as `TopicModel.present` makes them."""
    columns = {term: column for column, term in enumerate(terms)}
    indices, values, starts = [], [], [0]
    for document in documents:
        for term, weight in document.items():
            column = columns.get(term)
            if column is not None:
                indices.append(column)
                values.append(weight)
        starts.append(len(indices))
    data = np.log1p(np.array(values)) * idf[np.array(indices, dtype=np.int64)]
    matrix = sparse.csr_matrix((data, np.array(indices), np.array(starts)), shape=(len(documents), len(terms)))
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    norms[norms == 0] = 1.0
    return sparse.csr_matrix(sparse.diags(1 / norms) @ matrix)


def fit(x: sparse.csr_matrix, y: np.ndarray, weights: np.ndarray, penalty: float, steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights (terms by topics) and biases that minimise weighted cross entropy with an L2 penalty."""
    rows, topics = x.shape[1], y.shape[1]
    weights = weights / weights.sum()
    transposed = x.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w, b = flat[:-topics].reshape(rows, topics), flat[-topics:]
        logits = x @ w + b
        logits -= logits.max(axis=1, keepdims=True)
        log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        error = weights[:, None] * (np.exp(log_p) - y)
        value = -float((weights[:, None] * y * log_p).sum()) + penalty / 2 * float((w * w).sum())
        return value, np.concatenate([(transposed @ error + penalty * w).ravel(), error.sum(axis=0)])

    start = np.zeros(rows * topics + topics)
    found = optimize.minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxfun": steps * 2, "ftol": 0, "gtol": 0}
    )
    return found.x[:-topics].reshape(rows, topics), found.x[-topics:]
