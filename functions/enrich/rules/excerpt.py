"""Sentences of a field by the place of a word in them, and long ones cut to size around it."""

from collections.abc import Iterable
from re import finditer

from functions.enrich.rules.fold import reads_by_character, words
from functions.enrich.sentences import split_sentences

MOST_CHARACTERS = 300
_BEFORE = 120
_ELLIPSIS = "…"


class Sentences:
    """The sentences of a document, text before title, each with the place in its field's stream at which it begins."""

    def __init__(self, text: Iterable[str], title: Iterable[str]) -> None:
        """Takes the paragraphs of both, as their streams do."""
        self._texts: list[str] = []
        self._starts: list[int] = []
        self._short: dict[int, str] = {}
        self.numbers = {"text": self._number([split_sentences(paragraph) for paragraph in text])}
        self.numbers["title"] = self._number([[paragraph] for paragraph in title])

    def _number(self, paragraphs: list[list[str]]) -> list[int]:
        """The number of the sentence for each place of the stream."""
        numbers: list[int] = []
        for paragraph in paragraphs:
            for sentence in paragraph:
                self._starts.append(len(numbers))
                numbers += [len(self._texts)] * len(words(sentence))
                self._texts.append(sentence)
            numbers.append(max(0, len(self._texts) - 1))
        return numbers

    def quote(self, number: int, place: int) -> str:
        """The sentence; of a long one, the part around the word at `place` of its stream."""
        if number in self._short:
            return self._short[number]
        quoted = shortened(self._texts[number], place - self._starts[number])
        if not quoted.startswith(_ELLIPSIS) and not quoted.endswith(_ELLIPSIS):
            self._short[number] = quoted
        return quoted


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
