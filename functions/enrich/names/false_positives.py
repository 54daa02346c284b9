"""Capitals that are no name, though the model took them for one.

Labels, and everyday words at the head of a sentence.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from functions.enrich.lexicon import load_lines, load_words
from functions.enrich.names.lists import NameLists
from functions.enrich.names.tokens import Tokens

CALENDAR = "k"  # the letter of a word that stands on the list of days and months only
_NUMERAL = re.compile(r"[IVX]{1,3}|[IVXLC]{4,}")  # of three letters or fewer without L and C, since LCI may be a firm
_AFTER_A_LABEL = frozenset({"\n", ":"})


def is_label(tokens: Tokens, first: int, end: int, lists: NameLists) -> bool:
    """Whether a lone word heads what follows (`Notes`, `Telephone:`).

    All of its line, or all before a colon, and on no list of names.
    """
    opens_line = first == 0 or tokens.words[first - 1] == "\n"
    following = tokens.words[end] if end < len(tokens.words) else "\n"
    return opens_line and end - first == 1 and following in _AFTER_A_LABEL and not lists.is_listed(tokens.words[first])


def is_no_name(name: str, lists: NameLists) -> bool:
    """Whether the name is a day, a month, a holiday, a greeting, or a word that names nothing alone."""
    return (
        name in load_words("calendar")
        or name in lists.no_names_alone
        or name.casefold() in holidays()
        or lists.names.get(name) == CALENDAR
    )


@cache
def holidays() -> frozenset[str]:
    """Holidays and greetings in small letters."""
    return frozenset(load_lines("holidays"))


def is_numeral_or_letter(name: str) -> bool:
    """Whether the name is a Roman numeral or one letter: `XVI`, `C`."""
    return len(name) == 1 or bool(_NUMERAL.fullmatch(name))


def everyday_openers(openers: Iterable[str], names: Iterable[str], lists: NameLists) -> set[str]:
    """Which words that open sentences are everyday ones.

    Those that are named just this once and stand on no list of names.
    """
    counts = Counter(names)
    return {
        word for word in openers if counts[word] == 1 and word.lower() in lists.everyday and not lists.is_listed(word)
    }
