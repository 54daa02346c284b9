"""Small pages that take next to no time to extract, and messages that no stage can read."""

import random

OWN_WORDS = 60  # of a long page alone: a story of its own
LONG_PARAGRAPHS = 170  # of 400 words: 390 KB of text, more than a record's 350 KB
_SENTENCES = (
    "The harbour council of Port Cassel voted on Tuesday to rebuild the northern breakwater, which winter storms had broken.",
    "The work will cost nine million crowns and take two summers, the harbour master said after the vote.",
    "Fishing boats keep their berths while the stone is brought in by barge from the quarry at Rook Head.",
)


_SYLLABLES = [
    "bra",
    "cor",
    "del",
    "fen",
    "gal",
    "hur",
    "ist",
    "jor",
    "kel",
    "lom",
    "mar",
    "nes",
    "orv",
    "pel",
    "quin",
    "ros",
    "sal",
    "tor",
    "ulm",
    "ver",
    "wes",
    "yar",
    "zan",
]
_REPORT = (
    "The council of {town} voted on Tuesday at {hour}:{minute:02} p.m. to rebuild the houses on {street} Street.",
    "{first} {last}, {age}, who leads the works for {firm}, said that {count} families could return to {town} next year.",
    "The flood of {town} had reached {street} Street and {other} Lane within {share} minutes, {last} said.",
    "{firm} will be paid {sum} crowns for it, of which {last} expects {town} to bear a third.",
)


def small_page(title: str, subject: int | None = None) -> bytes:
    """A short report; those of one subject are copies, and each subject has its own names and numbers.

    Without a subject each title is one.
    """
    paragraphs = report_paragraphs(title if subject is None else subject)
    return f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


def report_paragraphs(subject: object) -> str:
    """A report of something that no other subject has a name or number of."""
    chance = random.Random(f"subject {subject}")
    names = {slot: invented_name(chance) for slot in ("town", "street", "first", "last", "firm", "other")}
    numbers = {slot: chance.randint(11, 98) for slot in ("age", "count", "share", "minute")}
    facts = {**names, **numbers, "minute": numbers["minute"] % 60, "hour": chance.randint(1, 11)}
    facts["sum"] = chance.randint(10_000, 900_000)
    return "".join(f"<p>{sentence.format(**facts)}</p>\n" for sentence in _REPORT)


def invented_name(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3)).capitalize()


def long_page(title: str, seed: str, subject: int) -> bytes:
    """The report of a subject, and more text than a message or an item takes.

    Each further paragraph is in other words, since an article says nothing twice.
    """
    chance = random.Random(seed)
    known = [*" ".join(_SENTENCES).split(), *(invented_name(chance) for _ in range(OWN_WORDS))]
    paragraphs = "".join(f"<p>{' '.join(chance.choices(known, k=400))}.</p>" for _ in range(LONG_PARAGRAPHS))
    paragraphs = report_paragraphs(subject) + paragraphs
    return f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>".encode()


def poison_messages() -> list[tuple[str, str]]:
    """A stage's name as in the stack's outputs, and a body it must park."""
    return [
        ("Pages", "not json at all"),
        ("Pages", '{"Records": [{"eventName": "ObjectCreated:Put"}]}'),
        ("Articles", '{"version": 99}'),
    ]
