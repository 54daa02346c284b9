"""One term of a query: its escapes are resolved, its words folded as its field compares them."""

import re
from functools import lru_cache

from shared.domain.topics import TOPIC_SLUGS
from shared.rules.analysis import reads_by_character, words
from shared.rules.document import field_words, host_words
from shared.rules.query_term import QueryTerm

MAX_SLOP_WORDS = 50  # other words between the words of a proximity term; by judgement: a long sentence
MAX_PROXIMITY_TERMS = 20  # words near each other in one term; by judgement
MIN_PREFIX_LETTERS = 2  # `a*` would match most documents, and keys are sorted by two letters
MAX_LANGUAGE_LETTERS = 3  # ISO 639 codes have two or three
MAX_CACHED_TERMS = 65_536  # ten thousand rules have some thirty thousand different terms
_SMALL_OPERATORS = frozenset({"and", "or", "not"})
_FOREIGN_OPERATORS = {"&&": "AND", "||": "OR", "!": "NOT"}
_NEARNESS = re.compile(r"(?:NEAR|ONEAR|ADJ)(?:/?\d+)?|(?:W|N|PRE)/\d+")  # as other programs write it
_ESCAPE_OR_WILD = re.compile(r"\\(.)|([*?])", re.DOTALL)


class MalformedTerm(Exception):
    """What is wrong with a term, `offset` characters into it."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@lru_cache(MAX_CACHED_TERMS)
def parse_word_term(field: str, text: str) -> QueryTerm:
    """The term of a bare word, which may become several: `Jong-un` is a phrase."""
    refuse_operator_lookalikes(text)
    if text.isalnum():
        return build_term(field, text, text)
    wild = next((found for found in _ESCAPE_OR_WILD.finditer(text) if found.group(2)), None)
    if wild:
        check_wildcard(wild, text)
    return build_term(
        field, _ESCAPE_OR_WILD.sub(lambda found: found.group(1) or "", text), text, prefix=wild is not None
    )


@lru_cache(MAX_CACHED_TERMS)
def parse_phrase_term(field: str, quoted: str, slop: int, shown: str) -> QueryTerm:
    wild = next((found for found in _ESCAPE_OR_WILD.finditer(quoted) if found.group(2) == "*"), None)
    if wild:
        raise MalformedTerm("a prefix cannot stand in a phrase", 1 + wild.start())
    if slop > MAX_SLOP_WORDS:
        raise MalformedTerm(f"nearness goes up to {MAX_SLOP_WORDS} words", len(quoted) + 3)
    return build_term(
        field, _ESCAPE_OR_WILD.sub(lambda found: found.group(1) or found.group(), quoted), shown, slop=slop
    )


def refuse_operator_lookalikes(text: str) -> None:
    if text in _SMALL_OPERATORS:
        raise MalformedTerm(f'write {text.upper()} in capitals, or put the word in quotes: "{text}"')
    if _NEARNESS.fullmatch(text):
        raise MalformedTerm(
            f'nearness is a number after a phrase: "two words"~5; put "{text}" in quotes to look for it'
        )
    meant = _FOREIGN_OPERATORS.get(text[:1] if text[0] == "!" else text[:2])
    if meant:
        raise MalformedTerm(f"write {meant} in place of {text[: 1 if meant == 'NOT' else 2]}")


def check_wildcard(wild: re.Match[str], text: str) -> None:
    if wild.group() == "?":
        raise MalformedTerm("the wildcard ? is not supported; a prefix is written word*", wild.start())
    if wild.start() == 0:
        raise MalformedTerm("a word cannot begin with *")
    if wild.end() != len(text):
        raise MalformedTerm("* stands only at the end of a word", wild.start())


def build_term(field: str, text: str, shown: str, *, prefix: bool = False, slop: int = 0) -> QueryTerm:
    """The term of a text without escapes.

    Raises `MalformedTerm` where it has no words or no document can ever have it.
    """
    if field == "site":
        text = host_words(text) or text
    found = field_words(field, text)
    if prefix:
        found[-1:] = words(text)[-1:]
    if not found:
        raise MalformedTerm("there is no word in this: rules look for letters and digits")
    prefix = prefix and not reads_by_character(found[-1])
    check_term_size(found, prefix=prefix, slop=slop)
    check_field_value(field, tuple(found), text, prefix=prefix)
    return QueryTerm(field, tuple(found), prefix, slop if len(found) > 1 else 0, shown)


def check_term_size(found: list[str], *, prefix: bool, slop: int) -> None:
    if prefix and len("".join(found)) < MIN_PREFIX_LETTERS:
        raise MalformedTerm(f"a prefix has at least {MIN_PREFIX_LETTERS} letters")
    if slop and len(found) > MAX_PROXIMITY_TERMS:
        raise MalformedTerm(f"at most {MAX_PROXIMITY_TERMS} words can be near each other")


def check_field_value(field: str, found: tuple[str, ...], text: str, *, prefix: bool) -> None:
    """Refuses a topic or language that no document can ever have."""
    if field == "topic" and not any(is_word_run_of(slug, found, prefix=prefix) for slug in TOPIC_SLUGS):
        raise MalformedTerm(f"there is no topic {text} (topics are {', '.join(TOPIC_SLUGS)})")
    if field == "language" and not prefix and len(found[0]) > MAX_LANGUAGE_LETTERS:
        raise MalformedTerm("a language is a code of two letters, such as en")


def is_word_run_of(slug: str, found: tuple[str, ...], *, prefix: bool) -> bool:
    padded, sought = f" {' '.join(words(slug))} ", f" {' '.join(found)}"
    return (sought if prefix else f"{sought} ") in padded
