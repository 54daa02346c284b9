"""A text as tokens for name finding: words with their places, and which of them may belong to a name at all."""

import re
from dataclasses import dataclass

from functions.enrich.lexicon import load_places

_TOKEN = re.compile(
    r"""[a-z]+(?=[ ,])                                            # most words
    | [A-ZÀ-Þ]\.(?:-?[A-ZÀ-Þ]\.)*(?:[A-Z]\b(?![\w'’]))?(?:-[^\W_]+)*  # U.S.  J.  J.-P.  U.S.-led
    | (?=[A-Z])(?i:St|Ste|Mrs?|Ms|Dr|Jr|Sr|Mt|Ft|Inc|Corp|Co|Ltd|Bros|Gen|Sen|Rep|Gov|Lt
        |Col|Sgt|Capt|Prof|Rev|Maj|Adm|Cmdr|Hon|Pres|Supt|vs)\.(?=\s)  # St.  Inc.
    | [^\W_]+(?:(?!['’]s\b)[-‑'’&][^\W_]+)*                       # Jean-Luc  O'Neill  AT&T
    | ['’]s\b                                                    # the possessive
    | \n
    | [^\w\s]                                                    # a mark
    """,
    re.VERBOSE,
)
ELIDED_WORDS = "l d c j m n s t qu un all dall dell nell sull coll quell quest L C J S Qu Un All Dall Dell Nell Sull"
_ELIDED_TOKEN = re.compile(rf"\b(?:{ELIDED_WORDS.replace(' ', '|')})['’](?=[ ]?\w) | {_TOKEN.pattern}", re.VERBOSE)
_INITIALS = re.compile(r"\w\.")
_ENDS = frozenset(".!?\n…")
_QUOTES = frozenset("\"'“”‘’«»()[]-–—•*")
_LETTERS = re.compile(r"[^\W\d_]")
_AFTER_DATELINE = frozenset("(,-–—")
MAX_ACRONYM_LETTERS = 5  # a lone word in capitals before a bracket is a place only if it is longer, or listed
MIN_CAPS_LINE_LETTERS = 6  # letters of a line in capitals; shorter ones are mostly an acronym


@dataclass(slots=True)
class Tokens:
    """Parallel lists with one entry per token.

    `words` has lines in capitals turned to `Title` case; `all_caps` says where.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]
    all_caps: list[bool]
    opening: list[bool]


def tokenise(text: str, *, elided: bool = False) -> Tokens:
    """Tokens of the text; line breaks are tokens of their own.

    `elided`: an article cut short, `l'Italia`, is a token of its own.
    """
    spans = [found.span() for found in (_ELIDED_TOKEN if elided else _TOKEN).finditer(text)]
    words = [text[start:end] for start, end in spans]
    openings = mark_openings(words)
    all_caps, quiet = title_case_lines(words, text)
    return Tokens(quiet, [start for start, _ in spans], [end for _, end in spans], all_caps, openings)


def title_case_lines(words: list[str], text: str) -> tuple[list[bool], list[str]]:
    """Which tokens stand in a line written all in capitals (which tell nothing there), and the tokens without these."""
    lines = text.split("\n")
    loud = [is_all_caps(line) for line in lines]
    if not any(loud):
        return [False] * len(words), words
    number, all_caps, quiet = 0, [], []
    for word in words:
        all_caps.append(loud[number])
        quiet.append(in_title_case(word, lines[number]) if loud[number] else word)
        number += word == "\n"
    return all_caps, quiet


def is_all_caps(line: str) -> bool:
    return line.isupper() and len(_LETTERS.findall(line)) >= MIN_CAPS_LINE_LETTERS


def in_title_case(word: str, line: str) -> str:
    """`NORTH-EAST` as `North-East`.

    Initials such as `U.S.` stay, and a line's only word (`SPORT`, `ANALYSIS`) is a label, not a name.
    """
    if line.strip(" -–—*|:#[]().") == word:
        return word.lower()
    return word if _INITIALS.match(word) else word.title().replace("'S", "'s").replace("’S", "’s")


def mark_openings(words: list[str]) -> list[bool]:
    """Which tokens open a sentence, so that their capital says little."""
    flags: list[bool] = []
    fresh = True
    for word in words:
        flags.append(fresh)
        if word in _ENDS or word == ":":
            fresh = True
        elif word not in _QUOTES:
            fresh = False
    return flags


def title_case_datelines(tokens: Tokens) -> None:
    """Turns the place at the head of a line as agencies write it, `SAN FRANCISCO (AP) —`, to small letters."""
    words = tokens.words
    for i, word in enumerate(words):
        if not i or words[i - 1] == "\n":
            end = i
            while end < len(words) and words[end].isupper() and words[end].isalpha():
                end += 1
            placed = len(word) > MAX_ACRONYM_LETTERS or end > i + 1 or word.title() in load_places()
            if placed and end < len(words) and words[end] in _AFTER_DATELINE:
                words[i:end] = [place.title() for place in words[i:end]]


def find_candidates(words: list[str], particles: frozenset[str]) -> list[bool]:
    """Which tokens may be part of a name: capitalised words, and the small words between or before two of them."""
    capital = [
        word[0].isupper() or (len(word) > 1 and word[0].isalpha() and not word.islower() and not word.isupper())
        for word in words
    ]
    last = len(words) - 1
    return [
        here
        or (
            i < last
            and word in particles
            and (capital[i + 1] or (i + 1 < last and words[i + 1] in particles and capital[i + 2]))
        )
        for i, (word, here) in enumerate(zip(words, capital, strict=True))
    ]
