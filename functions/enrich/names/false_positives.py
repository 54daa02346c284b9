"""Capitals that are no name, though the model took them for one: labels, and everyday words at the head of a sentence."""

from collections import Counter
from collections.abc import Iterable

from functions.enrich.lexicon import load_places, load_words
from functions.enrich.names.tokens import Tokens

_AFTER_A_LABEL = frozenset({"\n", ":"})
_NAMES = ("first_names", "surnames", "organisation_words", "demonyms")


def is_label(tokens: Tokens, first: int, end: int) -> bool:
    """Whether a lone word heads what follows (`Notes`, `Telephone:`): all of its line, or all before a colon, and on no list of names."""
    opens_line = first == 0 or tokens.words[first - 1] == "\n"
    following = tokens.words[end] if end < len(tokens.words) else "\n"
    return opens_line and end - first == 1 and following in _AFTER_A_LABEL and not _is_listed(tokens.words[first])


def common_openers(openers: Iterable[str], names: Iterable[str]) -> set[str]:
    """Which words that open sentences are everyday ones: those that are named just this once and stand on no list of names."""
    counts = Counter(names)
    everyday = load_words("common_en")
    return {word for word in openers if counts[word] == 1 and word.lower() in everyday and not _is_listed(word)}


def _is_listed(word: str) -> bool:
    return word.isupper() or word in load_places() or any(word in load_words(names) for names in _NAMES)
