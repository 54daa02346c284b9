"""People whom a text names in several grammatical cases, as one.

`Владимира Путина` and `Владимир Путин`, `Petra Redla` and `Petr Redl`.
"""

from collections import Counter
from collections.abc import Iterable

from functions.enrich.lexicon import load_places
from functions.enrich.names.listed.countries import listed_countries

# Bounds of what two forms of one name may differ in; by judgement on Slavic names, not measured
MIN_STEM_LETTERS = 3
MAX_ENDING_LETTERS = 3
MAX_LOST_LETTERS = 2
MAX_ALIKE = 50  # names with the same beginnings that others are compared with; no article has so many people alike
MIN_SURNAME_LETTERS = 4  # of a lone word, which is easier mistaken than a full name; by judgement
# Languages whose names change their endings, and languages that write the genitive without an apostrophe
WITH_CASES = frozenset(["be", "bg", "cs", "et", "fi", "hr", "hu", "lt", "lv", "mk", "pl", "ru", "sk", "sl", "sr", "uk"])
ENDS_OF_PLACES = ("us", "is", "as", "os")  # that places have by themselves: `Vilnius`, `Tunis`, `Caracas`, `Burgos`
WITH_GENITIVE_S = frozenset(["da", "de", "nb", "nn", "no", "sv"])


def one_form_each(names: Iterable[str]) -> dict[str, str]:
    """For each name of several words the form to call it by.

    The one met most, of equals the shortest, which mostly is the plain one.
    """
    counts = Counter(name for name in names if " " in name)
    forms: dict[str, str] = {}
    alike: dict[str, list[str]] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], len(name), name)):
        others = alike.setdefault(beginnings(name), [])
        forms[name] = next((form for form in others if are_one_person(name, form)), name)
        if forms[name] == name and len(others) < MAX_ALIKE:
            others.append(name)
    return forms


def beginnings(name: str) -> str:
    """What all forms of a name share: the first letters of its words."""
    return " ".join(word[:MIN_STEM_LETTERS] for word in words_of(name))


def words_of(name: str) -> list[str]:
    return name.replace("-", " ").split(" ")


def are_one_person(name: str, other: str) -> bool:
    ours, theirs = words_of(name), words_of(other)
    return len(ours) == len(theirs) and all(map(differ_in_ending, ours, theirs))


def is_form_of(word: str, surname: str, language: str) -> bool:
    """Whether a lone word is another case of the surname: `Musks`, `Миллера`."""
    if word == surname or min(len(word), len(surname)) < MIN_SURNAME_LETTERS:
        return False
    if language in WITH_CASES:
        return differ_in_ending(word, surname)
    return language in WITH_GENITIVE_S and word == f"{surname}s"


def place_of_genitive(word: str, places: frozenset[str], language: str) -> str:
    """The listed place that the word is a genitive of, `Israel` for `Israels`; nothing where it is none.

    `Paris` and `Damaskus` are places themselves, though some language calls them `Pari` and `Damasku`.
    """
    if language not in WITH_GENITIVE_S or not word.endswith("s") or word in load_places():
        return ""
    place = word[:-1]
    sure = place in load_places() or place in listed_countries(language)
    known = sure or (place in places and not word.endswith(ENDS_OF_PLACES))
    return place if known and len(place) >= MIN_SURNAME_LETTERS else ""


class Surnames:
    """Surnames by their first letters, so that a text with thousands of them is read in one pass."""

    def __init__(self, surnames: Iterable[str], language: str) -> None:
        self.language = language
        self.alike: dict[str, list[str]] = {}
        for surname in dict.fromkeys(surnames):
            others = self.alike.setdefault(surname[:MIN_STEM_LETTERS], [])
            if len(others) < MAX_ALIKE:
                others.append(surname)

    def of_form(self, word: str) -> list[str]:
        """The surnames that a lone word is another case of."""
        others = self.alike.get(word[:MIN_STEM_LETTERS], [])
        return [surname for surname in others if is_form_of(word, surname, self.language)]


def differ_in_ending(word: str, other: str) -> bool:
    """Whether the words differ only in an ending of up to three letters, of which the shorter word has two at most."""
    stem = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    shorter, longer = sorted((len(word), len(other)))
    return word == other or (
        stem >= max(MIN_STEM_LETTERS, shorter - MAX_LOST_LETTERS) and longer - stem <= MAX_ENDING_LETTERS
    )
