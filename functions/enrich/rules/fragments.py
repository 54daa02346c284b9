"""Sentences of a field by the place of a word in them, and long ones cut to size around it."""

from collections.abc import Iterable
from re import finditer

from functions.enrich.rules.analysis import reads_by_character, words
from functions.enrich.text.sentences import split_sentences

MOST_CHARACTERS = 300
_BEFORE = 120
_ELLIPSIS = "…"


class Sentences:
    """The sentences of a document, text before title. `short` has those that need no cut, by number.

    Places count the words of both streams, one after the other from the stream's offset on: `owners` has the sentence of each.
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
        self.short = {number: line for number, line in enumerate(lines) if len(line) <= MOST_CHARACTERS}

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
        return shortened(self._texts[number], place - self._starts[number])


def shortened(sentence: str, word: int = 0) -> str:
    """At most 300 characters around the sentence's `word`th word, never cut inside a word that fits."""
    text = " ".join(sentence.split())
    if len(text) <= MOST_CHARACTERS:
        return text
    hit = _offset(text, word)
    start = 0 if hit < _BEFORE else _cut(text, hit - _BEFORE, hit)
    room = MOST_CHARACTERS - len(_ELLIPSIS) * 2
    end = len(text) if len(text) - start <= room else _cut_back(text, start + room, hit)
    return f"{_ELLIPSIS * (start > 0)}{text[start:end].strip()}{_ELLIPSIS * (end < len(text))}"


def _offset(text: str, word: int) -> int:
    """Where the `word`th word of the text begins; in a run of characters, where that character about stands."""
    passed = 0
    for chunk in finditer(r"\S+", text):
        inside = len(words(chunk.group()))
        if passed + inside > word:
            return chunk.start() + (word - passed if reads_by_character(chunk.group()) else 0)
        passed += inside
    return 0


def _cut(text: str, start: int, latest: int) -> int:
    """The first place from `start` on that parts two words."""
    return next((place for place in range(start, latest + 1) if _parts(text, place)), start)


def _cut_back(text: str, end: int, earliest: int) -> int:
    """The last place up to `end` that parts two words."""
    return next((place for place in range(end, earliest, -1) if _parts(text, place)), end)


def _parts(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    return before.isspace() or after.isspace() or reads_by_character(before) or reads_by_character(after)
