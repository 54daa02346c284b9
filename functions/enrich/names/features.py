"""What the name model looks at: the words around a token, their shape, and what the lists know of them."""

import re
from functools import cache, lru_cache

from functions.enrich.lexicon import load_places, load_words
from functions.enrich.names.tokens import Tokens

_DIGITS = re.compile(r"\d+")
_LISTS = (
    ("f", "first_names"),
    ("s", "surnames"),
    ("d", "demonyms"),
    ("t", "person_titles"),
    ("o", "organisation_words"),
    ("c", "calendar"),
)
_LONGEST_PLACE = 4
_REMEMBERED = 20_000
_INSIDE_ONLY = frozenset(["of", "and", "for", "the", "in", "on", "at", "to", "&", "y", "e"])


@lru_cache(maxsize=_REMEMBERED)
def _facts(word: str) -> tuple[str, str, str]:
    """A word's key (lower case, digits as 0), its shape, and the letters of the lists it is on."""
    key = word.lower() if word.isalpha() else _DIGITS.sub("0", word.lower())
    letters = "".join([letter for letter, name in _LISTS if word in load_words(name)]) if word[0].isupper() else ""
    return key, shape(word), letters


def _mark_places(words: list[str], marks: list[str]) -> None:
    """Adds `P` and `p` where a known place opens and goes on."""
    places, firsts = _places()
    for i, word in enumerate(words):
        if word in firsts:
            _mark_place(words, i, places, marks)


def _mark_place(words: list[str], i: int, places: frozenset[str], marks: list[str]) -> None:
    for length in range(min(_LONGEST_PLACE, len(words) - i), 0, -1):
        if " ".join(words[i : i + length]) in places:
            if "p" not in marks[i]:
                marks[i] += "P"
            for j in range(i + 1, i + length):
                marks[j] += "p"
            return


@cache
def _places() -> tuple[frozenset[str], frozenset[str]]:
    """All known places, and the first words of their names."""
    names = load_places()
    return names, frozenset(name.split(" ")[0] for name in names)


def shape(word: str) -> str:
    """`Xx` for Kim, `XX` for NATO, `X.` for U.S., `x` for the, `0` for 1996."""
    if not word[0].isalnum():
        return word if len(word) == 1 else "'"
    if word[0].isdigit():
        return "0"
    if "." in word:
        return "X."
    kind = "x" if word.islower() else "XX" if word.isupper() else "Xx" if word[0].isupper() else "xX"
    if len(word) == 1:
        kind = kind[0]
    return kind + "-" if "-" in word else kind


class View:
    """A text's tokens with all that features are made from, worked out once."""

    __slots__ = ("keys", "known_lower", "marks", "opening", "shapes", "shouted", "words")

    def __init__(self, tokens: Tokens) -> None:
        words = ["¶", "¶", *("¶" if word == "\n" else word for word in tokens.words), "¶", "¶"]
        self.words = words
        facts = [_facts(word) for word in words]
        self.keys = [fact[0] for fact in facts]
        self.shapes = [fact[1] for fact in facts]
        self.marks = [fact[2] for fact in facts]
        _mark_places(words, self.marks)
        self.opening = [True, True, *tokens.opening, True, True]
        self.shouted = [False, False, *tokens.shouted, False, False]
        self.known_lower = {word for word in words if word.islower()}

    def opens_nothing(self, position: int) -> bool:
        """Whether no name can begin here: a small word inside names only, or one at the head of a sentence with none after it."""
        i = position + 2
        word = self.words[i]
        if word in _INSIDE_ONLY:
            return True
        return self.opening[i] and self.keys[i] in load_words("stop_en") and self.shapes[i + 1][0] != "X"

    def goes_on(self, position: int) -> bool:
        """Whether a known place that opened before goes on here."""
        return "p" in self.marks[position + 2]

    def word_features(self, position: int) -> list[str]:
        """What is known of the token at `position` before any label is."""
        i = position + 2
        keys, shapes, marks = self.keys, self.shapes, self.marks
        key, left, right, right2 = keys[i], keys[i - 1], keys[i + 1], keys[i + 2]
        form, mark, mark_right = shapes[i], marks[i], marks[i + 1]
        case = (
            ("L" if key in self.known_lower else "N")
            + ("1" if self.opening[i] else "0")
            + ("!" if self.shouted[i] else "")
        )
        return [
            "b",
            "w" + key,
            "<" + left,
            ">" + right,
            "l" + keys[i - 2] + " " + left,
            "r" + right + " " + right2,
            "j" + left + " " + key,
            "k" + key + " " + right,
            "x" + key[-3:],
            "y" + key[:3],
            "z" + key[-2:],
            "S" + form + case,
            "T" + shapes[i - 1] + " " + form + " " + shapes[i + 1],
            "M" + mark + case,
            "O" + marks[i - 1] + "|" + mark + "|" + mark_right,
            "P" + mark + "|" + left,
            "R" + mark + "|" + right,
            "Z" + marks[i + 2] + "|" + mark_right + shapes[i + 2] + shapes[i + 1],
        ]

    def label_features(self, position: int, before: str, earlier: str) -> list[str]:
        """What the labels of the two tokens before say; `word_features` first."""
        i = position + 2
        shapes, mark = self.shapes, self.marks[i]
        return [
            "U" + before + shapes[i] + shapes[i + 1] + shapes[i - 1],
            "B" + before + " " + earlier,
            "W" + before + self.keys[i],
            "V" + before + self.keys[i - 1],
            "Q" + before + ">" + self.keys[i + 1],
            "N" + before + mark + "|" + self.marks[i + 1],
        ]
