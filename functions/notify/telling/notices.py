"""The notice by which a paper corrects itself: `Correction: an earlier version of this article said …`."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from functions.notify.lexicon import load_lines
from shared.domain.documents import Record

# Paragraphs at either end of a text in which a notice stands, and its length in characters; by judgement.
MAX_OPENING_PARAGRAPHS = 3
MAX_CLOSING_PARAGRAPHS = 6
MAX_PARAGRAPH_LENGTH = 800

# What ends the word that opens a notice: `Correction: …`, `Korrektur (2. Mai) …`, `* Correction * …`, `Correction. …`,
# `Correction, Nov. 12: …`
AFTER_OPENING = re.compile(r"\s*(?:[:\uff1a\-–—(\[\]*\uff08\u3010\u3011]|\.\s|,[^:]{0,20}\d[^:]{0,8}:)")
CHOICE = re.compile(r"\{([^{}]*)\}")


def correction_notice(record: Record) -> str:
    """The first paragraph near the beginning or the end that is a correction notice; empty where there is none."""
    paragraphs = [line.strip() for line in (record.text or "").split("\n") if line.strip()]
    ends = paragraphs[:MAX_OPENING_PARAGRAPHS] + paragraphs[MAX_OPENING_PARAGRAPHS:][-MAX_CLOSING_PARAGRAPHS:]
    return next((line for line in ends if is_notice(line)), "")


def is_notice(paragraph: str) -> bool:
    """`Rectificatif : la mairie …` and `(An earlier version of this story …)` are; `Correction officers …` is not."""
    folded = paragraph[:MAX_PARAGRAPH_LENGTH].casefold().lstrip("*[(\uff08\u3010 ")
    opened = any(
        folded.startswith(opening) and AFTER_OPENING.match(folded, len(opening))
        for opening in load_lines("notice_openings")
    )
    return opened or any(phrase in folded for phrase in notice_phrases())


@cache
def notice_phrases() -> tuple[str, ...]:
    """Every phrase of the list: `{an|the} error` are two."""
    return tuple(phrase for line in load_lines("notice_phrases") for phrase in phrases_of(line))


def phrases_of(line: str) -> Iterator[str]:
    """Each way to choose between what braces offer."""
    parts = CHOICE.split(line)  # plain text and choices by turns
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    return map("".join, product(*choices))
