"""A sketch as bytes, as the table keeps it: about 700 for an ordinary article, 900 at most.

The head has the format, the day, the length, the language and the mark of what stands alone. Each list follows behind
its length: terms (three bytes and one of marks), ages, clock times, the days of the lead and of the text (as distances
from the day of publication), counts and shingles.
"""

import struct
from collections.abc import Collection, Mapping
from typing import Any

from functions.enrich.stories.reading.sketch import StorySketch
from functions.enrich.stories.reading.terms import TERM_BYTES

FORMAT = 1  # of the bytes below; a row of another format is no candidate
HEAD = struct.Struct(">BIH3s?")
MAX_LISTED = 255  # entries of a list: its length is one byte
MAX_LENGTH = 65_535  # words that the head has room for
MAX_DAYS_FROM_PUBLICATION = 32_000  # that two bytes have room for; a day further away is left out


def pack_sketch(sketch: StorySketch) -> bytes:
    """The sketch's bytes; `unpack_sketch` gives the same sketch again."""
    language = sketch.language.encode()[:3]
    head = HEAD.pack(FORMAT, sketch.day, min(sketch.length, MAX_LENGTH), language, sketch.stands_alone)
    terms = b"".join(term.to_bytes(TERM_BYTES, "big") + bytes((mark,)) for term, mark in sorted(sketch.terms.items()))
    return b"".join(
        (
            head,
            bytes((len(sketch.terms),)),
            terms,
            pack_numbers("B", sketch.ages),
            pack_numbers("H", sketch.clock_times),
            pack_numbers("h", distances(sketch, sketch.lead_days)),
            pack_numbers("h", distances(sketch, sketch.days)),
            pack_counts(sketch.counts),
            pack_terms(sketch.shingles),
        )
    )


def distances(sketch: StorySketch, days: Collection[int]) -> list[int]:
    """Days as distances from the day of publication."""
    return [day - sketch.day for day in days if abs(day - sketch.day) <= MAX_DAYS_FROM_PUBLICATION]


def pack_numbers(kind: str, numbers: Collection[int]) -> bytes:
    listed = sorted(numbers)[:MAX_LISTED]
    return struct.pack(f">B{len(listed)}{kind}", len(listed), *listed)


def pack_terms(terms: Collection[int]) -> bytes:
    listed = sorted(terms)[:MAX_LISTED]
    return bytes((len(listed),)) + b"".join(term.to_bytes(TERM_BYTES, "big") for term in listed)


def pack_counts(counts: Mapping[int, Collection[int]]) -> bytes:
    """Each noun with each of its numbers."""
    pairs = [(noun, value) for noun, values in sorted(counts.items()) for value in sorted(values)][:MAX_LISTED]
    return bytes((len(pairs),)) + b"".join(struct.pack(">II", noun, value) for noun, value in pairs)


def unpack_sketch(packed: bytes) -> StorySketch | None:
    """The sketch, None for bytes of a format that this version does not know."""
    if not packed or packed[0] != FORMAT:
        return None
    _, day, length, language, stands_alone = HEAD.unpack_from(packed)
    reader = Reader(packed, HEAD.size)
    return StorySketch(
        language=language.rstrip(b"\0").decode(),
        day=day,
        length=length,
        terms=reader.read_terms(),
        ages=frozenset(reader.read("B")),
        clock_times=frozenset(reader.read("H")),
        lead_days=frozenset(day + distance for distance in reader.read("h")),
        days=frozenset(day + distance for distance in reader.read("h")),
        counts=reader.read_counts(),
        shingles=frozenset(reader.read_hashes()),
        stands_alone=stands_alone,
    )


class Reader:
    """Reads the lists of packed bytes one after the other."""

    def __init__(self, packed: bytes, at: int) -> None:
        self.packed, self.at = packed, at

    def read(self, kind: str) -> tuple[Any, ...]:
        """The entries of a list; a `kind` of two letters has pairs, flattened."""
        length = self.packed[self.at]
        form = f">{kind * length}"
        values = struct.unpack_from(form, self.packed, self.at + 1)
        self.at += 1 + struct.calcsize(form)
        return values

    def read_terms(self) -> dict[int, int]:
        size, start = TERM_BYTES + 1, self.at + 1
        self.at = start + size * self.packed[self.at]
        places = range(start, self.at, size)
        ends = [(at, at + TERM_BYTES) for at in places]
        return {int.from_bytes(self.packed[at:end], "big"): self.packed[end] for at, end in ends}

    def read_hashes(self) -> list[int]:
        start = self.at + 1
        self.at = start + TERM_BYTES * self.packed[self.at]
        return [int.from_bytes(self.packed[at : at + TERM_BYTES], "big") for at in range(start, self.at, TERM_BYTES)]

    def read_counts(self) -> dict[int, frozenset[int]]:
        flat = self.read("II")
        counts: dict[int, set[int]] = {}
        for noun, value in zip(flat[::2], flat[1::2], strict=True):
            counts.setdefault(noun, set()).add(value)
        return {noun: frozenset(values) for noun, values in counts.items()}
