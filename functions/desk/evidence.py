"""Where a record's evidence stands in its text: the sentences of rules and of a search, and the terms of topics."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from shared.domain.documents import Record
from shared.rules.analysis import reads_by_character

MAX_TERM_LENGTH = 80  # characters; the longest term is three words
MAX_REASONS = 100  # looked for in one text, by judgement: a record may name 2,000 rules
MAX_MARKS = 200  # in one paragraph, by judgement: more would say nothing
ELLIPSIS = "…"
SPACES = re.compile(r"\s+")

Kind = Literal["rule", "search", "topic"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a part of the text is marked: `Reason("rule", "oil", sentence)` or `Reason("topic", "sport", term)`."""

    kind: Kind
    name: str
    quote: str


class Span(NamedTuple):
    """A part of a paragraph. `reasons` is empty for plain text."""

    text: str
    reasons: tuple[Reason, ...]


class Found(NamedTuple):
    start: int
    end: int
    reason: Reason


def reasons_of(record: Record) -> list[Reason]:
    """The sentences of the record's rules, then the terms of its topics."""
    sentences = [Reason("rule", rule, sentence) for rule, sentence in (record.rule_sentences or {}).items()]
    evidence = record.topic_evidence or {}
    terms = [
        Reason("topic", topic, term.strip()) for topic in record.topics or () for term in split_terms(evidence, topic)
    ]
    return [*sentences, *terms]


def split_terms(evidence: Mapping[str, str], topic: str) -> Iterator[str]:
    """`{"disaster": "river, first light"}` → river, first light."""
    return (term for term in evidence.get(topic, "").split(",") if 0 < len(term.strip()) <= MAX_TERM_LENGTH)


def mark_paragraphs(text: str, reasons: Sequence[Reason]) -> list[list[Span]]:
    """The paragraphs of a text, each as spans that together have all of its characters."""
    patterns = [(reason, pattern_of(reason)) for reason in reasons[:MAX_REASONS]]
    return [mark_paragraph(paragraph, patterns) for paragraph in text.split("\n\n") if paragraph.strip()]


def mark_paragraph(paragraph: str, patterns: Iterable[tuple[Reason, re.Pattern[str]]]) -> list[Span]:
    matches = (Found(*match.span(), reason) for reason, pattern in patterns for match in pattern.finditer(paragraph))
    found = list(islice(matches, MAX_MARKS))
    cuts = sorted({0, len(paragraph), *(one.start for one in found), *(one.end for one in found)})
    spans: list[Span] = []
    for start, end in pairwise(cuts):
        reasons = dict.fromkeys(one.reason for one in found if one.start <= start and end <= one.end)
        spans.append(Span(paragraph[start:end], tuple(reasons)))
    return spans


def pattern_of(reason: Reason) -> re.Pattern[str]:
    """A term as a whole word in any case; a sentence as it was quoted, whatever the white space between its words."""
    if reason.kind == "topic":
        return re.compile(bounded(words_with_spaces(reason.quote), reason.quote), re.IGNORECASE)
    return re.compile(words_with_spaces(reason.quote.strip(ELLIPSIS)))


def words_with_spaces(quote: str) -> str:
    return r"\s+".join(re.escape(word) for word in SPACES.split(quote.strip()) if word) or r"(?!)"


def bounded(pattern: str, term: str) -> str:
    """Chinese, Japanese, Korean and Thai have no spaces between words, so nothing bounds a term there."""
    return pattern if reads_by_character(term) else rf"(?<!\w){pattern}(?!\w)"
