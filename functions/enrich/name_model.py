"""The name model's weights, as stored in `names.bin`, and how a text is labelled by them.

The file is one zlib stream: the features joined by tabs, an empty line, then the weights: one byte a feature and label, label after
label. `infra/training/names` writes it. Weights of all labels are packed into one integer, 16 bits
each, so that a token's score is a plain sum and one addition serves every label.
"""

import struct
import zlib
from functools import cache
from pathlib import Path

from functions.enrich.name_features import View
from functions.enrich.name_tokens import candidates, tokenise
from shared.domain.documents import NameKind

WEIGHTS_FILE = Path(__file__).with_name("names.bin")
LABELS = ("O", "B-person", "I-person", "B-organisation", "I-organisation", "B-place", "I-place")
KINDS: tuple[NameKind, ...] = ("place", "person", "person", "organisation", "organisation", "place", "place")
SHORT = ("O", "P", "p", "G", "g", "L", "l")
ZERO = 128
_LANES = struct.Struct("<7H")


@cache
def load_weights(path: Path = WEIGHTS_FILE) -> dict[str, int]:
    """Packed weights by feature; read once a process."""
    features, _, numbers = zlib.decompress(path.read_bytes()).partition(b"\n\n")
    names = features.decode().split("\t")
    rows = zip(*(numbers[i * len(names) : (i + 1) * len(names)] for i in range(len(LABELS))), strict=True)
    return {name: int.from_bytes(_LANES.pack(*row), "little") for name, row in zip(names, rows, strict=True)}


def label(view: View, maybe: list[bool], weights: dict[str, int]) -> list[int]:
    """A label (its place in `LABELS`) a token: the best one, left to right, given the two labels before."""
    labels: list[int] = []
    before = earlier = 0
    get = weights.get
    for i, possible in enumerate(maybe):
        best = 0
        if possible:
            total = 0
            for feature in view.word_features(i):
                total += get(feature, 0)
            for feature in view.label_features(i, SHORT[before], SHORT[earlier]):
                total += get(feature, 0)
            best = _best(total, before)
        earlier, before = before, best
        labels.append(best)
    return labels


def _best(total: int, before: int) -> int:
    scores = _LANES.unpack(total.to_bytes(_LANES.size, "little"))
    best = scores.index(max(scores))
    if best and best % 2 == 0 and before not in {best, best - 1}:
        return best - 1
    return best


def label_text(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """Labels and places of all tokens of a text."""
    tokens = tokenise(text)
    labels = label(View(tokens), candidates(tokens.words), load_weights())
    return labels, list(zip(tokens.starts, tokens.ends, strict=True))
