"""Names in languages that the model was not trained on, by rules that rather find few than wrong ones.

Countries and a few great cities by list, in any script. In scripts with capitals also people (a first name or a title
opens the name, or in Cyrillic and Greek two capitals stand in mid-sentence), organisations (acronyms, or a word such as
`Universidad` inside) and cities by list.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from functions.enrich.lexicon import load_lines, load_places, load_words
from functions.enrich.names.forms.inflection import one_form_each
from functions.enrich.text.key_phrases import LANGUAGES as STOP_LISTS
from shared.domain.documents import NameKind
from shared.text.sentences import split_sentences


class ListedName(NamedTuple):
    """One place where a text has a listed name, or one that its surroundings give away."""

    text: str
    kind: NameKind


_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?|\S")
_ACRONYM = re.compile(r"[^\W\d_a-zß-ÿа-яα-ω]{3,6}")
_CYRILLIC_OR_GREEK = re.compile(r"[\u0370-\u03ff\u0400-\u04ff]")
_CASE_ENDING = re.compile(r"[аеёиоуыэюяйьъіїє]{0,2}$")
_INDECLINABLE = re.compile("[оуиюеэ]$")  # Перу, Конго, Чили: the same in every case
_ENDINGS = r"[аеёиоуыэюяйьіїємхв]{0,3}"
_ADJECTIVE = re.compile(r"(?:ая|яя|ой|ый|ий|ое|ее|ого|его|ому|ой|ую|ых|их|ым|им|ις|ης|ική|ικό|ικός|ικής)$")
_INFLECTED = frozenset(["ru", "uk", "bg", "sr", "mk", "be"])
_UNSPACED = frozenset(["zh", "ja", "th"])
_CLITIC = re.compile(r"(?<!\w)(?:[ldcsnjmt]|qu|un|dell|nell|all|sull|dall|quell)['’](?=\w)", re.IGNORECASE)
_ALIAS = {"no": "nb", "nn": "nb"}
MAX_RUN_WORDS = 4  # words of a name; longer runs of capitals are headings
MIN_CITY_LETTERS = 5  # shorter cities (Bari, Pau, Ham) are words in too many languages
# First names that are as often a common word, a coin, a month, a city or the head of a club's or saint's name
_AMBIGUOUS_FIRST = frozenset(
    ["Mark", "Rose", "Wolf", "Ernst", "Will", "August", "Mars", "Santa", "San", "Don", "Real", "Sol", "Paris"]
)


def find_listed_names(text: str, language: str) -> list[ListedName]:
    """Every mention, as text and kind; none in a language for which there are neither lists nor capitals."""
    code = language.lower().split("-")[0]
    found = list(find_countries(text, _ALIAS.get(code, code)))
    if code in load_words("latin_languages") or code in _INFLECTED or code == "el":
        for sentence in split_sentences(_CLITIC.sub(" ", text)):
            found.extend(find_capitalised(sentence, code))
        forms = one_form_each(name for name, kind in found if kind == "person")
        found = [ListedName(forms.get(name, name) if kind == "person" else name, kind) for name, kind in found]
        found.extend(find_lone_surnames(text, found))
    return found


def find_lone_surnames(text: str, found: list[ListedName]) -> list[ListedName]:
    """Further mentions of a person by the last name alone."""
    full = dict.fromkeys(name for name, kind in found if kind == "person")
    counts = {name.split()[-1]: len(re.findall(rf"(?<!\w){re.escape(name.split()[-1])}(?!\w)", text)) for name in full}
    for name in full:
        counts[name.split()[-1]] -= text.count(name)
    return [ListedName(surname, "person") for surname, count in sorted(counts.items()) for _ in range(count)]


def find_countries(text: str, code: str) -> Iterator[ListedName]:
    pattern, names = country_pattern(code)
    if pattern:
        for match in pattern.finditer(text):
            yield ListedName(names[match["stem"] or match["name"]], "place")


def listed_country(name: str, language: str) -> str:
    """The form of the list for a country in another case, `Россия` for `России`.

    Nothing where it is no other form of a listed one.
    """
    pattern, names = country_pattern(language)
    match = pattern.fullmatch(name) if pattern else None
    listed = names[match["stem"] or match["name"]] if match else ""
    return "" if listed == name else listed


@cache
def country_pattern(code: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """Matches the language's names of countries; and the listed name by what stands in the text."""
    listed = [line.partition(": ")[2].split("|") for line in load_lines("countries") if line.startswith(f"{code}: ")]
    if not listed:
        return None, {}
    inflected = {
        name for name in listed[0] if code in _INFLECTED and " " not in name and not _INDECLINABLE.search(name)
    }
    names = {_CASE_ENDING.sub("", name) if name in inflected else name: name for name in listed[0]}
    choice = alternatives(names)
    if code in _UNSPACED:
        return re.compile(f"(?P<stem>)(?P<name>{choice})"), names
    prefix = "(?:[وبلكف])?" if code in {"ar", "fa", "ur"} else ""
    tail = r"(?:[은는이가을를의에와과도로]|에서|으로)?" if code == "ko" else ""
    stems = alternatives([stem for stem, name in names.items() if name in inflected]) or "(?!)"
    return re.compile(
        rf"(?<!\w)(?<!-){prefix}(?:(?P<stem>{stems}){_ENDINGS}|(?P<name>{choice}){tail})(?!\w)(?!-)"
    ), names


def alternatives(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def find_capitalised(sentence: str, code: str) -> Iterator[ListedName]:
    if sentence.isupper():
        return
    words = [without_full_stop(word) for word in _WORD.findall(sentence)]
    small = load_words(f"stop_{code}") if code in STOP_LISTS else frozenset[str]()
    country = country_pattern(code)[0]
    for run, first in split_runs(words, country):
        bare = first == 0 and len(run) > 1 and run[0].lower() in small
        if found := judge_run(
            run[1:] if bare else run, words[first - 1] if first else "", code, opening=first == 0 and not bare
        ):
            yield found


def without_full_stop(word: str) -> str:
    """Without the full stop of a sentence; that of an initial or a title stays."""
    return word if len(word) <= len("J.") or word in load_words("person_titles_world") else word.rstrip(".")


def split_runs(words: list[str], country: re.Pattern[str] | None) -> Iterator[tuple[list[str], int]]:
    """Neighbouring capitalised words, and where they begin; a country's name parts them."""
    run: list[str] = []
    for i, word in enumerate([*words, ""]):
        if word[:1].isupper() and not (country and country.fullmatch(word.split("'")[0])):
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
        return ListedName(name, "organisation") if len(run) <= MAX_RUN_WORDS and not opening else None
    return read_person(run, before, code, opening) or read_city(run, code, opening)


def read_person(run: list[str], before: str, code: str, opening: bool) -> ListedName | None:
    """From a first name or after a title on; words before a first name are let go where they may be no names."""
    firsts, title_first = unambiguous_first_names(), is_title(run[0])
    titled = title_first or is_title(before)
    titles = next((i for i, word in enumerate(run) if not is_title(word)), len(run))
    known = next((i for i, word in enumerate(run) if word in firsts), None)
    if known and not (opening or titled or code == "de"):
        return None
    bearer = run[titles if known is None else known :]
    if (
        not 1 < len(bearer) <= MAX_RUN_WORDS
        or all(word.endswith(".") for word in bearer)
        or any(word in load_places() for word in (" ".join(bearer), bearer[-1]))
    ):
        return None
    return (
        ListedName(" ".join(bearer), "person")
        if titled or known is not None or are_two_capitals(bearer, code, opening)
        else None
    )


def is_title(word: str) -> bool:
    titles = load_words("person_titles_world")
    return word in titles or word.lower() in titles


@cache
def unambiguous_first_names() -> frozenset[str]:
    return load_words("first_names") - _AMBIGUOUS_FIRST


def are_two_capitals(run: list[str], code: str, opening: bool) -> bool:
    """Two capitalised words side by side in mid-sentence, in Cyrillic or Greek: nearly always a person.

    They are none where the first is an adjective.
    """
    pair = len(run) == len(("first", "last")) and not opening and code != "bg"
    return pair and bool(_CYRILLIC_OR_GREEK.match(run[0])) and not _ADJECTIVE.search(run[0])


def read_city(run: list[str], code: str, opening: bool) -> ListedName | None:
    name = " ".join(run)
    if (
        opening
        or (code == "de" and len(run) > 1)
        or name in load_words("surnames")
        or name in load_words("first_names")
    ):
        return None
    return ListedName(name, "place") if name in load_places() and len(name) >= MIN_CITY_LETTERS else None
