"""Trains the topic model: python -m infra.training.topics.train FOLDER_OF_PUBLIC_SETS. See README.md beside this file."""

import hashlib
import json
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from functions.enrich.topics.model import WEIGHTS_FILE
from functions.enrich.topics.terms import read_terms
from infra.training.topics.calibrate import Temperatures, cross_validate, describe, fit_temperatures
from infra.training.topics.fit import blend, choose_terms, learns, prune, to_matrix, to_targets
from infra.training.topics.sources import SLUGS, Example, read_public, read_written
from infra.training.topics.vectors import read_vectors

MEASURES_FILE = Path(__file__).with_name("measures.json")


def main() -> None:
    folder = Path(sys.argv[1])
    vectors = read_vectors(folder)
    examples = read_public(folder) + read_written()
    documents = [read_terms(example.title, example.text).weights for example in examples]
    held_out = cross_validate(examples, documents, vectors)
    temperatures = fit_temperatures(held_out)
    learning = [row for row, example in enumerate(examples) if learns(example)]
    packed = pack([examples[row] for row in learning], [documents[row] for row in learning], vectors, temperatures)
    WEIGHTS_FILE.write_bytes(packed)
    measures = {
        "sha256": hashlib.sha256(packed).hexdigest(),
        "bytes": len(packed),
        "temperatures below so many known terms": dict(temperatures),
        "held out": describe(held_out),
    }
    MEASURES_FILE.write_text(json.dumps(measures, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(MEASURES_FILE.read_text(encoding="utf-8"))


def pack(
    examples: list[Example],
    documents: list[dict[str, float]],
    vectors: Mapping[str, np.ndarray],
    temperatures: Temperatures,
) -> bytes:
    """The weights file: the terms that pull hardest, every topic's weights in 255 steps of its own size."""
    vocabulary = choose_terms(documents, vectors)
    weights, biases = blend(to_matrix(documents, vocabulary), to_targets(examples), examples, vocabulary)
    weights, vocabulary = prune(weights, vocabulary)
    scales = [float(f"{scale:.4g}") for scale in np.abs(weights).max(axis=0) / 127]
    quantised = np.clip(np.round(weights / [scales]), -127, 127).astype(np.int8)
    about = {
        "slugs": SLUGS,
        "scales": scales,
        "biases": [round(float(bias), 3) for bias in biases],
        "temperatures": temperatures,
    }
    parts = [
        json.dumps(about).encode(),
        "\n".join(vocabulary.terms).encode(),
        vocabulary.idf.tobytes() + quantised.T.tobytes(),
    ]
    return zlib.compress(b"\n\n".join(parts), 9)


if __name__ == "__main__":
    main()
