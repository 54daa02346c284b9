"""One term of a query as a leaf: its escapes read, its words folded as its field compares them."""

import re
from functools import lru_cache

from functions.enrich.rules.analysis import reads_by_character, words
from functions.enrich.rules.document import site_words, words_in
from functions.enrich.rules.leaf import Leaf
from shared.domain.topics import TOPIC_SLUGS

MOST_SLOP = 50
MOST_NEAR_WORDS = 20
SHORTEST_PREFIX = 2
_LONGEST_LANGUAGE = 3
_REMEMBERED = 65_536
_SMALL_OPERATORS = frozenset({"and", "or", "not"})
_FOREIGN_OPERATORS = {"&&": "AND", "||": "OR", "!": "NOT"}
_ESCAPE_OR_WILD = re.compile(r"\\(.)|([*?])", re.DOTALL)


class BadTerm(Exception):
    """What is wrong with a term, `offset` characters into it."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@lru_cache(_REMEMBERED)
def word_leaf(field: str, text: str) -> Leaf:
    """The leaf of a bare word, which may become several: `Jong-un` is a phrase."""
    _refuse_operator_lookalikes(text)
    if text.isalnum():
        return _leaf(field, text, text)
    wild = next((found for found in _ESCAPE_OR_WILD.finditer(text) if found.group(2)), None)
    if wild:
        _check_wildcard(wild, text)
    return _leaf(field, _ESCAPE_OR_WILD.sub(lambda found: found.group(1) or "", text), text, prefix=wild is not None)


@lru_cache(_REMEMBERED)
def phrase_leaf(field: str, quoted: str, slop: int, shown: str) -> Leaf:
    wild = next((found for found in _ESCAPE_OR_WILD.finditer(quoted) if found.group(2) == "*"), None)
    if wild:
        raise BadTerm("a prefix cannot stand in a phrase", 1 + wild.start())
    if slop > MOST_SLOP:
        raise BadTerm(f"nearness goes up to {MOST_SLOP} words", len(quoted) + 3)
    return _leaf(field, _ESCAPE_OR_WILD.sub(lambda found: found.group(1) or found.group(), quoted), shown, slop=slop)


def _refuse_operator_lookalikes(text: str) -> None:
    if text in _SMALL_OPERATORS:
        raise BadTerm(f'write {text.upper()} in capitals, or put the word in quotes: "{text}"')
    meant = _FOREIGN_OPERATORS.get(text[:1] if text[0] == "!" else text[:2])
    if meant:
        raise BadTerm(f"write {meant} in place of {text[: 1 if meant == 'NOT' else 2]}")


def _check_wildcard(wild: re.Match[str], text: str) -> None:
    if wild.group() == "?":
        raise BadTerm("the wildcard ? is not supported; a prefix is written word*", wild.start())
    if wild.start() == 0:
        raise BadTerm("a word cannot begin with *")
    if wild.end() != len(text):
        raise BadTerm("* stands only at the end of a word", wild.start())


def _leaf(field: str, text: str, shown: str, *, prefix: bool = False, slop: int = 0) -> Leaf:
    """The leaf of a text without escapes: refused where it has no words, or can never be met."""
    if field == "site":
        text = site_words(text) or text
    found = words_in(field, text)
    if prefix:
        found[-1:] = words(text)[-1:]
    if not found:
        raise BadTerm("there is no word in this: rules look for letters and digits")
    prefix = prefix and not reads_by_character(found[-1])
    _check_size(found, prefix=prefix, slop=slop)
    _check_value(field, tuple(found), text, prefix=prefix)
    return Leaf(field, tuple(found), prefix, slop if len(found) > 1 else 0, shown)


def _check_size(found: list[str], *, prefix: bool, slop: int) -> None:
    if prefix and len("".join(found)) < SHORTEST_PREFIX:
        raise BadTerm(f"a prefix has at least {SHORTEST_PREFIX} letters")
    if slop and len(found) > MOST_NEAR_WORDS:
        raise BadTerm(f"at most {MOST_NEAR_WORDS} words can be near each other")


def _check_value(field: str, found: tuple[str, ...], text: str, *, prefix: bool) -> None:
    """Refuses a topic or language that no document can ever have."""
    if field == "topic" and not any(_is_in(slug, found, prefix=prefix) for slug in TOPIC_SLUGS):
        raise BadTerm(f"there is no topic {text} (topics are {', '.join(TOPIC_SLUGS)})")
    if field == "language" and not prefix and len(found[0]) > _LONGEST_LANGUAGE:
        raise BadTerm("a language is a code of two letters, such as en")


def _is_in(slug: str, found: tuple[str, ...], *, prefix: bool) -> bool:
    padded, sought = f" {' '.join(words(slug))} ", f" {' '.join(found)}"
    return (sought if prefix else f"{sought} ") in padded
