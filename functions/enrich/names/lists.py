"""What is known of words before a text is read.

Lists of names and of words that stand beside names, and clusters of words used alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from functions.enrich.lexicon import load_places, load_words

LISTED = frozenset("fsaudo")  # letters of lists that speak for a name, or against calling a capital a mere opening
ENGLISH_SPEECH = frozenset(
    {"said", "says", "told", "added", "argued", "insisted", "warned", "denied", "replied", "recalled"}
)
# A letter per list, by which features name it. A word may stand on several.
ENGLISH_LISTS = (
    ("f", "first_names"),
    ("s", "surnames"),
    ("d", "demonyms"),
    ("t", "person_titles"),
    ("o", "organisation_words"),
    ("c", "calendar"),
)


@dataclass(frozen=True, slots=False)
class NameLists:
    """The lists of one language.

    `names` says for a capitalised word the letters of its lists, `words` for a word in small letters.

    `places` and `organisations` may have several words. `clusters` gives a capitalised word one letter per table of
    clusters. `of_words` join two parts of one name.
    """

    names: Mapping[str, str]
    words: Mapping[str, str] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    stop_words: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    of_words: frozenset[str] = frozenset()
    clusters: Mapping[str, str] = field(default_factory=dict)
    coarse: Mapping[str, str] = field(default_factory=dict)
    everyday: frozenset[str] = frozenset()
    speech_verbs: frozenset[str] = frozenset()
    no_names_alone: frozenset[str] = frozenset()
    firm_nouns: frozenset[str] = frozenset()
    firm_nouns_after: frozenset[str] = frozenset()
    firm_verbs: frozenset[str] = frozenset()
    elided: bool = False

    @cached_property
    def place_openers(self) -> frozenset[str]:
        """The first words of all places."""
        return first_words(self.places)

    def is_listed(self, word: str) -> bool:
        """Whether the word is on a list of names or organisations' words, or an acronym."""
        return word.isupper() or word in self.places or bool(set(self.letters(word)) & LISTED)

    @cached_property
    def organisation_openers(self) -> frozenset[str]:
        """The first words of all organisations."""
        return first_words(self.organisations)

    def letters(self, word: str) -> str:
        """The letters of the lists that a word stands on, as it is written and in small letters."""
        as_word = self.words.get(word.lower(), "") if self.words else ""
        return self.names.get(word, "") + as_word if word[0].isupper() else as_word


def first_words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.split(" ", 1)[0] for name in names)


def letters_by_word(lists: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """For each word the letters of its lists, in the order given."""
    letters: dict[str, str] = {}
    for letter, words in lists:
        for word in words:
            letters[word] = letters.get(word, "") + letter
    return letters


@cache
def english_lists() -> NameLists:
    """The lists beside the code, which the rules for languages without a model share."""
    return NameLists(
        names=letters_by_word((letter, load_words(name)) for letter, name in ENGLISH_LISTS),
        places=load_places(),
        stop_words=load_words("stop_en"),
        particles=load_words("name_particles"),
        everyday=load_words("common_en"),
        speech_verbs=ENGLISH_SPEECH,
        no_names_alone=load_words("no_names_alone"),
        firm_nouns=load_words("firm_nouns"),
        firm_nouns_after=load_words("firm_nouns_after"),
        firm_verbs=load_words("firm_verbs"),
    )
