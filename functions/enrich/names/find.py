"""People, organisations and places that a text names."""

from collections.abc import Iterable

from functions.enrich.names.gazetteer import find_world_names
from functions.enrich.names.mentions import (
    Mention,
    fold_short_forms,
    gather,
    mentions,
    overlooked,
    ranked,
    with_acronyms_told,
    without_everyday_words,
)
from functions.enrich.names.tagger import label_text
from shared.domain.documents import Name

MODEL_LANGUAGES = frozenset(["en", ""])


def find_names(text: str, language: str = "en") -> list[Name]:
    """The names in the text, main ones first; a lone surname counts for the person named in full.

    English has a model (unknown languages are tried with it); others have lists and rules that rather miss a name than invent one.
    """
    return ranked(fold_short_forms(gather(_mentions(text, language.lower().replace("_", "-").split("-")[0]))))


def _mentions(text: str, language: str) -> Iterable[Mention]:
    if language in MODEL_LANGUAGES:
        tokens, labels, totals = label_text(text)
        found = list(mentions(text, tokens, labels, totals))
        return with_acronyms_told(text, without_everyday_words([*found, *overlooked(tokens, labels, found)]))
    return [
        Mention(name, {kind: 0}, place, shouted=False)
        for place, (name, kind) in enumerate(find_world_names(text, language))
    ]
