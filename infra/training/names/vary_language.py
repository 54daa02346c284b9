"""A language's marked sentences with other names of the same kinds, in the same grammatical case."""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from functions.enrich.lexicon import load_words
from infra.training.names.clusters import word_clusters
from infra.training.names.inflect import inflected_forms
from infra.training.names.language_lists import CYRILLIC, Pools
from infra.training.names.silver import Sentence
from infra.training.names.vary import all_caps

ROUNDS = 8  # variations of a sentence with names; 14 and 30 came out the same on Spanish
INFLECTED = frozenset(["ru", "pl"])
# All shares and bounds below are by judgement, not measured
HOME = 0.6  # share of places from the countries where the language is spoken
HEADED = 0.5  # share of composed organisations with the telling word first: `Universität Linz`, not `Huber AG`
MAX_TAIL_LETTERS = 6  # `GmbH`, `S.p.A.`: words that stand after a firm's name are short
MAX_ACRONYM_LETTERS = 5
MIN_OPENER_LETTERS = 4
KEPT_NAMES = 0.15  # share of names that stay as they are in a varied sentence
SPLICED = 0.3  # share of new words that are made of two halves, so that only surroundings and endings tell
FOREIGN = 0.3  # share of people with names of the world's lists
CLUBS_LIKE_PLACES = 0.1  # share of organisations of one word that bear a place's name
COMPOSED = 0.4  # share of organisations made of a telling word and a place or surname
ALL_CAPS = 0.04
OPENERS = 0.35  # share of varied sentences before which an everyday word with a capital is put
MANY_SENTENCES = 600
SWAPPED_WORDS = 0.4  # share of other words that give way to one of their cluster
COMPOUNDS = 0.4  # share of those German nouns that become compounds
MAX_PLACE_LETTERS = 22
WORD = re.compile(r"[^\W\d_]{4,}")
ENDING = 2  # letters at the end by which the case of a name is kept


class LanguagePool:
    """Names to put in place of others."""

    def __init__(self, pools: Pools, sentences: list[Sentence], chance: random.Random) -> None:
        self.chance = chance
        self.inflected = pools.language in INFLECTED
        foreign = pools.language not in CYRILLIC
        self.first, self.last = pools.first, pools.last
        self.world_first = sorted(load_words("first_names")) if foreign else pools.first
        self.world_last = sorted(load_words("surnames")) if foreign else pools.last
        self.places = [name for name in pools.places if len(name) < MAX_PLACE_LETTERS]
        self.home_places = [name for name in pools.home_places if len(name) < MAX_PLACE_LETTERS]
        self.organisations = pools.organisations + [
            sentence.text[start:end]
            for sentence in sentences
            for start, end, kind in sentence.names
            if kind == "organisation"
        ]
        self.acronyms = [name for name in self.organisations if name.isupper()] or ["UNO"]
        heads = [word for word in pools.sections["orgword"] if word[0].isupper() or len(word) > MAX_TAIL_LETTERS]
        self.heads = [word[0].upper() + word[1:] for word in heads]
        self.tails = [
            word for word in pools.sections["orgword"] if word[0].isupper() and len(word) <= MAX_TAIL_LETTERS
        ] or ["AG", "SA"]
        forms = inflected_forms(pools.language)
        self.by_ending: dict[str, dict[str, list[str]]] = {}
        if self.inflected:
            for kind, names in (("first", self.first), ("last", self.last), ("place", self.places)):
                self.by_ending[kind] = endings(form for name in names for form in forms(name, kind))

    def like(self, name: str, kind: str) -> str:
        """Another name of the kind."""
        if kind == "person":
            return self.person(name)
        return self.place(name) if kind == "place" else self.organisation(name)

    def person(self, name: str) -> str:
        words = name.split(" ")
        foreign = self.chance.random() < FOREIGN
        new = [
            word
            if word[0].islower() or len(word.rstrip(".")) < ENDING or word.isupper()
            else self.word(word, "first" if i < len(words) - 1 else "last", foreign=foreign)
            for i, word in enumerate(words)
        ]
        return " ".join(new)

    def word(self, like: str, kind: str, *, foreign: bool) -> str:
        """A first or last name to stand for another."""
        if self.inflected:
            options = self.by_ending[kind].get(like[-ENDING:]) or [like]
        elif kind == "first":
            options = self.world_first if foreign else self.first
        else:
            options = self.world_last if foreign else self.last
        return self.maybe_spliced(self.chance.choice(options), options)

    def maybe_spliced(self, name: str, options: list[str]) -> str:
        """The name, or its start with the end of another."""
        other = self.chance.choice(options)
        if self.chance.random() > SPLICED or not (name.isalpha() and other.isalpha()):
            return name
        return name[: max(2, len(name) // 2)] + other[len(other) // 2 :].lower()

    def place(self, name: str) -> str:
        if self.inflected and " " not in name:
            options = [other for other in self.by_ending["place"].get(name[-ENDING:], []) if " " not in other] or [name]
        elif self.inflected:
            return name
        else:
            options = self.home_places if self.chance.random() < HOME else self.places
        return self.maybe_spliced(self.chance.choice(options), options)

    def organisation(self, name: str) -> str:
        """An acronym for an acronym; else another organisation, one made of a telling word, or for one word a place."""
        if name.isupper() and len(name) <= MAX_ACRONYM_LETTERS:
            return self.chance.choice(self.acronyms)
        if self.inflected:
            return (
                self.maybe_spliced(name, [name])
                if " " in name
                else self.place(name)
                if self.chance.random() < CLUBS_LIKE_PLACES
                else name
            )
        if " " not in name and self.chance.random() < CLUBS_LIKE_PLACES:
            return self.place(name)
        if self.chance.random() < COMPOSED:
            return self.composed()
        return self.chance.choice(self.organisations)

    def composed(self) -> str:
        if self.chance.random() < HEADED:
            return f"{self.chance.choice(self.heads)} {self.place('')}"
        return f"{self.word('', 'last', foreign=False)} {self.chance.choice(self.tails)}"


class WordPool:
    """Words to put in place of those that name nothing.

    Of the same cluster, and in German also compounds that no list has.
    """

    def __init__(self, language: str, everyday: list[str], chance: random.Random) -> None:
        self.chance = chance
        self.openers = [word for word in everyday if len(word) >= MIN_OPENER_LETTERS]
        self.capitals = language == "de"
        self.cluster_of, self.members = word_clusters(language)

    def like(self, word: str) -> str:
        options = self.members.get(self.cluster_of.get(word, ""))
        if not options or self.chance.random() > SWAPPED_WORDS:
            return word
        other = self.chance.choice(options)
        if self.capitals and word[0].isupper() and self.chance.random() < COMPOUNDS:
            head = self.chance.choice(self.nouns())
            return head + self.chance.choice(("", "s")) + other.lower()
        return other

    def nouns(self) -> list[str]:
        return self.members[self.chance.choice(sorted(self.members))]


def endings(forms: Iterable[str]) -> dict[str, list[str]]:
    """Forms by their last letters."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for form in forms:
        found[form[-ENDING:]].add(form)
    return {ending: sorted(names) for ending, names in found.items()}


def vary_sentences(sentences: list[Sentence], pool: LanguagePool, words: WordPool) -> Iterator[tuple[Sentence, int]]:
    """Every sentence as it is and with other names, with the number of the sentence that it was made from."""
    for number, sentence in enumerate(sentences):
        yield sentence, number
        for _ in range(ROUNDS if sentence.names and len(sentences) < MANY_SENTENCES else ROUNDS // 4):
            new = with_other_names(with_other_words(sentence, words) if words.members else sentence, pool)
            if pool.chance.random() < OPENERS:
                new = with_opener(new, words)
            yield (all_caps(new) if pool.chance.random() < ALL_CAPS else new), number


def with_other_names(sentence: Sentence, pool: LanguagePool) -> Sentence:
    text, names, done = "", [], 0
    for start, end, kind in sentence.names:
        name = sentence.text[start:end]
        other = name if pool.chance.random() < KEPT_NAMES else pool.like(name, kind)
        text += sentence.text[done:start]
        names.append((len(text), len(text) + len(other), kind))
        text += other
        done = end
    return Sentence(text + sentence.text[done:], names)


def with_other_words(sentence: Sentence, words: WordPool) -> Sentence:
    text, names, done = "", [], 0
    for start, end, kind in sentence.names:
        text += WORD.sub(lambda found: words.like(found[0]), sentence.text[done:start])
        names.append((len(text), len(text) + end - start, kind))
        text += sentence.text[start:end]
        done = end
    return Sentence(text + WORD.sub(lambda found: words.like(found[0]), sentence.text[done:]), names)


def with_opener(sentence: Sentence, words: WordPool) -> Sentence:
    """The sentence behind an everyday word that has a capital only since it opens: `Practiquen con Anna Weber …`."""
    word = words.chance.choice(words.openers)
    follower = sentence.text[:1].lower() if not sentence.names or sentence.names[0][0] > 0 else sentence.text[:1]
    opener = f"{word[0].upper()}{word[1:]} "
    text = opener + follower + sentence.text[1:]
    return Sentence(text, [(start + len(opener), end + len(opener), kind) for start, end, kind in sentence.names])
