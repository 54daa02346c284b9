"""Events that come again: matches of the same two teams, aftershocks, hearings of one trial, days of one market.

`series.txt` has ways to report them. Each event is filled in by a seeded chance and told in two or three ways, so that
the model learns that the same names do not make the same story. The same file gives the same articles.
"""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from functions.enrich.stories.in_memory import story_text
from infra.training.stories.streams import Labelled

SERIES = Path(__file__).with_name("series.txt")
FILLINGS = 8  # of each series: other places and people
EVENTS = 4  # of each filling, one to four days apart
FIRST_DAY = date(2024, 1, 8)
SLOT = re.compile(
    r"\b(?:PLACE|TOWN|TEAM|RIVAL|PERSON|CHIEF|OTHER|GROUP|DAY|TIME|WHO|STREET|ITEM|PART)\b|(?<![a-zA-Z])[NMK]+(?=\b|rd\b|th\b|\d)"
)
FIRST_NAMES = (
    "Anna Boris Carla David Elena Farid Greta Hugo Irina Jamal Kasia Liam Maya Nils Olga Pavel Rosa Samir Tara Umar"
)
SURNAMES = (
    "Abbot Bergman Castell Drummond Eklund Farrow Garrick Holloway Ibsen Jarvis Keller Lomax Mercado Norberg Okafor "
    "Prentice Quist Ravel Sandoval Thorne Underhill Varga Whitlock Yilmaz Zeller Ashdown Brandt Corrigan Delgado Ferris"
)
PLACES = (
    "Altmere Brackwater Corvane Dunholt Eastmarsh Fenwick Glanmoor Harrow Iverstone Jorvale Kestrel Langmere Mosswick "
    "Norbury Oakhaven Penrose Queensbury Redmarsh Stonegate Tarnwell Upwood Vallburg Westerby Yarrowdale"
)
GROUPS = "Arden Belmont Cobalt Dorian Everest Falcon Granite Helix Indigo Juniper Kronos Lumen Meridian Nimbus Orbit"
ITEMS = (
    "rents,water,schools,energy,pensions,forests,trams,data,buses,hospitals,bread,steel,archives,libraries,harbours,taxes,"
    "white van,silver car,black scooter,red truck,heater,dryer,lamp,battery,toaster,stove"
)
PARTS = (
    "defence,attack,midfield,first quarter,second quarter,third quarter,new contract,strong orders,furniture,bins,tents"
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Series:
    name: str
    reports: tuple[str, ...]


def read_series() -> Iterator[Series]:
    text = "\n".join(line for line in SERIES.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    for block in text.split("[")[1:]:
        name, _, lines = block.partition("]")
        yield Series(name, tuple(line for line in lines.splitlines() if line.strip()))


def series_articles() -> list[Labelled]:
    """All articles in order of time."""
    chance, numbers = random.Random(23), count()  # noqa: S311  # seeded on purpose
    articles = [
        article
        for series in read_series()
        for filling in range(FILLINGS)
        for article in tell_filling(series, f"{series.name} {filling}", chance, numbers)
    ]
    return sorted(articles, key=lambda article: (article.text.published_on, article.text.document_id))


def tell_filling(series: Series, name: str, chance: random.Random, numbers: Iterator[int]) -> Iterator[Labelled]:
    """The events of one filling, each in two or three of the series' ways."""
    lasting = lasting_slots(chance)
    day = FIRST_DAY + timedelta(chance.randrange(120))
    for event in range(EVENTS):
        day += timedelta(chance.choice((1, 2, 3, 4)))
        slots = {**lasting, **event_slots(day, chance)}
        for report in chance.sample(series.reports, chance.choice((2, 2, 3))):
            later = day + timedelta(chance.choice((0, 0, 0, 1)))
            title, _, text = fill(report, slots).partition(" | ")
            row = {"id": f"series-{next(numbers):04}", "title": title, "text": text, "lang": "en"}
            yield Labelled(f"{name} {event}", story_text({**row, "published_at": later.isoformat()}))


def lasting_slots(chance: random.Random) -> dict[str, str]:
    """What all events of a filling share."""
    place, town, team, rival = chance.sample(PLACES.split(), 4)
    people = [person(chance) for _ in range(3)]
    named = dict(zip(("PERSON", "CHIEF", "OTHER"), people, strict=True))
    return {
        "PLACE": place,
        "TOWN": town,
        "TEAM": f"{team} United",
        "RIVAL": rival,
        "GROUP": chance.choice(GROUPS.split()),
        **named,
    }


def event_slots(day: date, chance: random.Random) -> dict[str, str]:
    """What is of one event alone."""
    return {
        "DAY": WEEKDAYS[day.weekday()],
        "TIME": f"{chance.randint(1, 12)}:{chance.randint(0, 59):02} {chance.choice(('a.m.', 'p.m.'))}",
        "N": str(chance.randint(2, 9)),
        "M": str(chance.randint(0, 9)),
        "K": str(chance.randint(18, 89)),
        "WHO": person(chance),
        "STREET": f"{chance.choice(SURNAMES.split())} {chance.choice(('Street', 'Road', 'Lane', 'Avenue'))}",
        "ITEM": chance.choice(ITEMS.split(",")),
        "PART": chance.choice(PARTS.split(",")),
    }


def person(chance: random.Random) -> str:
    return f"{chance.choice(FIRST_NAMES.split())} {chance.choice(SURNAMES.split())}"


def fill(report: str, slots: Mapping[str, str]) -> str:
    """`N-M on DAY` → `2-1 on Sunday`."""
    return SLOT.sub(lambda match: slots.get(match[0]) or "".join(slots[letter] for letter in match[0]), report)
