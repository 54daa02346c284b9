"""Trains the topic model: python -m infra.training.topics.train FOLDER_OF_PUBLIC_SETS. See README.md beside this file."""

import hashlib
import json
import sys
import zlib
from pathlib import Path

import numpy as np

from functions.enrich.topic_model import WEIGHTS_FILE
from functions.enrich.topic_terms import read_terms
from infra.training.topics.calibrate import cross_validate, describe, fit_temperature
from infra.training.topics.fit import blend, choose_terms, learns, to_matrix, to_targets
from infra.training.topics.sources import SLUGS, Example, read_public, read_written

TERMS_KEPT = 40_000
MEASURES_FILE = Path(__file__).with_name("measures.json")


def main() -> None:
    examples = read_public(Path(sys.argv[1])) + read_written()
    documents = [read_terms(example.title, example.text).weights for example in examples]
    held_out = cross_validate(examples, documents)
    base, power = fit_temperature(held_out)
    learning = [row for row, example in enumerate(examples) if learns(example)]
    packed = pack([examples[row] for row in learning], [documents[row] for row in learning], (base, power))
    WEIGHTS_FILE.write_bytes(packed)
    measures = {
        "sha256": hashlib.sha256(packed).hexdigest(),
        "bytes": len(packed),
        "temperature": {"base": base, "power": power},
        "held out": describe(held_out, base, power),
    }
    MEASURES_FILE.write_text(json.dumps(measures, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(MEASURES_FILE.read_text(encoding="utf-8"))


def pack(examples: list[Example], documents: list[dict[str, float]], temperature: tuple[float, float]) -> bytes:
    """The weights file: the terms that pull hardest, every topic's weights in 255 steps of its own size."""
    terms, idf = choose_terms(documents)
    weights, biases = blend(to_matrix(documents, terms, idf), to_targets(examples), examples)
    pull = np.abs(weights).max(axis=1) * np.sqrt(idf)
    kept = np.sort(np.argsort(-pull, kind="stable")[:TERMS_KEPT])
    scales = [float(f"{scale:.4g}") for scale in np.abs(weights[kept]).max(axis=0) / 127]
    quantised = np.clip(np.round(weights[kept] / [scales]), -127, 127).astype(np.int8)
    about = {
        "slugs": SLUGS,
        "scales": scales,
        "biases": [round(float(bias), 3) for bias in biases - biases.mean()],
        "temperature": temperature,
    }
    parts = [json.dumps(about).encode(), "\n".join(terms[i] for i in kept).encode(), idf[kept].tobytes() + quantised.T.tobytes()]
    return zlib.compress(b"\n\n".join(parts), 9)


if __name__ == "__main__":
    main()
