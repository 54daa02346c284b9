"""Sentences of kinds that the labelled news lacks (results, tables, datelines, markets), made from written patterns."""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from functions.enrich.lexicon import load_lines
from infra.training.names.silver import Sentence
from infra.training.names.vary import BLENDED, NamePool, all_caps

HERE = Path(__file__).parent
ROUNDS = 150
ALL_CAPS = 0.06
PLAIN_CLUBS = 0.45
TAILED_CLUBS = 0.85
MAX_CITY_LETTERS = 14
_SLOT = re.compile(r"\{(\w+)\}")


class Filler:
    """What goes into the slots of a pattern."""

    def __init__(self, pool: NamePool) -> None:
        self.pool, self.chance = pool, pool.chance
        self.parts = {
            name: entries.split("|") for name, _, entries in (line.partition(": ") for line in _lines("parts.txt"))
        }
        self.listed = [name for name in load_lines("places") if " " not in name and len(name) < MAX_CITY_LETTERS]
        self.slots: dict[str, tuple[str, Callable[[], str]]] = {
            "person": ("person", pool.person),
            "surname": ("person", pool.surname),
            "initialled": ("person", lambda: f"{pool.initial()} {pool.surname()}"),
            "country": ("place", lambda: self.part("countries")),
            "city": ("place", self.city),
            "place": ("place", pool.place),
            "team": ("organisation", self.city),
            "club": ("organisation", self.club),
            "mascots": ("organisation", lambda: self.part("mascots")),
            "company": ("organisation", self.company),
            "body": ("organisation", pool.organisation),
            "school": ("organisation", lambda: self.part("schools").format(self.city())),
            "n": ("", lambda: str(self.chance.randint(0, 5))),
            "nn": ("", lambda: str(self.chance.randint(10, 119))),
            "time": ("", lambda: f"{self.chance.randint(1, 59)}.{self.chance.randint(10, 99)}"),
            "year": ("", lambda: str(self.chance.randint(1990, 2030))),
        }

    def part(self, name: str) -> str:
        return self.chance.choice(self.parts[name])

    def city(self) -> str:
        name = self.chance.choice(self.listed)
        return self.pool.blend(name, self.listed) if self.chance.random() < BLENDED else name

    def club(self) -> str:
        city, kind = self.city(), self.chance.random()
        if kind < PLAIN_CLUBS:
            return city
        return f"{city} {self.part('club tails')}" if kind < TAILED_CLUBS else f"{self.part('club heads')} {city}"

    def company(self) -> str:
        surname = self.pool.surname()
        heads = [
            surname,
            self.city(),
            f"{surname} & {self.pool.surname()}",
            f"{surname} {self.part('company middles')}",
        ]
        return f"{self.chance.choice(heads)} {self.part('company tails')}"

    def fill(self, pattern: str) -> Sentence:
        text, names, done = "", [], 0
        for slot in _SLOT.finditer(pattern):
            kind, make = self.slots[slot.group(1)]
            text += pattern[done : slot.start()]
            value = make()
            if kind:
                names.append((len(text), len(text) + len(value), kind))
            text += value
            done = slot.end()
        return Sentence(text + pattern[done:], names)


def written_sentences(silver: list[Sentence], chance: random.Random) -> Iterator[Sentence]:
    filler = Filler(NamePool(silver, chance))
    patterns = _lines("patterns.txt")
    for _ in range(ROUNDS):
        for pattern in patterns:
            sentence = filler.fill(pattern)
            yield all_caps(sentence) if chance.random() < ALL_CAPS else sentence


def _lines(name: str) -> list[str]:
    return [
        line
        for line in (HERE / name).read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
