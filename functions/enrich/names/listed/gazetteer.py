"""Names in languages that the model was not trained on, by rules that rather find few than wrong ones.

Countries and a few great cities by list, in any script. In scripts with capitals also people (a first name or a title
opens the name, or in Cyrillic and Greek two capitals stand in mid-sentence), organisations (acronyms, or a word such as
`Universidad` inside) and cities by list.
"""

import re
from collections.abc import Iterator
from functools import cache

from functions.enrich.lexicon import load_lines, load_places, load_words
from functions.enrich.names.forms.inflection import one_form_each
from functions.enrich.names.listed.countries import (
    CYRILLIC_WITH_CASES,
    ListedName,
    country_pattern,
    find_countries,
    listed_countries,
)
from functions.enrich.names.listed.people import MAX_RUN_WORDS, find_lone_surnames, read_person
from shared.text.sentences import split_sentences

_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?|\S")
_ACRONYM = re.compile(r"[^\W\d_a-zß-ÿа-яα-ω]{3,6}")
_CLITIC = re.compile(r"(?<!\w)(?:[ldcsnjmt]|qu|un|dell|nell|all|sull|dall|quell)['’](?=\w)", re.IGNORECASE)
_ENDING_BEHIND_APOSTROPHE = frozenset(["tr", "az"])
_ENDING = re.compile(r"(?<=\w)['’]\w+")
_ALIAS = {"no": "nb", "nn": "nb"}
MIN_CITY_LETTERS = 5  # shorter cities (Bari, Pau, Ham) are words in too many languages


def find_listed_names(text: str, language: str) -> list[ListedName]:
    """Every mention, as text and kind; none in a language for which there are neither lists nor capitals."""
    code = language.lower().split("-")[0]
    found = list(find_countries(text, _ALIAS.get(code, code)))
    if code in load_words("latin_languages") or code in CYRILLIC_WITH_CASES or code == "el":
        for sentence in split_sentences(apart_from_endings(text, code)):
            found.extend(find_capitalised(sentence, code))
        people = [name for name, kind in found if kind == "person"]
        forms = one_form_each(people)
        found = [ListedName(forms.get(name, name) if kind == "person" else name, kind) for name, kind in found]
        found.extend(find_lone_surnames(text, people, code))
    return found


def apart_from_endings(text: str, code: str) -> str:
    """The text without articles cut short (`l'Italie`), and with Turkish endings behind names apart: `Ankara'da`."""
    return _ENDING.sub(" ’ ", text) if code in _ENDING_BEHIND_APOSTROPHE else _CLITIC.sub(" ", text)


def find_capitalised(sentence: str, code: str) -> Iterator[ListedName]:
    if sentence.isupper():
        return
    words = [without_full_stop(word) for word in _WORD.findall(sentence)]
    country = country_pattern(code)[0]
    for run, first in split_runs(words, country):
        bare = first == 0 and len(run) > 1 and run[0].lower() in small_words(code)
        if found := judge_run(
            run[1:] if bare else run, words[first - 1] if first else "", code, opening=first == 0 and not bare
        ):
            yield found


@cache
def small_words(code: str) -> frozenset[str]:
    """Words of the language that are no names at the head of a sentence."""
    rows = (line.partition(" ") for line in load_lines("language_words"))
    return frozenset(next((words for language, _, words in rows if language == code), "").split())


def without_full_stop(word: str) -> str:
    """Without the full stop of a sentence; that of an initial or a title stays."""
    return word if len(word) <= len("J.") or word in load_words("person_titles_world") else word.rstrip(".")


def split_runs(words: list[str], country: re.Pattern[str] | None) -> Iterator[tuple[list[str], int]]:
    """Neighbouring capitalised words, and where they begin.

    A country's name parts them, but for one beside a word of organisations: `Bank Indonesia`.
    """
    organisations, run = load_words("organisation_words_world"), list[str]()
    for i, word in enumerate([*words, ""]):
        parts = (
            country and country.fullmatch(word.split("'")[0]) and organisations.isdisjoint(words[max(i - 1, 0) : i + 2])
        )
        if word[:1].isupper() and not parts:
            run.append(word)
        elif run:
            yield run, i - len(run)
            run = []


def judge_run(run: list[str], before: str, code: str, *, opening: bool) -> ListedName | None:
    """What a run of capitalised words names, where that is clear."""
    name = " ".join(run)
    if len(run) == 1 and _ACRONYM.fullmatch(name):
        return None if name in load_words("not_organisations") else ListedName(name, "organisation")
    if len(run) > 1 and set(run) & load_words("organisation_words_world"):
        opens_surely = not opening or run[0] in load_places() or run[0] in load_words("organisation_words_world")
        return ListedName(name, "organisation") if len(run) <= MAX_RUN_WORDS and opens_surely else None
    return read_person(run, before, code, opening) or read_city(run, code, opening)


def read_city(run: list[str], code: str, opening: bool) -> ListedName | None:
    name = " ".join(run)
    if opening or name in load_words("surnames") or name in load_words("first_names"):
        return None
    counted = name in listed_countries(_ALIAS.get(code, code))
    is_city = name in load_places() and len(name) >= MIN_CITY_LETTERS and not counted
    return ListedName(name, "place") if is_city else None
