"""Sentences of a field by the place of a word in them, and long ones cut to size around it."""

from collections.abc import Iterable
from re import finditer

from shared.rules.analysis import reads_by_character, words
from shared.text.sentences import split_sentences

MAX_FRAGMENT_CHARACTERS = 300  # of a sentence in an alert: about four lines of a letter; by judgement, not measured
CHARACTERS_BEFORE = 120  # of the matching word, in a sentence that is cut; by judgement, not measured
_ELLIPSIS = "…"


class SentenceIndex:
    """The sentences of a document, text before title. `short` has those that need no cut, by number.

    Positions count the words of both streams, one stream after the other. `offsets` has the first position of each
    stream, `owners` the sentence of each position.
    """

    def __init__(self, text: Iterable[str], title: Iterable[str]) -> None:
        """Takes the paragraphs of both, as their streams do."""
        self._texts: list[str] = []
        self._starts: list[int] = []
        self.bits: list[int] = []  # the same as a mask: bit `n` for the `n`th sentence
        self.owners: list[int] = []
        self._number([split_sentences(paragraph) for paragraph in text])
        self.offsets = {"text": 0, "title": len(self.owners)}
        self._number([[paragraph] for paragraph in title])
        lines = (" ".join(sentence.split()) for sentence in self._texts)
        self.short = {number: line for number, line in enumerate(lines) if len(line) <= MAX_FRAGMENT_CHARACTERS}

    def _number(self, paragraphs: list[list[str]]) -> None:
        for paragraph in paragraphs:
            for sentence in paragraph:
                self._starts.append(len(self.owners))
                self._own(len(self._texts), len(words(sentence)))
                self._texts.append(sentence)
            self._own(max(0, len(self._texts) - 1), 1)

    def _own(self, number: int, places: int) -> None:
        self.owners += [number] * places
        self.bits += [1 << number] * places

    def quote(self, number: int, place: int) -> str:
        """The sentence; of a long one, the part around the word at `place`."""
        return shorten_around(self._texts[number], place - self._starts[number])


def shorten_around(sentence: str, word: int = 0) -> str:
    """At most 300 characters around the sentence's `word`th word, never cut inside a word that fits."""
    text = " ".join(sentence.split())
    if len(text) <= MAX_FRAGMENT_CHARACTERS:
        return text
    hit = word_offset(text, word)
    start = 0 if hit < CHARACTERS_BEFORE else first_word_boundary(text, hit - CHARACTERS_BEFORE, hit)
    room = MAX_FRAGMENT_CHARACTERS - len(_ELLIPSIS) * 2
    end = len(text) if len(text) - start <= room else last_word_boundary(text, start + room, hit)
    return f"{_ELLIPSIS * (start > 0)}{text[start:end].strip()}{_ELLIPSIS * (end < len(text))}"


def word_offset(text: str, word: int) -> int:
    """Where the `word`th word of the text begins; in a run of characters, where that character about stands."""
    passed = 0
    for chunk in finditer(r"\S+", text):
        inside = len(words(chunk.group()))
        if passed + inside > word:
            return chunk.start() + (word - passed if reads_by_character(chunk.group()) else 0)
        passed += inside
    return 0


def first_word_boundary(text: str, start: int, latest: int) -> int:
    """The first place from `start` on that parts two words."""
    return next((place for place in range(start, latest + 1) if is_word_boundary(text, place)), start)


def last_word_boundary(text: str, end: int, earliest: int) -> int:
    """The last place up to `end` that parts two words."""
    return next((place for place in range(end, earliest, -1) if is_word_boundary(text, place)), end)


def is_word_boundary(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    return before.isspace() or after.isspace() or reads_by_character(before) or reads_by_character(after)
