"""What a load uploads, decided by its seed: pages of 120 to 1,500 words; some come twice, some changed, some are no
page.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.chaos.ledger_audit import Expected
from tests.chaos.pages import report_paragraphs

REJECTED, CHANGED, REPEATED, COPIED = 0.05, 0.03, 0.02, 0.04
NO_PAGES = (
    b"",
    b"\x89PNG\r\n\x1a\n" + bytes(range(200)),
    b"<html><body><p>Please enable cookies to go on.</p></body></html>",
)


@dataclass(frozen=True, slots=True)
class Upload:
    key: str
    edition: int
    number: int


@dataclass(frozen=True)
class Plan:
    """`order` tells apart two runs over the same documents in another order of arrival."""

    documents: int
    seed: int
    order: int = 0

    def uploads(self) -> list[Upload]:
        """In the order they are made; an edition never comes before the one it replaces."""
        numbers = [number for number in range(self.documents) for _ in range(self.editions(number))]
        random.Random(f"{self.seed}/order/{self.order}").shuffle(numbers)
        made = dict.fromkeys(range(self.documents), 0)
        uploads = []
        for number in numbers:
            made[number] += 1
            uploads.append(Upload(self.key(number), made[number], number))
        return uploads

    def expected(self) -> Mapping[str, Expected]:
        return {
            self.key(number): Expected(self.title(number), publishes=not self.rejected(number))
            for number in range(self.documents)
        }

    def body(self, upload: Upload) -> bytes:
        if self.rejected(upload.number):
            return NO_PAGES[upload.number % len(NO_PAGES)]
        return page(self.seed, self.subject(upload.number), self._title(upload.number, upload.edition))

    def subject(self, number: int) -> int:
        """What a document reports of: some are copies of the one before, under a title of their own."""
        once = REJECTED + CHANGED + REPEATED
        return number - 1 if number and once <= self._fate(number) < once + COPIED else number

    def subjects(self) -> Mapping[str, int]:
        """By key."""
        return {self.key(number): self.subject(number) for number in range(self.documents)}

    def key(self, number: int) -> str:
        return f"incoming/load/{number % 97:02d}/{number:06d}.html"

    def title(self, number: int) -> str:
        """Of the newest edition."""
        return self._title(number, self.editions(number))

    def rejected(self, number: int) -> bool:
        return self._fate(number) < REJECTED

    def editions(self, number: int) -> int:
        return 2 if REJECTED <= self._fate(number) < REJECTED + CHANGED + REPEATED else 1

    def _title(self, number: int, edition: int) -> str:
        """A repeated upload has the very bytes of the first."""
        changed = REJECTED <= self._fate(number) < REJECTED + CHANGED
        name = random.Random(f"{self.seed}/{number}/title").choice(_words()["name"])
        return f"Report {number} on the {name}{', corrected' if changed and edition > 1 else ''}"

    def _fate(self, number: int) -> float:
        return random.Random(f"{self.seed}/{number}/fate").random()


def page(seed: int, number: int, title: str) -> bytes:
    """A report of its own number, and between six and ninety sentences more, short pages being the most."""
    chance = random.Random(f"{seed}/{number}/page")
    length = int(6 + 84 * chance.random() ** 2)
    more = "".join(f"<p>{_paragraph(chance)}</p>\n" for _ in range(length // 3 + 1))
    paragraphs = report_paragraphs(f"{seed}/{number}") + more
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="author" content="{chance.choice(("Ada Lind", "Boris Falk", "Chloe Marsh"))}"></head>'
        f"<body><nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>{title}</h1>\n{paragraphs}</article>"
        "<footer><p>Imprint</p></footer></body></html>"
    ).encode()


def _paragraph(chance: random.Random) -> str:
    words = _words()
    said = [
        f"{chance.choice(words['who'])} {chance.choice(words['did'])} {chance.choice(words['what'])}." for _ in range(2)
    ]
    return " ".join([*said, f"Case {chance.randrange(1, 90_000)}: {chance.choice(words['then'])}"])


@cache
def _words() -> Mapping[str, Sequence[str]]:
    sections: dict[str, list[str]] = {}
    for line in Path(__file__).with_name("load_words.txt").read_text().splitlines():
        if line.startswith("["):
            sections[line.strip("[]")] = []
        elif line and not line.startswith("#"):
            sections[list(sections)[-1]].append(line)
    return sections
