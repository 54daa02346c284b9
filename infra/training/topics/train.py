"""Trains the topic model: python -m infra.training.topics.train FOLDER_OF_PUBLIC_SETS."""

import json
import sys
import zlib
from collections import Counter
from pathlib import Path

import numpy as np

from functions.enrich.topic_model import WEIGHTS_FILE
from functions.enrich.topic_terms import weigh_terms
from infra.training.topics.fit import choose_terms, fit, inverse_frequencies, to_matrix
from infra.training.topics.sources import SLUGS, Example, read_public

TERMS_KEPT = 30_000


def main() -> None:
    examples = read_public(Path(sys.argv[1]))
    documents = [weigh_terms(example.title, example.text) for example in examples]
    terms = choose_terms(documents, 3, 6)
    idf = inverse_frequencies(documents, terms)
    x, y = to_matrix(documents, terms, idf), targets(examples)
    w, b = fit(x, y, balance(examples), 2e-6, 80)
    kept = np.sort(np.argsort(-np.abs(w).max(axis=1), kind="stable")[:TERMS_KEPT])
    WEIGHTS_FILE.write_bytes(pack([terms[i] for i in kept], idf[kept], w[kept], b - b.mean()))


def targets(examples: list[Example]) -> np.ndarray:
    y = np.zeros((len(examples), len(SLUGS)))
    for row, example in enumerate(examples):
        for topic in example.topics:
            y[row, SLUGS.index(topic)] = 1 / len(example.topics)
    return y


def balance(examples: list[Example]) -> np.ndarray:
    counts = Counter(example.topics[0] for example in examples)
    return np.array([counts[example.topics[0]] ** -0.5 for example in examples])


def pack(terms: list[str], idf: np.ndarray, w: np.ndarray, b: np.ndarray) -> bytes:
    scales = np.abs(w).max(axis=0) / 127
    about = {
        "slugs": SLUGS,
        "scales": [float(f"{s:.4g}") for s in scales],
        "biases": [round(float(v), 3) for v in b],
        "temperature": 1.0,
    }
    quantised = np.clip(np.round(w / [about["scales"]]), -127, 127).astype(np.int8)
    body = [json.dumps(about).encode(), "\n".join(terms).encode(), idf.tobytes() + quantised.T.tobytes()]
    return zlib.compress(b"\n\n".join(body), 9)


if __name__ == "__main__":
    main()
