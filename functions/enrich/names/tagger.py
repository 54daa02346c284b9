"""Labels a text's tokens by a model's weights, from left to right."""

import struct

from functions.enrich.names.capitals import has_telling_capital, join_capitals
from functions.enrich.names.features import View
from functions.enrich.names.model import LABELS, ROW_BYTES, NameModel
from functions.enrich.names.tokens import Tokens, find_candidates, title_case_datelines, tokenise
from functions.enrich.names.whole_names import keep_names_whole

SHORT_LABELS = ("O", "P", "p", "G", "g", "L", "l")  # the labels as features write them
NO_WEIGHTS = (0,) * 64  # for features without weights; more entries than a token has features
# What is taken off the score of "no name" for a capital in the middle of a sentence, where the model passes over too
# many names: Russian F1 rose from .606 to .618 and names found from .791 to .841; elsewhere precision fell by as much
BOLDNESS = {"ru": 200}
_LANES = struct.Struct("<8H")

__all__ = ["LABELS", "SHORT_LABELS", "label_text", "label_tokens", "unpack_scores"]


def label_text(text: str, model: NameModel) -> tuple[Tokens, list[int], list[int]]:
    """The text's tokens, and for each a label (its place in `LABELS`) and the packed scores by which it was chosen."""
    tokens = tokenise(text.replace("’", "'"), elided=bool(model.lists.elided))
    title_case_datelines(tokens)
    view = View(tokens, model.lists)
    bold = BOLDNESS.get(model.language, 0)
    boldness = [bold and bold * has_telling_capital(tokens, i, model.lists) for i in range(len(tokens.words))]
    labels, totals = label_tokens(view, find_candidates(tokens.words, model.lists.particles), boldness, model)
    keep_names_whole(view, tokens.words, labels, model.lists)
    join_capitals(tokens, labels, model.lists, model.language)
    return tokens, labels, totals


def label_tokens(
    view: View, candidates: list[bool], boldness: list[int], model: NameModel
) -> tuple[list[int], list[int]]:
    """The best label of each token from left to right, and the packed scores by which it was chosen."""
    weights = model.weights.get
    labels: list[int] = []
    totals: list[int] = []
    before = earlier = 0
    for i, possible in enumerate(candidates):
        best = total = 0
        if possible and (before or not view.opens_nothing(i)):
            features = view.word_features(i) + view.label_features(i, SHORT_LABELS[before], SHORT_LABELS[earlier])
            total = sum(map(weights, features, NO_WEIGHTS))
            best = best_label(total, before, boldness[i])
        totals.append(total)
        earlier, before = before, best
        labels.append(best)
    return labels, totals


def unpack_scores(total: int) -> tuple[int, ...]:
    """The scores in `LABELS` order, comparable within one token."""
    return _LANES.unpack(total.to_bytes(ROW_BYTES, "little"))


def best_label(total: int, before: int, boldness: int) -> int:
    """The label with the highest sum; one that continues a name with none before it opens one instead.

    The boldness is taken off the sum of the label that says "no name".
    """
    no_name, *others = unpack_scores(total)
    scores = [no_name - boldness, *others]
    best = scores.index(max(scores))
    return best - 1 if best and best % 2 == 0 and before not in {best, best - 1} else best
