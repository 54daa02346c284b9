"""The figures of two halves of the pages, by publisher. A rule that was made on one half must pay on the other."""

import hashlib
from urllib.parse import urlsplit

from tests.quality.extraction import PageResult, measured
from tests.quality.scoring import table


def publisher_of(result: PageResult) -> str:
    """The host of the page's address; without one, the name of its site; without both, the name of the page."""
    truth = result.page.truth
    host = urlsplit(truth.get("url") or "").hostname or ""
    return host.removeprefix("www.") or truth.get("site") or result.page.name


def half_of(publisher: str) -> int:
    """The half of a publisher, 0 or 1. It is the same on every machine."""
    return hashlib.sha256(publisher.casefold().encode()).digest()[0] % 2


def by_halves(results: list[PageResult]) -> str:
    """One row per figure: for all pages, for half 0 and for half 1. A half without such pages has a dash."""
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
