"""The same sentences again as they stand in other places: with other names, in capitals, as headlines."""

import random
from collections import defaultdict
from collections.abc import Iterator

from functions.enrich.lexicon import load_lines, load_words
from infra.training.names.silver import Sentence

SWAPPED = 0.5
BLENDED = 0.35
SEEN_PEOPLE = 0.4
INITIALS = 0.06
LISTED_PLACES = 0.6
MAX_PLACE_LETTERS = 20
ALL_CAPS = 0.08
HEADLINES = 0.05
_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "over", "after"]
)


class NamePool:
    """Names to put in place of others: half from the labelled sentences, half made from the lists."""

    def __init__(self, sentences: list[Sentence], chance: random.Random) -> None:
        seen: defaultdict[str, set[str]] = defaultdict(set)
        for sentence in sentences:
            for start, end, kind in sentence.names:
                seen[kind].add(sentence.text[start:end])
        self.seen = {kind: sorted(names) for kind, names in seen.items()}
        self.chance = chance
        self.full_names = [name for name in self.seen["person"] if " " in name]
        self.first, self.last = sorted(load_words("first_names")), sorted(load_words("surnames"))
        self.places = [name for name in load_lines("places") if len(name) < MAX_PLACE_LETTERS]
        self.surnames = self.last + sorted({name.split()[-1] for name in self.seen["person"] if name.count(" ") == 1})

    def blend(self, name: str, others: list[str]) -> str:
        """A name that nobody has: the start of each word and the end of another, so that only its surroundings tell."""
        words = [
            self.splice(word, self.chance.choice(others).split()[-1]) if word[0].isupper() else word
            for word in name.split()
        ]
        return " ".join(words)

    @staticmethod
    def splice(head: str, tail: str) -> str:
        return (
            head[: max(2, len(head) // 2)] + tail[len(tail) // 2 :].lower()
            if head.isalpha() and tail.isalpha()
            else head
        )

    def person(self) -> str:
        if self.chance.random() < SEEN_PEOPLE:
            return self.chance.choice(self.full_names)
        first, last = self.chance.choice(self.first), self.surname()
        return f"{first} {self.initial()} {last}" if self.chance.random() < INITIALS else f"{first} {last}"

    def initial(self) -> str:
        return self.chance.choice("ABCDEFGHJKLMNPRSTW") + "."

    def surname(self) -> str:
        name = self.chance.choice(self.surnames)
        return self.blend(name, self.surnames) if self.chance.random() < BLENDED else name

    def place(self) -> str:
        name = self.chance.choice(self.places if self.chance.random() < LISTED_PLACES else self.seen["place"])
        return self.blend(name, self.places) if self.chance.random() < BLENDED else name

    def organisation(self) -> str:
        name = self.chance.choice(self.seen["organisation"])
        if " " in name or self.chance.random() > BLENDED:
            return name
        return self.blend(name, self.seen["organisation"])

    def like(self, name: str, kind: str) -> str:
        """Another name of the kind, of one word for one word."""
        if kind == "person":
            return self.person() if " " in name else self.surname()
        return self.place() if kind == "place" else self.organisation()


def vary(sentences: list[Sentence], chance: random.Random) -> Iterator[Sentence]:
    """Every sentence as it is, and some of them again in another form."""
    pool = NamePool(sentences, chance)
    for sentence in sentences:
        yield sentence
        if sentence.names and chance.random() < SWAPPED:
            yield swapped(sentence, pool)
        if chance.random() < ALL_CAPS:
            yield all_caps(sentence)
        if chance.random() < HEADLINES:
            yield headline(sentence)


def swapped(sentence: Sentence, pool: NamePool) -> Sentence:
    """The sentence with other names of the same kinds."""
    text, names, done = "", [], 0
    for start, end, kind in sentence.names:
        if start < done:
            continue
        other = pool.like(sentence.text[start:end], kind)
        text += sentence.text[done:start]
        names.append((len(text), len(text) + len(other), kind))
        text += other
        done = end
    return Sentence(text + sentence.text[done:], names)


def all_caps(sentence: Sentence) -> Sentence:
    """In capitals; unchanged where capitals are longer."""
    loud = sentence.text.upper()
    return Sentence(loud, sentence.names) if len(loud) == len(sentence.text) else sentence


def headline(sentence: Sentence) -> Sentence:
    """With a capital for every word but the smallest."""
    words = sentence.text.split(" ")
    return Sentence(" ".join(word if word in _SMALL else word[:1].upper() + word[1:] for word in words), sentence.names)
