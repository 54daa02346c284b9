"""The same figures for two halves of the pages, split by publisher: a rule made on one half has to pay on the other."""

import hashlib
from urllib.parse import urlsplit

from tests.quality.extraction import PageResult, measured
from tests.quality.scoring import table


def publisher_of(result: PageResult) -> str:
    """The host of the page's address, else its site's name, else the page's own name."""
    truth = result.page.truth
    host = urlsplit(truth.get("url") or "").hostname or ""
    return host.removeprefix("www.") or truth.get("site") or result.page.name


def half_of(publisher: str) -> int:
    """0 or 1, the same on every machine."""
    return hashlib.sha256(publisher.casefold().encode()).digest()[0] % 2


def by_halves(results: list[PageResult]) -> str:
    """One row per figure: all pages, half 0, half 1. A half without pages of a kind has a dash."""
    halves = [[result for result in results if half_of(publisher_of(result)) == half] for half in (0, 1)]
    figures = [measured(part) for part in halves if any(result.page.is_article for result in part)]
    if len(figures) < len(halves):
        return "Halves by publisher: too few publishers to split."
    rows = [
        (name, *(f"{part[name]:.3f}" if name in part else "-" for part in (measured(results), *figures)))
        for name in measured(results)
    ]
    counts = (str(len(results)), *(str(len(part)) for part in halves))
    return table([("Halves by publisher", "all", "half 0", "half 1"), ("pages", *counts), *rows], (44, 9, 9, 9))
