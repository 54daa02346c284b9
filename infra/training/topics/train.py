"""Trains the topic model of one language: python -m infra.training.topics.train FOLDER_OF_PUBLIC_SETS LANGUAGE.

See README.md beside this file.
"""

import hashlib
import json
import sys
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from functions.enrich.topics.model import WEIGHT_OFFSET, model_file
from functions.enrich.topics.terms import fold_eastern, read_terms, scheme_of
from infra.training.topics.calibrate import HeldOut, Temperatures, cross_validate, describe, fit_temperatures
from infra.training.topics.fit import Vocabulary, blend, choose_terms, learns, prune, to_matrix, to_targets
from infra.training.topics.language_model import (
    ENGLISH_SHARE,
    NEIGHBOUR_SHARE,
    Text,
    cross_validate_language,
    fit_language,
)
from infra.training.topics.sources import (
    LANGUAGES,
    SLUGS,
    Example,
    lexicon_terms,
    read_language,
    read_public,
    read_sib,
    read_written,
)
from infra.training.topics.vectors import read_vectors

MEASURES_FILE = Path(__file__).with_name("measures.json")
MAX_WEIGHT = (
    63  # of a stored English weight; twice as many steps take an eighth more room and gain nothing (decision 0013)
)
MAX_LANGUAGE_WEIGHT = 15  # of a stored weight in other languages; 31 took a seventh more room and gained nothing (0020)
SIGNIFICANT_DIGITS = 4  # of a scale; more would differ between machines
# How much SIB-200 counts in a language of few texts of ours, beside 1.0 in others: else its six topics take too much.
SIB_SHARE = {"ar": 1 / 3, "hi": 1 / 3}
# Languages in Latin script learn from each other: names, and stems of Latin and Greek, are the same in all of them.
NEIGHBOURS = ("de", "es", "fr", "it", "nl", "pl", "pt")
LATIN_SCRIPT = frozenset([*NEIGHBOURS, "id", "tr"])
# The least temperature of a language other than English, below so many known terms. Our own paragraphs are easier than
# the news of other publishers, the more so the longer a text is. Chosen on eleven languages of news, together with the
# model's DOUBT, and tried on each language by values chosen on the others (decision 0020).
MIN_TEMPERATURES = ((6, 4.0), (12, 4.0), (24, 4.0), (48, 4.0), (100, 4.5), (200, 4.75), (10**6, 5.5))


def main() -> None:
    folder, language = Path(sys.argv[1]), sys.argv[2]
    packed, temperatures, held_out = train_english(folder) if language == "en" else train_language(folder, language)
    model_file(language).write_bytes(packed)
    measures = {
        "sha256": hashlib.sha256(packed).hexdigest(),
        "bytes": len(packed),
        "temperatures below so many known terms": {str(end): heat for end, heat in temperatures},
        "held out": describe(held_out),
    }
    all_measures = json.loads(MEASURES_FILE.read_text(encoding="utf-8")) | {language: measures}
    MEASURES_FILE.write_text(json.dumps(all_measures, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    sys.stdout.write(f"{language}: {json.dumps(measures['held out'])}\n")


def train_english(folder: Path) -> tuple[bytes, Temperatures, HeldOut]:
    """The English model, which has more public sets and word vectors beside our own texts."""
    vectors = read_vectors(folder)
    examples = read_public(folder) + read_sib(folder, "en") + read_written()
    documents = [read_terms(example.title, example.text).weights for example in examples]
    held_out = cross_validate(examples, documents, vectors)
    temperatures = fit_temperatures(held_out)
    learning = [row for row, example in enumerate(examples) if learns(example)]
    examples, documents = [examples[row] for row in learning], [documents[row] for row in learning]
    vocabulary = choose_terms(documents, vectors)
    weights, biases = blend(to_matrix(documents, vocabulary), to_targets(examples), examples, vocabulary)
    weights, vocabulary = prune(weights, vocabulary)
    return pack(vocabulary, weights, biases, temperatures, [], MAX_WEIGHT), temperatures, held_out


def train_language(folder: Path, language: str) -> tuple[bytes, Temperatures, HeldOut]:
    """The model of any other language."""
    texts = read_texts(folder, language)
    held_out = cross_validate_language(texts)
    temperatures = raise_temperatures(fit_temperatures(held_out))
    vocabulary, weights, biases = fit_language(texts)
    return (
        pack(vocabulary, weights, biases, temperatures, shown_words(language), MAX_LANGUAGE_WEIGHT),
        temperatures,
        held_out,
    )


def raise_temperatures(temperatures: Temperatures) -> Temperatures:
    """The least temperatures, and where texts held out call for a higher one, that."""
    fitted = dict(temperatures)
    return [(end, max(least, fitted.get(end, least))) for end, least in MIN_TEMPERATURES]


def read_texts(folder: Path, language: str) -> list[Text]:
    """Our own texts of the language, SIB-200 in it, and for a language in Latin script our texts in others."""
    sib_share = SIB_SHARE.get(language, 1.0)
    texts = [to_text(example, language) for example in read_language(language)]
    texts += [to_text(example, language, sib_share) for example in read_sib(folder, language)]
    if language not in LATIN_SCRIPT:
        return texts
    for neighbour in NEIGHBOURS:
        if neighbour != language:
            texts += [
                to_text(example, neighbour, NEIGHBOUR_SHARE, is_own=False) for example in read_language(neighbour)
            ]
    english = [example for example in read_written() if example.source not in {"bodiless", "several"}]
    return texts + [to_text(example, "en", ENGLISH_SHARE, is_own=False) for example in english]


def to_text(example: Example, language: str, share: float = 1.0, *, is_own: bool = True) -> Text:
    return Text(example, read_terms(example.title, example.text, language).weights, share, is_own)


def shown_words(language: str) -> list[str]:
    """Whole words for evidence where the text does not tell words apart: those of the lexicon."""
    if scheme_of(language).written_apart:
        return []
    terms = lexicon_terms(LANGUAGES / language / "lexicon.txt")
    return sorted(
        {fold_eastern(term) for lines in terms.values() for term in lines if " " not in term and len(term) > 1}
    )


def pack(
    vocabulary: Vocabulary,
    weights: np.ndarray,
    biases: np.ndarray,
    temperatures: Temperatures,
    words: Sequence[str],
    max_weight: int,
) -> bytes:
    """The model file: every topic's weights in steps of its own size, so many on each side of zero."""
    scales = [float(f"{scale:.{SIGNIFICANT_DIGITS}g}") for scale in np.abs(weights).max(axis=0) / max_weight]
    steps = np.clip(np.round(weights / [scales]), -max_weight, max_weight).astype(np.int16) + WEIGHT_OFFSET
    about: Mapping[str, object] = {
        "slugs": SLUGS,
        "scales": scales,
        "biases": [round(float(bias), 3) for bias in biases],
        "temperatures": temperatures,
        "shown_words": " ".join(words),
    }
    parts = [
        json.dumps(about, ensure_ascii=False).encode(),
        "\n".join(vocabulary.terms).encode(),
        vocabulary.idf.tobytes() + steps.astype(np.uint8).tobytes(),
    ]
    return zlib.compress(b"\n\n".join(parts), 9)


if __name__ == "__main__":
    main()
