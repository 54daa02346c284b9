"""What the tagger looks at: the words around a token, their shape, and what the lists know of them."""

import re
from functools import lru_cache

from functions.enrich.names.lists import NameLists
from functions.enrich.names.tokens import Tokens

MAX_LISTED_WORDS = 4  # words of a listed place or organisation; few have more, and each is one more look-up per token
MAX_REMEMBERED_SHAPES = 20_000  # words; about 3 MB, by judgement, not measured
_DIGITS = re.compile(r"\d+")
_INSIDE_ONLY = frozenset(["of", "and", "for", "the", "in", "on", "at", "to", "&", "y", "e"])


@lru_cache(maxsize=MAX_REMEMBERED_SHAPES)
def key_and_shape(word: str) -> tuple[str, str]:
    """A word's key (lower case, digits as 0) and its shape."""
    key = word.lower() if word.isalpha() else _DIGITS.sub("0", word.lower())
    return key, shape(word)


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


def mark_phrases(
    words: list[str], marks: list[str], phrases: frozenset[str], openers: frozenset[str], mark: str
) -> None:
    """Adds the mark where a listed phrase opens, and the same letter in lower case where it goes on."""
    for i, word in enumerate(words):
        if word in openers:
            mark_phrase_at(words, i, phrases, marks, mark)


def mark_phrase_at(words: list[str], i: int, phrases: frozenset[str], marks: list[str], mark: str) -> None:
    """Marks the longest listed phrase that opens at `i`, if there is one."""
    inside = mark.lower()
    for length in range(min(MAX_LISTED_WORDS, len(words) - i), 0, -1):
        if " ".join(words[i : i + length]) in phrases:
            if inside not in marks[i]:
                marks[i] += mark
            for j in range(i + 1, i + length):
                marks[j] += inside
            return


class View:
    """A text's tokens with all that features are made from, worked out once."""

    __slots__ = (
        "all_caps",
        "clusters",
        "coarse",
        "keys",
        "known_lower",
        "lists",
        "marks",
        "opening",
        "shapes",
        "words",
    )

    def __init__(self, tokens: Tokens, lists: NameLists) -> None:
        words = ["¶", "¶", *("¶" if word == "\n" else word for word in tokens.words), "¶", "¶"]
        self.words = words
        self.lists = lists
        facts = [key_and_shape(word) for word in words]
        self.keys = [fact[0] for fact in facts]
        self.shapes = [fact[1] for fact in facts]
        self.marks = [lists.letters(word) for word in words]
        mark_phrases(words, self.marks, lists.places, lists.place_openers, "P")
        if lists.organisations:
            mark_phrases(words, self.marks, lists.organisations, lists.organisation_openers, "G")
        self.opening = [True, True, *tokens.opening, True, True]
        self.all_caps = [False, False, *tokens.all_caps, False, False]
        self.known_lower = {word for word in words if word.islower()}
        self.clusters = [lists.clusters.get(word, "") for word in words] if lists.clusters else []
        self.coarse = ["".join(map(lists.coarse.__getitem__, codes)) for codes in self.clusters]

    def opens_nothing(self, position: int) -> bool:
        """Whether no name can begin here.

        A small word inside names only, or one at the head of a sentence with none after it.
        """
        i = position + 2
        word = self.words[i]
        if word in _INSIDE_ONLY:
            return True
        return self.opening[i] and self.keys[i] in self.lists.stop_words and self.shapes[i + 1][0] != "X"

    def goes_on(self, position: int) -> bool:
        """Whether a known place that opened before goes on here."""
        return "p" in self.marks[position + 2]

    def word_features(self, position: int) -> list[str]:
        """What is known of the token at `position` before any label is."""
        if self.clusters:
            return self.clustered_features(position)
        i = position + 2
        keys, shapes, marks = self.keys, self.shapes, self.marks
        key, left, right, right2 = keys[i], keys[i - 1], keys[i + 1], keys[i + 2]
        form, mark, mark_right = shapes[i], marks[i], marks[i + 1]
        case = (
            ("L" if key in self.known_lower else "N")
            + ("1" if self.opening[i] else "0")
            + ("!" if self.all_caps[i] else "")
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

    def clustered_features(self, position: int) -> list[str]:
        """The same for a language whose model was taught by few sentences.

        More of clusters and lists, less of the words around.
        """
        i = position + 2
        keys, shapes, marks, coarse = self.keys, self.shapes, self.marks, self.coarse
        key, left, right = keys[i], keys[i - 1], keys[i + 1]
        form, mark, here = shapes[i], marks[i], coarse[i]
        case = (
            ("L" if key in self.known_lower else "N")
            + ("1" if self.opening[i] else "0")
            + ("!" if self.all_caps[i] else "")
        )
        around = f"{coarse[i - 1]}{shapes[i - 1]}|{here}|{coarse[i + 1]}{shapes[i + 1]}"
        features = [
            "b",
            f"w{key}",
            f"<{left}",
            f">{right}",
            f"x{key[-3:]}",
            f"q{key[-4:]}",
            f"y{key[:3]}",
            f"z{key[-2:]}",
            f"S{form}{case}",
            f"T{shapes[i - 1]} {form} {shapes[i + 1]}",
            f"M{mark}{case}",
            f"O{marks[i - 1]}|{mark}|{marks[i + 1]}",
            f"P{mark}|{left}",
            f"R{mark}|{right}",
            f"C{here}{case}{form}",
            f"D{around}",
            f"G{here}|{mark}",
            f"K{marks[i - 1]}|{here}",
            f"J{here}|{marks[i + 1]}",
            f"Y{left[-3:]}|{shapes[i]}",
            f"X{right[-3:]}|{shapes[i]}",
        ]
        if here:
            features += [f"c{code}" for code in self.clusters[i]]
            features += [f"d{code}" for code in here]
        return features

    def label_features(self, position: int, before: str, earlier: str) -> list[str]:
        """What the labels of the two tokens before say; `word_features` first."""
        i = position + 2
        shapes, mark = self.shapes, self.marks[i]
        if self.clusters:
            return [
                f"U{before}{shapes[i]}{shapes[i + 1]}{shapes[i - 1]}",
                f"B{before} {earlier}",
                f"V{before}{self.keys[i - 1]}",
                f"N{before}{mark}|{self.marks[i + 1]}",
                f"I{before}|{self.coarse[i]}",
                f"A{before}|{self.coarse[i]}|{self.coarse[i + 1]}",
            ]
        return [
            "U" + before + shapes[i] + shapes[i + 1] + shapes[i - 1],
            "B" + before + " " + earlier,
            "W" + before + self.keys[i],
            "V" + before + self.keys[i - 1],
            "Q" + before + ">" + self.keys[i + 1],
            "N" + before + mark + "|" + self.marks[i + 1],
        ]
