"""The name model's weights, as stored in `names.bin`, and how a text is labelled by them.

The file is one zlib stream: the features joined by tabs, an empty line, then the weights: one byte a feature and label, label after
label. In memory the seven weights of a feature are one integer, 16 bits each: a token's score is a plain sum, for all labels at once.
"""

import struct
import zlib
from array import array
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from functions.enrich.lexicon import load_words
from functions.enrich.names.features import View
from functions.enrich.names.tokens import Tokens, calm_datelines, candidates, tokenise
from shared.domain.documents import NameKind

WEIGHTS_FILE = Path(__file__).with_name("names.bin")
LABELS = ("O", "B-person", "I-person", "B-organisation", "I-organisation", "B-place", "I-place")
KINDS: tuple[NameKind, ...] = ("place", "person", "person", "organisation", "organisation", "place", "place")
SHORT = ("O", "P", "p", "G", "g", "L", "l")
ZERO = 128
_NOTHING = (0,) * 64
_ROW = 16
_LANES = struct.Struct("<8H")


@cache
def load_weights(path: Path = WEIGHTS_FILE) -> dict[str, int]:
    """Packed weights by feature; read once a process."""
    features, _, numbers = zlib.decompress(path.read_bytes()).partition(b"\n\n")
    names = features.decode().split("\t")
    packed = bytearray(_ROW * len(names))
    for place in range(len(LABELS)):
        packed[2 * place :: _ROW] = numbers[place * len(names) : (place + 1) * len(names)]
    halves = array("Q", bytes(packed))
    rows = [low | high << 64 for low, high in zip(halves[::2], halves[1::2], strict=True)]
    return dict(zip(names, rows, strict=True))


def label(view: View, maybe: list[bool], weights: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """A label (its place in `LABELS`) a token, the best one from left to right, and the packed scores it was chosen by."""
    labels: list[int] = []
    totals: list[int] = []
    before = earlier = 0
    for i, possible in enumerate(maybe):
        best = total = 0
        if possible and (before or not view.opens_nothing(i)):
            features = view.word_features(i) + view.label_features(i, SHORT[before], SHORT[earlier])
            total = sum(map(weights.get, features, _NOTHING))
            best = _best(total, before)
        totals.append(total)
        earlier, before = before, best
        labels.append(best)
    return labels, totals


def unpack(total: int) -> tuple[int, ...]:
    """The scores in `LABELS` order, comparable within one token."""
    return _LANES.unpack(total.to_bytes(_ROW, "little"))


def _best(total: int, before: int) -> int:
    """The label with the highest sum; one that continues a name with none before it opens one instead."""
    scores = unpack(total)
    best = scores.index(max(scores))
    return best - 1 if best and best % 2 == 0 and before not in {best, best - 1} else best


def label_text(text: str) -> tuple[Tokens, list[int], list[int]]:
    """The text's tokens, and a label and packed scores for each."""
    tokens = tokenise(text.replace("’", "'"))
    calm_datelines(tokens)
    view = View(tokens)
    labels, totals = label(view, candidates(tokens.words), load_weights())
    _keep_whole(view, tokens.words, labels)
    return tokens, labels, totals


def _keep_whole(view: View, words: list[str], labels: list[int]) -> None:
    """Lets no name end inside a place of the list, nor between `St` or before `Street`: `San` and `Diego` are one, whatever it names."""
    leads, ends = load_words("name_leads"), load_words("name_ends")
    for i in range(1, len(labels)):
        if labels[i - 1] and (view.goes_on(i) or (labels[i] and (words[i - 1] in leads or words[i] in ends))):
            labels[i] = labels[i - 1] + labels[i - 1] % 2
