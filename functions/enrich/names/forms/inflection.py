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
    for name in sorted(counts, key=lambda name: (-counts[name], len(name), name)):
        forms[name] = next((form for form in dict.fromkeys(forms.values()) if are_one_person(name, form)), name)
    return forms


def are_one_person(name: str, other: str) -> bool:
    ours, theirs = name.replace("-", " ").split(" "), other.replace("-", " ").split(" ")
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


def is_form_of_any(word: str, surnames: Iterable[str], language: str) -> bool:
    """Whether a lone word is another case of one of the surnames."""
    return any(is_form_of(word, surname, language) for surname in surnames)


def differ_in_ending(word: str, other: str) -> bool:
    """Whether the words differ only in an ending of up to three letters, of which the shorter word has two at most."""
    stem = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    shorter, longer = sorted((len(word), len(other)))
    return word == other or (
        stem >= max(MIN_STEM_LETTERS, shorter - MAX_LOST_LETTERS) and longer - stem <= MAX_ENDING_LETTERS
    )
