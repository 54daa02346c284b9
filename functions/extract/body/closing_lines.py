"""The lines that close an article and are no part of it: credits, agencies, notices, in many languages."""

import re
from functools import cache

from functions.extract.lexicon import load_lines

# By judgement, not measured one by one.
MAX_CLOSING_LINE = 400  # characters of a line that opens as a credit or notice does
MAX_CLOSING_TURN = 300  # characters of a line with the turn of a credit anywhere in it
MAX_CREDIT_END = 90  # characters at the end of a line in which a photo credit is looked for


def reads_like_closing_line(text: str) -> bool:
    """Whether a text is a closing line, such as "Reporting by A. Writer; editing by B. Writer".

    The lists in `words/closing_lines` say how such lines open and end, in many languages.
    """
    if len(text) >= MAX_CLOSING_LINE:
        return False
    if closing_line_pattern().match(text) or credit_end_pattern().search(text, max(0, len(text) - MAX_CREDIT_END)):
        return True
    lowered = text.lower()
    return len(text) < MAX_CLOSING_TURN and any(turn in lowered for turn in load_lines("closing_lines/closing_turns"))


@cache
def closing_line_pattern() -> re.Pattern[str]:
    """The openings of closing lines, behind up to four signs such as a dash."""
    return re.compile(
        r"\W{0,4}(?:" + "|".join(f"(?:{line})" for line in load_lines("closing_lines/closing_phrases")) + ")",
        re.IGNORECASE,
    )


@cache
def credit_end_pattern() -> re.Pattern[str]:
    """The photo credits that end a line."""
    return re.compile(
        "(?:" + "|".join(f"(?:{line})" for line in load_lines("closing_lines/closing_ends")) + ")$", re.IGNORECASE
    )
